/*
 * Answers that are missing: what happens by itself and when, and asking again (B23).
 */
import { request } from "../../api/client";
import type { Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { NextStep } from "../../parts/next-step";
import { Failed } from "../../parts/states";
import { useReader, useZone } from "../../shell/session";
import { dayAndTime, recentTime } from "../../time/time";
import { words } from "../../words";

const text = words.briefing;

interface UnansweredProps {
  briefing: Briefing;
  open: number;
  onChange: () => Promise<void>;
}

export function Unanswered({ briefing, open, onChange }: UnansweredProps) {
  const mayAsk = useReader().acting_for.roles.includes("publisher") && isRested(briefing);
  const ask = useAct(async (idempotencyKey: string) => {
    await request("post", "/briefings/{briefing}/remind", {
      params: { briefing: briefing.id },
      idempotencyKey,
    });
    await onChange();
  });
  return (
    <>
      {ask.problem && <Failed problem={ask.problem} />}
      <NextStep
        what={text.unanswered(open)}
        more={useSteps(briefing)}
        acts={
          mayAsk && (
            <Act onAct={ask.run} isBusy={ask.isBusy}>
              {text.askAgain(open)}
            </Act>
          )
        }
      />
    </>
  );
}

function isRested({ reminder }: Briefing): boolean {
  return !!reminder && new Date(reminder.from).getTime() <= Date.now();
}

/* What was done, and what is done by itself. */
function useSteps({ reminder }: Briefing): string {
  const zone = useZone();
  const { asked, due } = reminder ?? {};
  return [
    asked && text.askedAgain(recentTime(new Date(asked), zone)),
    due && text.asksByItself(dayAndTime(new Date(due), zone)),
    text.unansweredMore,
  ]
    .filter(Boolean)
    .join(" ");
}
