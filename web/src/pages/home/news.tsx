/*
 * What is new to the reader: what it says, then label, time and source.
 */
import type { Home, NewThing } from "../../api/types";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { recentTime, weekdayOf } from "../../time/time";
import { words } from "../../words";

export function News({ news }: { news: Home["new"] }) {
  const zone = useZone();
  const { items, since, others } = news;
  const all = items.length + (others ?? 0);
  const title = since
    ? words.home.newSince(weekdayOf(new Date(since), zone, "long"))
    : words.home.newTitle;
  return (
    <Section title={title} aside={items.length > 0 && words.home.newest(items.length, all)}>
      {items.length === 0 && <Empty>{words.home.nothingNew}</Empty>}
      <ul className="rows news">
        {items.map((thing) => (
          <Thing key={thing.id} thing={thing} zone={zone} />
        ))}
      </ul>
      {others ? <p className="second">{words.home.others(others)}</p> : null}
    </Section>
  );
}

function Thing({ thing, zone }: { thing: NewThing; zone: string }) {
  return (
    <li>
      <h3>
        <Link to={`/objects/${thing.id}`}>{thing.title}</Link>
      </h3>
      {thing.words && <p>{thing.words}</p>}
      <p className="second line">
        <ExerciseWord of={thing} />
        <Chip label={thing.label} />
        <span>{recentTime(new Date(thing.added), zone)}</span>
        {thing.source && <span>{thing.source}</span>}
      </p>
    </li>
  );
}
