/*
 * The one thing that is still open for the hosts, with its way on.
 */
import type { Briefing } from "../../api/types";
import { NextStep } from "../../parts/next-step";
import { Link } from "../../shell/router";
import { words } from "../../words";

const text = words.briefing;

export function HostStep({ briefing }: { briefing: Briefing }) {
  const at = `/briefings/${briefing.id}`;
  const open = briefing.counts?.open ?? 0;
  switch (briefing.status) {
    case "draft":
      return (
        <NextStep
          what={text.draftStep}
          more={text.draftMore}
          acts={
            <Link className="usa-button" to={`${at}/audience`}>
              {text.whoWillGet}
            </Link>
          }
        />
      );
    case "cancelled":
      return <NextStep what={text.calledOff(briefing.cancelled_because ?? "")} />;
    case "held":
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
      return <NextStep what={text.unanswered(open)} more={text.unansweredMore} />;
  }
}
