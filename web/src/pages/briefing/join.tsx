/*
 * How to join: the first thing on the page while one may, else where it will stand and from when.
 */
import type { Briefing } from "../../api/types";
import { Linked } from "../../parts/reach";
import { Section } from "../../parts/section";
import { useZone } from "../../shell/session";
import { clockTime } from "../../time/time";
import { words } from "../../words";

const text = words.briefing;

function isOpen({ status, join, join_from }: Briefing): boolean {
  return status === "sent" && !!join && !!join_from && new Date(join_from) <= new Date();
}

/* From 30 minutes before until the call is over. */
export function JoinNow({ briefing }: { briefing: Briefing }) {
  if (!isOpen(briefing)) return null;
  return (
    <Section title={text.join}>
      <How briefing={briefing} />
    </Section>
  );
}

export function JoinLater({ briefing }: { briefing: Briefing }) {
  const zone = useZone();
  if (isOpen(briefing)) return null;
  const from = briefing.join_from && clockTime(new Date(briefing.join_from), zone);
  return (
    <Section title={text.join}>
      {briefing.is_host ? (
        <>
          <How briefing={briefing} />
          <p className="second">{text.joinHosts}</p>
        </>
      ) : (
        <p className="second after-bars">{from && text.joinLater(from)}</p>
      )}
    </Section>
  );
}

function How({ briefing: { join = "" } }: { briefing: Briefing }) {
  return (
    <p className="join">
      <Linked text={join} />
    </p>
  );
}
