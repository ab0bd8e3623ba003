/*
 * To readers: who looked at what their office had been given, about what, and why (R2); and the
 * seal of the record of it all.
 */
import type { Look } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Empty, Ready } from "../../parts/states";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { receipts } from "../../words/steward";
import { Seal } from "./seal";

const text = receipts.ours;

export function ReceiptsPage() {
  const { first, items, more } = usePages("/looks");
  return (
    <div className="wrap">
      <PageHead title={text.title} />
      <p>{text.about}</p>
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.none}</Empty>}
            <ul className="rows">
              {items.map((one) => (
                <li key={one.id}>
                  <Row look={one} />
                </li>
              ))}
            </ul>
            <More of={more} />
          </>
        )}
      </Ready>
      <Seal />
    </div>
  );
}

function Row({ look }: { look: Look }) {
  const zone = useZone();
  return (
    <>
      <p>
        <ExerciseWord of={look} /> {look.label && <Chip label={look.label} />}{" "}
        {look.title ? <Link to={`/objects/${look.object}`}>{look.title}</Link> : text.gone}
      </p>
      <p>
        {text.who(look.asked_by, look.source)}{" "}
        {look.reason ? `${text.named}: “${look.reason}”` : text.counted}
      </p>
      <p className="second">
        {dayAndTime(new Date(look.asked), zone)}
        {look.reason && ` · ${receipts.states[look.state]}`}
      </p>
    </>
  );
}
