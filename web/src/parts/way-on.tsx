/*
 * The next step for those whom a briefing misses, by why: done here by whoever may, else asked of
 * whoever runs the exchange.
 */
import type { Attendance, MissGroup } from "../api/types";
import { Link } from "../shell/router";
import { useReader } from "../shell/session";
import { words } from "../words";

type Reason = MissGroup["reason"] | Attendance["missing"][number]["reason"];

const OWN: Partial<Record<Reason, string>> = {
  "no-duty-officer": words.wayOnOwn.duty,
  "not-a-member": words.wayOnOwn.member,
  "not-asked": words.wayOnOwn.outreach,
  "ceiling": words.wayOnOwn.ceiling,
  "suspended": words.wayOnOwn.suspended,
};

export function WayOn({ reason, of }: { reason: Reason; of: string }) {
  const { exchange, acting_for } = useReader();
  const { contact } = exchange;
  const act = words.wayOn[reason];
  if (!act || !contact || acting_for.roles.includes("steward")) return null;
  return (
    <a href={`mailto:${contact}?subject=${encodeURIComponent(act)}`}>
      {act}
      <span className="read-only-aloud">, {of}</span>
    </a>
  );
}

/* For one organization: on the steward's own page of it. */
export function OwnWayOn({ reason, of }: { reason: Reason; of: { id: string; name: string } }) {
  const act = OWN[reason];
  if (!act || !useReader().acting_for.roles.includes("steward")) return null;
  const to =
    reason === "no-duty-officer"
      ? `/directory?office=${of.id}`
      : `/exchange/organizations/${of.id}`;
  return (
    <Link to={to}>
      {act}
      <span className="read-only-aloud">, {of.name}</span>
    </Link>
  );
}

/* Where somebody of theirs may stand in the directory: whoever asks why calls them. */
const HAS_OFFICERS: ReadonlySet<Reason> = new Set([
  "no-duty-officer",
  "invited-and-absent",
  "declined",
  "not-reached",
]);

export function WhomToCall({ reason, of }: { reason: Reason; of: { name: string } }) {
  if (!HAS_OFFICERS.has(reason)) return null;
  return (
    <Link to={`/directory?q=${encodeURIComponent(of.name)}`}>
      {words.waiting.whomToCall}
      <span className="read-only-aloud">, {of.name}</span>
    </Link>
  );
}
