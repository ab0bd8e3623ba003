/*
 * An act that cannot be taken back: a link, and behind it what will happen and the button that says
 * it. The focus goes with what appears and back again.
 */
import type { ReactNode } from "react";
import type { Act as Doing } from "../api/use-act";
import { Act } from "./act";
import { Focused } from "./focused";
import { useOpening } from "./opening";
import { Failed } from "./states";

interface TwoStepProps {
  ask: string;
  /* Read aloud after the words, where the same words stand in several rows. */
  of?: string;
  about: ReactNode;
  act: string;
  doing: Doing<[]>;
  failed: string;
  keep: string;
}

export function TwoStep({ ask, of: thing, about, act, doing, failed, keep }: TwoStepProps) {
  const asking = useOpening();
  if (!asking.isOpen) {
    return (
      <Act unstyled of={thing} takesFocus={asking.takesFocus} onAct={asking.open}>
        {ask}
      </Act>
    );
  }
  return (
    <Opened>
      {doing.problem && <Failed problem={doing.problem} what={failed} />}
      <div className="second">{about}</div>
      <div className="acts">
        <Act isBusy={doing.isBusy} onAct={doing.run}>
          {act}
        </Act>
        <Act unstyled onAct={asking.close}>
          {keep}
        </Act>
      </div>
    </Opened>
  );
}

interface OpenedProps {
  /* It stood there from the beginning. */
  isQuiet?: boolean;
  children: ReactNode;
}

/* What a press of a button has put on the page takes the focus. */
export function Opened({ isQuiet, children }: OpenedProps) {
  return (
    <Focused isQuiet={isQuiet} className="opened">
      {children}
    </Focused>
  );
}
