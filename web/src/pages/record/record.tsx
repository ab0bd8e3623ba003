/*
 * The record of a briefing as far as one may read it: to read, to print, and to save as STIX.
 */
import { recordAddress, useRecordDocument } from "../../api/record";
import type { Briefing } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { PageHead } from "../../parts/page-head";
import { Sheet } from "../../parts/sheet";
import { Ready } from "../../parts/states";
import { ownTime } from "../../parts/times";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { useZone } from "../../shell/session";
import { words } from "../../words";
import { Document } from "./document";

const text = words.record;

export function RecordPage({ params }: PageProps) {
  const id = params.briefing ?? "";
  const briefing = useResource("/briefings/{briefing}", { params: { briefing: id } });
  const record = useRecordDocument(id);
  if (briefing.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={briefing}>
        {(about) => (
          <>
            <Head briefing={about} />
            <Ready of={record}>
              {(document) => (
                <Sheet label={about.label}>
                  <Document text={document} />
                </Sheet>
              )}
            </Ready>
          </>
        )}
      </Ready>
    </div>
  );
}

function Head({ briefing }: { briefing: Briefing }) {
  const zone = useZone();
  return (
    <PageHead
      crumbs={[
        { title: words.briefings.title, to: "/briefings" },
        { title: briefing.title, to: `/briefings/${briefing.id}` },
      ]}
      here={text.crumb}
      title={text.title(briefing.title)}
      facts={[
        <b key="when">{ownTime(briefing.when, zone)}</b>,
        <Chip key="label" label={briefing.label} />,
        text.about,
      ]}
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
  );
}
