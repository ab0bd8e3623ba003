/*
 * The briefings one hosts or is invited to: those ahead, then those past.
 */
import type { BriefingRow } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { answerWords } from "../../parts/answer-words";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { instantsOf, ownTime } from "../../parts/times";
import { Link } from "../../shell/router";
import { useReader, useZone } from "../../shell/session";
import { words } from "../../words";

const text = words.briefings;
type Counts = NonNullable<BriefingRow["counts"]>;

export function BriefingList() {
  const { first, items, more } = usePages("/briefings");
  const mayHost = useReader().acting_for.roles.includes("publisher");
  return (
    <div className="wrap">
      <Ready of={first}>
        {() => (
          <>
            <Lists items={items} mayHost={mayHost} />
            <More of={more} />
          </>
        )}
      </Ready>
    </div>
  );
}

function isAhead({ when, status }: BriefingRow, now: Date): boolean {
  const times = instantsOf(when);
  return status !== "held" && status !== "cancelled" && (!times || times.to > now);
}

function Lists({ items, mayHost }: { items: BriefingRow[]; mayHost: boolean }) {
  const now = new Date();
  const ahead = items.filter((row) => isAhead(row, now));
  const past = items.filter((row) => !isAhead(row, now));
  const title = ahead.length ? text.next(ahead.length) : text.nothingNext;
  const make = mayHost && (
    <Link className="usa-button" to="/briefings/new">
      {text.make}
    </Link>
  );
  return (
    <>
      <PageHead title={title} acts={make} />
      {items.length === 0 && <Empty>{mayHost ? text.noneHost : text.none}</Empty>}
      {ahead.length > 0 && <Briefings title={text.coming} rows={ahead} />}
      {past.length > 0 && <Briefings title={text.past} rows={past} />}
    </>
  );
}

function Briefings({ title, rows }: { title: string; rows: BriefingRow[] }) {
  const zone = useZone();
  return (
    <Section title={title}>
      <Rows
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { name: text.columns.what, cell: (row) => <What row={row} /> },
          { name: text.columns.when, cell: ({ when }) => ownTime(when, zone) },
          {
            name: text.columns.label,
            cell: (row) => (
              <>
                <ExerciseWord of={row} /> <Chip label={row.label} />
              </>
            ),
          },
          { name: text.columns.state, cell: (row) => <State row={row} /> },
        ]}
      />
    </Section>
  );
}

function What({ row }: { row: BriefingRow }) {
  return (
    <>
      <Link to={`/briefings/${row.id}`}>{row.title}</Link>
      <p className="second">{row.is_host ? text.youHost : text.hostedBy(row.hosts ?? [])}</p>
    </>
  );
}

function turnout(isOver: boolean, { present, yes, invited }: Counts): string {
  if (present !== undefined) return words.closing.were(present, invited);
  return (isOver ? text.saidYes : text.joined)(yes, invited);
}

function State({ row }: { row: BriefingRow }) {
  if (row.status === "draft") return <Status kind="open">{text.status.draft}</Status>;
  if (row.status === "cancelled") return <>{text.status.cancelled}</>;
  if (row.is_host && row.counts) return <>{turnout(row.status === "held", row.counts)}</>;
  const { answer, noted_by } = row.my_answer ?? {};
  if (answer) return <Status kind="done">{answerWords(answer, noted_by)}</Status>;
  if (row.status === "held") return <>{text.status.held}</>;
  return <Status kind="open">{words.answers.open}</Status>;
}
