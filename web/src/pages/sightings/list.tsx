/*
 * What others met of what the reader's organization shared: what was met last comes first.
 */
import type { MetThing } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { metInAll, MetWhen } from "../../parts/met";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Empty, Ready } from "../../parts/states";
import { Link } from "../../shell/router";
import { met as text, steward } from "../../words/steward";

export function SightingsPage() {
  const { first, items, more } = usePages("/sightings");
  return (
    <div className="wrap">
      <PageHead title={text.title} facts={[text.about]} />
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{more ? text.noneOnPage : text.none}</Empty>}
            <ul className="hits plain-list">
              {items.map((thing) => (
                <Row key={thing.id} thing={thing} />
              ))}
            </ul>
            <More of={more} />
          </>
        )}
      </Ready>
    </div>
  );
}

function Row({ thing }: { thing: MetThing }) {
  const names = thing.by.map(({ source }) => source ?? text.gone);
  return (
    <li>
      <h2>
        <Link to={`/objects/${thing.id}`}>{thing.title}</Link>
      </h2>
      <p>{text.by(metInAll(thing), names)}</p>
      <p className="second hit-facts">
        <ExerciseWord of={thing} />
        <Chip label={thing.label} />
        <span>{steward.search.kind(thing)}</span>
        <MetWhen {...thing} />
      </p>
    </li>
  );
}
