/*
 * The record of a briefing as far as one may read it: to read, to print, and to save as STIX. What
 * has to stay in the exchange (G3) is read on the screen and is not on paper.
 */
import { recordAddress, useRecordDocument } from "../../api/record";
import type { Briefing } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { PageHead } from "../../parts/page-head";
import { ChipShape } from "../../parts/labels";
import { Labelled } from "../../parts/sheet";
import { Ready } from "../../parts/states";
import { ownTime } from "../../parts/times";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { useZone } from "../../shell/session";
import { words } from "../../words";
import { Document, labelOf, titleOf } from "./document";

const text = words.record;

export function RecordPage({ params }: PageProps) {
  const id = params.briefing ?? "";
  const briefing = useResource("/briefings/{briefing}", { params: { briefing: id } });
  const leaves = useRecordDocument(id, "leaves");
  const stays = useRecordDocument(id, "stays");
  if (briefing.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={briefing}>
        {(about) => (
          <Ready of={leaves}>
            {(document) => (
              <>
                <Head briefing={about} document={document} />
                <Leaves text={document} />
              </>
            )}
          </Ready>
        )}
      </Ready>
      <Ready of={stays}>{(document) => <Stays text={document} />}</Ready>
    </div>
  );
}

/* Without a label there is nothing in it. */
function Leaves({ text }: { text: string }) {
  const label = labelOf(text);
  if (!label) return <Document text={text} />;
  return (
    <Labelled label={label}>
      <Document text={text} />
    </Labelled>
  );
}

/* Not printed. */
function Stays({ text: document }: { text: string }) {
  const label = labelOf(document);
  if (!label) return null;
  return (
    <section className="record-stays">
      <h2>
        {text.staysTitle} <ChipShape label={label} />
      </h2>
      <p>{text.stays}</p>
      <Document text={document} isPart />
    </section>
  );
}

/* On paper it says no more than what leaves: of a briefing that stays itself not even the title. */
function Head({ briefing, document }: { briefing: Briefing; document: string }) {
  const zone = useZone();
  const label = labelOf(document);
  const isTold = titleOf(document) === briefing.title;
  return (
    <PageHead
      crumbs={[
        { title: words.briefings.title, to: "/briefings" },
        { title: briefing.title, to: `/briefings/${briefing.id}` },
      ]}
      here={text.crumb}
      title={isTold ? text.title(briefing.title) : text.titleOfNone}
      facts={
        isTold && label
          ? [
              <b key="when">{ownTime(briefing.when, zone)}</b>,
              <Chip key="label" label={label} />,
              text.about,
            ]
          : []
      }
      acts={
        <>
          <a href={recordAddress(briefing.id)} download={`${briefing.id}.json`}>
            {text.save}
          </a>
          {label && (
            <Act outline onAct={() => window.print()}>
              {text.print}
            </Act>
          )}
        </>
      }
    />
  );
}
