/*
 * The one thing that is still open on a page: who and what, what happens by itself and when, and on
 * the right the act. Where nothing is open there is no strip.
 */
import type { ReactNode } from "react";
import { words } from "../words";

interface NextStepProps {
  /* What the strip is called, where nothing is open. */
  name?: string;
  what: ReactNode;
  more?: ReactNode;
  acts?: ReactNode;
}

export function NextStep({ name = words.nextStep, what, more, acts }: NextStepProps) {
  return (
    <section className="next-step" aria-label={name}>
      <div>
        <p>
          <b>{what}</b>
        </p>
        {more && <p className="second">{more}</p>}
      </div>
      {acts && <div className="next-step-acts">{acts}</div>}
    </section>
  );
}
