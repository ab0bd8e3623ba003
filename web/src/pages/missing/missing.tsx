/*
 * Who was missing, over the editions of a series: for hosts, one row an organization, those missing
 * the most often in a row first.
 */
import type { Series } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { PageHead } from "../../parts/page-head";
import { Rows, type Column } from "../../parts/rows";
import { useOnSheet } from "../../parts/sheet";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { useZone } from "../../shell/session";
import { shortDay } from "../../time/time";
import { words } from "../../words";

const text = words.absence;
const IN_A_ROW_STANDS_OUT = 3;
type Row = Series["items"][number];

export function MissingPage({ params }: PageProps) {
  const briefing = params.briefing ?? "";
  const resource = useResource("/briefings/{briefing}/series", { params: { briefing } });
  const { data: call } = useResource("/briefings/{briefing}", { params: { briefing } });
  useOnSheet([call?.label]);
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>
        {(series) => <Loaded briefing={briefing} title={call?.title} series={series} />}
      </Ready>
    </div>
  );
}

interface LoadedProps {
  briefing: string;
  title?: string;
  series: Series;
}

function Loaded({ briefing, title, series: { editions, items } }: LoadedProps) {
  const zone = useZone();
  const columns: Column<Row>[] = [
    { name: text.columns.organization, cell: (row) => <Name row={row} /> },
    {
      name: text.columns.missing,
      cell: ({ missing, in_a_row }) => (
        <>
          {text.times(missing, editions.length)}
          {in_a_row > 1 && <p className="second">{text.inARow(in_a_row)}</p>}
        </>
      ),
    },
    ...editions.map(({ edition, start }, n) => ({
      name: text.edition(edition, shortDay(new Date(start), zone)),
      cell: ({ states }: Row) => <State of={states[n] ?? "not-meant"} />,
    })),
  ];
  return (
    <>
      <PageHead
        crumbs={[
          { title: title ?? words.briefings.one, to: `/briefings/${briefing}` },
          { title: words.closing.crumb, to: `/briefings/${briefing}/closing` },
        ]}
        here={text.crumb}
        title={text.head(items.length, editions.length)}
        facts={[text.about]}
      />
      {items.length === 0 ? (
        <Empty>{editions.length === 0 ? text.noEditions : text.none}</Empty>
      ) : (
        <Rows columns={columns} rows={items} keyOf={({ organization }) => organization.id} />
      )}
    </>
  );
}

function Name({ row: { organization, in_a_row, answers } }: { row: Row }) {
  const isState = organization.sector === "state" || organization.sector === "territorial";
  return (
    <>
      {organization.name}
      {isState && in_a_row >= IN_A_ROW_STANDS_OUT && (
        <p>
          <Status kind="late">{text.stateInARow(in_a_row)}</Status>
        </p>
      )}
      {answers.map(({ content, is_later, answered }) => (
        <p key={answered} className="second">
          {is_later ? text.saidOfLater(content) : text.said(content)}
        </p>
      ))}
    </>
  );
}

function State({ of: state }: { of: Row["states"][number] }) {
  if (state === "there") return <Status kind="done">{text.states[state]}</Status>;
  return <>{text.states[state]}</>;
}
