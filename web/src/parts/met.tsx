/*
 * Who met a thing, by organization: how often, when, and under which label they said so.
 */
import type { Met } from "../api/types";
import { useZone } from "../shell/session";
import { recentTime } from "../time/time";
import { met as text } from "../words/steward";
import { Chip } from "./chip";

export function metInAll({ times, by, has_older }: Met): string {
  return (has_older ? text.atLeast : text.sum)(times, by.length);
}

interface When {
  first_seen?: string | undefined;
  last_seen?: string | undefined;
}

export function MetWhen({ first_seen, last_seen }: When) {
  const zone = useZone();
  if (!first_seen || !last_seen) return <span>{text.noTime}</span>;
  return (
    <span>
      {text.from(recentTime(new Date(first_seen), zone), recentTime(new Date(last_seen), zone))}
    </span>
  );
}

export function MetBy({ met }: { met: Met }) {
  return (
    <ul className="rows">
      {met.by.map((one, at) => (
        <li key={`${at} ${one.source}`}>
          <b>{one.source ?? text.gone}</b>
          <p className="second line">
            <Chip label={one.label} />
            <span>{text.times(one.times)}</span>
            <MetWhen {...one} />
          </p>
        </li>
      ))}
    </ul>
  );
}
