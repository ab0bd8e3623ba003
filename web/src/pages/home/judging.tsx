/*
 * "Was it useful?" answered in place, with one press; a sentence may follow on its own page (B21).
 */
import { request } from "../../api/client";
import type { BriefingRow } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { words } from "../../words";

const text = words.useful;

interface JudgingProps {
  briefing: BriefingRow;
  onSaid: (value: number) => Promise<void>;
}

/* Best first, as on the page. */
export function Judging({ briefing, onSaid }: JudgingProps) {
  const say = useAct(async (_, value: number) => {
    const asked = {
      params: { briefing: briefing.id },
      body: { value, words_for: "hosts" as const },
    };
    await request("put", "/briefings/{briefing}/usefulness", asked);
    await onSaid(value);
  });
  const steps = text.steps.map((name, n) => ({ name, value: n + 1 })).reverse();
  return (
    <div className="judging">
      {say.problem && <Failed problem={say.problem} what={text.failed} />}
      <FormNotice says={text.shortNotice} className="judging-steps">
        {steps.map(({ name, value }) => (
          <Act
            key={value}
            outline
            isBusy={say.isBusy}
            of={briefing.title}
            onAct={() => say.run(value)}
          >
            {name}
          </Act>
        ))}
      </FormNotice>
    </div>
  );
}
