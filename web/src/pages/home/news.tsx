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
  const { items, since, others } = news;
  const zone = useZone();
  const all = items.length + (others ?? 0);
  const title = since
    ? words.home.newSince(weekdayOf(new Date(since), zone, "long"))
    : words.home.newTitle;
  return (
    <Section title={title} aside={items.length > 0 && words.home.newest(items.length, all)}>
      {items.length === 0 && <Empty>{words.home.nothingNew}</Empty>}
      <Things things={items} as="h3" />
      <p className="second">
        {others ? `${words.home.others(others)} ` : ""}
        <Link to="/new">{words.home.seeAll}</Link>
      </p>
    </Section>
  );
}

interface ThingsProps {
  things: readonly NewThing[];
  as: "h2" | "h3";
}

export function Things({ things, as }: ThingsProps) {
  const zone = useZone();
  return (
    <ul className="rows news">
      {things.map((thing) => (
        <Thing key={thing.id} thing={thing} as={as} zone={zone} />
      ))}
    </ul>
  );
}

interface ThingProps {
  thing: NewThing;
  as: ThingsProps["as"];
  zone: string;
}

function Thing({ thing, as: Heading, zone }: ThingProps) {
  const part = thing.part_of;
  const kind = words.home.kinds[thing.type];
  return (
    <li>
      <Heading>
        <Called thing={thing} />
      </Heading>
      {part?.question && <p className="second">{words.home.asked(part.question)}</p>}
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
