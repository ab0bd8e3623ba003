/*
 * The next step for those whom a briefing misses, by why: whoever runs the exchange can ask them.
 */
import type { Attendance, MissGroup } from "../api/types";
import { useReader } from "../shell/session";
import { words } from "../words";

type Reason = MissGroup["reason"] | Attendance["missing"][number]["reason"];

export function WayOn({ reason, of }: { reason: Reason; of: string }) {
  const { contact } = useReader().exchange;
  const act = words.wayOn[reason];
  if (!act || !contact) return null;
  return (
    <a href={`mailto:${contact}?subject=${encodeURIComponent(act)}`}>
      {act}
      <span className="read-only-aloud">, {of}</span>
    </a>
  );
}
