/*
 * The record of a briefing as far as one may read it: to save as STIX, and to print.
 */
import { Table } from "@trussworks/react-uswds";
import type { ReactNode } from "react";
import { recordAddress, useRecord, type RecordObject } from "../../api/record";
import type { Briefing } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { ownTime } from "../../parts/times";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { words } from "../../words";

const text = words.record;

export function RecordPage({ params }: PageProps) {
  const id = params.briefing ?? "";
  const briefing = useResource("/briefings/{briefing}", { params: { briefing: id } });
  const record = useRecord(id);
  if (briefing.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={briefing}>
        {(about) => (
          <Ready of={record}>{(objects) => <Loaded briefing={about} objects={objects} />}</Ready>
        )}
      </Ready>
    </div>
  );
}

function Loaded({ briefing, objects }: { briefing: Briefing; objects: RecordObject[] }) {
  const zone = useZone();
  const chip = <Chip label={briefing.label} />;
  return (
    <>
      <PageHead
        crumbs={[
          { title: words.briefings.title, to: "/briefings" },
          { title: briefing.title, to: `/briefings/${briefing.id}` },
        ]}
        here={text.crumb}
        title={text.title(briefing.title)}
        facts={[<b key="when">{ownTime(briefing.when, zone)}</b>, chip]}
        acts={
          <>
            <a href={recordAddress(briefing.id)} download={`${briefing.id}.json`}>
              {text.save}
            </a>
            <Act outline onAct={() => window.print()}>
              {text.print}
            </Act>
          </>
        }
      />
      <p>{text.about}</p>
      {briefing.about && <p className="long-text">{briefing.about}</p>}
      <Section title={text.contents} aside={text.objects(objects.length)}>
        {objects.length === 0 ? (
          <Empty>{text.nothing}</Empty>
        ) : (
          <Contents objects={objects} zone={zone} label={chip} />
        )}
      </Section>
    </>
  );
}

interface ContentsProps {
  objects: RecordObject[];
  zone: string;
  label: ReactNode;
}

/* The label stands in head and foot, which a printer repeats on each page. */
function Contents({ objects, zone, label }: ContentsProps) {
  return (
    <Table className="rows-table record-table" fullWidth>
      <thead>
        <tr>
          <th scope="col">{text.columns.what}</th>
          <th scope="col">{text.columns.kind}</th>
          <th scope="col">
            {text.columns.when} <span className="print-only">{label}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {objects.map((object) => (
          <tr key={object.id}>
            <th scope="row">{object.name ?? object.id}</th>
            <td>{object.type}</td>
            <td className="second">
              {object.modified && dayAndTime(new Date(object.modified), zone)}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot className="print-only">
        <tr>
          <td colSpan={3}>
            {label} {text.printed(dayAndTime(new Date(), zone))}
          </td>
        </tr>
      </tfoot>
    </Table>
  );
}
