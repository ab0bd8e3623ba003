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
  const part = thing.part_of;
  const kind = words.home.kinds[thing.type];
  return (
    <li>
      <h3>
        <Called thing={thing} />
      </h3>
      {part?.is_answer && <p>{thing.title}</p>}
      {thing.words && <p>{thing.words}</p>}
      <p className="second line">
        <ExerciseWord of={thing} />
        <Chip label={thing.label} />
        <span>{recentTime(new Date(thing.added), zone)}</span>
        {kind && !part?.is_answer && <span>{kind}</span>}
        {thing.source && <span>{thing.source}</span>}
      </p>
      {part && (
        <p className="second">
          {words.home.partOf} <Link to={`/briefings/${part.briefing}`}>{part.title}</Link>
        </p>
      )}
    </li>
  );
}

/* An answer says what it answers to, and is read beside the question. */
function Called({ thing: { id, title, part_of } }: { thing: NewThing }) {
  return part_of?.is_answer ? (
    <Link to={`/briefings/${part_of.briefing}`}>{words.home.answer(part_of.is_to_mine)}</Link>
  ) : (
    <Link to={`/objects/${id}`}>{title}</Link>
  );
}
