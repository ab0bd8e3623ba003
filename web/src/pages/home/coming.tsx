/*
 * What is coming: day, what it is, and the reader's own time.
 */
import type { Home } from "../../api/types";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { clockTime, dateOnly, shortDay, weekdayOf } from "../../time/time";
import { words } from "../../words";

type ComingThing = Home["coming"][number];

export function Coming({ coming }: { coming: ComingThing[] }) {
  return (
    <Section title={words.home.coming}>
      {coming.length === 0 && <Empty>{words.home.nothingComing}</Empty>}
      <ul className="rows">
        {coming.map((thing) => (
          <Row key={thing.start + thing.title} thing={thing} />
        ))}
      </ul>
    </Section>
  );
}

/* A day without a clock is the same day everywhere. */
function placeInTime(start: string, zone: string) {
  if (start.includes("T")) return { at: new Date(start), zone, hasClock: true };
  return { at: dateOnly(start), zone: "UTC", hasClock: false };
}

function Row({ thing }: { thing: ComingThing }) {
  const { at, zone, hasClock } = placeInTime(thing.start, useZone());
  const words = [hasClock && clockTime(at, zone), thing.words].filter(Boolean);
  return (
    <li className="coming">
      <p>
        <b>{shortDay(at, zone)}</b>
        <span className="second">{weekdayOf(at, zone)}</span>
      </p>
      <div>
        <b>
          {thing.briefing ? (
            <Link to={`/briefings/${thing.briefing}`}>{thing.title}</Link>
          ) : (
            thing.title
          )}
        </b>
        <p className="second">{words.join(" · ")}</p>
      </div>
    </li>
  );
}
