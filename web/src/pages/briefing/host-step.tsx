/*
 * The one thing that is still open for the hosts, with its way on.
 */
import type { Approvals, Briefing } from "../../api/types";
import type { Resource } from "../../api/use-resource";
import { NextStep } from "../../parts/next-step";
import { Link } from "../../shell/router";
import { words } from "../../words";
import { awaited, isMineOpen } from "./approvals";
import { Unanswered } from "./unanswered";
import { Waiting } from "./waiting";

const text = words.briefing;

interface HostStepProps {
  briefing: Briefing;
  approvals: Resource<Approvals>;
  onChange: () => Promise<void>;
  onCallOff: () => void;
}

export function HostStep({ briefing, approvals, onChange, onCallOff }: HostStepProps) {
  const waitsFor = approvals.data && awaited(approvals.data);
  const isAhead = briefing.status === "draft" || briefing.status === "sent";
  if (waitsFor && approvals.data && isAhead) {
    const answered = async (now: Approvals) => {
      approvals.replace(now);
      await onChange();
    };
    return (
      <Waiting
        briefing={briefing.id}
        approvals={approvals.data}
        waitsFor={waitsFor}
        onAnswer={answered}
        onCallOff={onCallOff}
      />
    );
  }
  const isMine = approvals.data !== undefined && isMineOpen(approvals.data);
  return <NextOf briefing={briefing} onChange={onChange} isMine={isMine} />;
}

/* Who was there is not kept any more. */
function isDropped({ answers_kept_until: until }: Briefing): boolean {
  return until !== undefined && Date.parse(until) <= Date.now();
}

interface NextOfProps extends Pick<HostStepProps, "briefing" | "onChange"> {
  /* The reader's own approval is asked for below, and has the filled button. */
  isMine: boolean;
}

function NextOf({ briefing, onChange, isMine }: NextOfProps) {
  const at = `/briefings/${briefing.id}`;
  const open = briefing.counts?.open ?? 0;
  switch (briefing.status) {
    case "draft":
      return (
        <NextStep
          what={text.draftStep}
          more={text.draftMore}
          acts={
            <Link className={isMine ? "" : "usa-button"} to={`${at}/audience`}>
              {text.whoWillGet}
            </Link>
          }
        />
      );
    case "cancelled":
      return <NextStep what={text.calledOff(briefing.cancelled_because ?? "")} />;
    case "held":
      if (briefing.counts?.present !== undefined || isDropped(briefing)) return null;
      return (
        <NextStep
          what={words.closing.notTaken}
          acts={
            <Link className="usa-button" to={`${at}/attendance`}>
              {words.closing.take}
            </Link>
          }
        />
      );
    case "sent":
      if (open === 0) return null;
      return <Unanswered briefing={briefing} open={open} onChange={onChange} />;
  }
}
