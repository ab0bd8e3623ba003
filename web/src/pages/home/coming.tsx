/*
 * What is coming: day, what it is, and the reader's own time.
 */
import type { Home } from "../../api/types";
import { ExerciseWord } from "../../parts/exercise-strip";
import { Section } from "../../parts/section";
import { useOnSheet } from "../../parts/sheet";
import { Empty } from "../../parts/states";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { clockTime, dateOnly, daysUntilDate, shortDay, weekdayOf } from "../../time/time";
import { words } from "../../words";

type ComingThing = Home["coming"][number];

export function Coming({ coming }: { coming: ComingThing[] }) {
  useOnSheet(coming.map(({ label }) => label));
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

function distance(date: string, zone: string): string {
  const days = daysUntilDate(date, zone);
  return days > 0 ? words.times.inDays(days) : words.times.today;
}

function standing({ is_host, answer }: ComingThing): string | undefined {
  if (is_host) return words.home.youHost;
  return answer && words.home.answers[answer];
}

function Row({ thing }: { thing: ComingThing }) {
  const own = useZone();
  const { at, zone, hasClock } = placeInTime(thing.start, own);
  const far = hasClock ? clockTime(at, zone) : distance(thing.start, own);
  const line = [far, standing(thing)].filter(Boolean);
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
        <p className="second">
          <ExerciseWord of={thing} /> {line.join(" · ")}
        </p>
      </div>
    </li>
  );
}
