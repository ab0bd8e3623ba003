/*
 * What refers to a thing, or contains it: what it is, how it is related, label and source.
 */
import type { Relation } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { More } from "../../parts/more";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Link } from "../../shell/router";
import { steward, thing as text } from "../../words/steward";

const PAGE = 20;

export function Relations({ id }: { id: string }) {
  const { first, items, more } = usePages("/objects/{object}/relations", {
    params: { object: id },
    query: { limit: PAGE },
  });
  return (
    <Section title={text.relations}>
      <Ready of={first}>
        {({ behind }) => (
          <>
            {behind > 0 && <p role="status">{steward.search.behind(behind)}</p>}
            {items.length === 0 && <Empty>{text.noRelations}</Empty>}
            <ul className="rows">
              {items.map((one) => (
                <Row key={one.id + one.added} relation={one} />
              ))}
            </ul>
            <More of={more} />
          </>
        )}
      </Ready>
    </Section>
  );
}

/* One without a title is called by what it is. */
function Other({ id, title }: { id: string; title: string | undefined }) {
  if (!title) return text.unknownEnd;
  const kind = steward.search.kind({ type: id.split("--")[0] ?? "" });
  return <Link to={`/objects/${id}`}>{title === id ? kind : title}</Link>;
}

/* A relationship is told by its other end, everything else by its title. */
function Row({ relation }: { relation: Relation }) {
  const { id, title, other, property, relationship, label, source } = relation;
  const isSource = property === "source_ref";
  const kind = steward.search.kind(relation);
  return (
    <li>
      {other && relationship ? (
        <>
          {isSource && text.itDoes(relationship)} <Other id={other.id} title={other.title} />{" "}
          {!isSource && text.doesIt(relationship)}
        </>
      ) : (
        <Link to={`/objects/${id}`}>{title ?? kind}</Link>
      )}
      <p className="second relation-facts">
        <ExerciseWord of={relation} />
        <Chip label={label} />
        {other ? <Link to={`/objects/${id}`}>{kind}</Link> : title && <span>{kind}</span>}
        {source && <span>{text.from(source)}</span>}
      </p>
    </li>
  );
}
