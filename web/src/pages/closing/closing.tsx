/*
 * After a briefing: was it useful, and who was missing.
 */
import type { Attendance, Briefing, Usefulness } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { NextStep } from "../../parts/next-step";
import { PageHead } from "../../parts/page-head";
import { Labelled } from "../../parts/sheet";
import { Ready } from "../../parts/states";
import { ownTime } from "../../parts/times";
import { NothingHere } from "../../shell/nothing-here";
import { Link } from "../../shell/router";
import type { PageProps } from "../../shell/pages";
import { useZone } from "../../shell/session";
import { words } from "../../words";
import { Commitments, useCommitments } from "../commitments/commitments";
import { Missing } from "./missing";
import { NextEdition } from "./next-edition";
import { Useful } from "./useful";

const text = words.closing;

export function ClosingPage({ params }: PageProps) {
  const asked = { params: { briefing: params.briefing ?? "" } };
  const briefing = useResource("/briefings/{briefing}", asked);
  const attendance = useResource("/briefings/{briefing}/attendance", asked);
  const usefulness = useResource("/briefings/{briefing}/usefulness", asked);
  const all = [briefing, attendance, usefulness];
  if (all.some(({ problem }) => problem?.status === 404)) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={briefing}>
        {(about) => (
          <Ready of={attendance}>
            {(there) => (
              <Ready of={usefulness}>
                {(useful) => <Loaded briefing={about} attendance={there} usefulness={useful} />}
              </Ready>
            )}
          </Ready>
        )}
      </Ready>
    </div>
  );
}

interface LoadedProps {
  briefing: Briefing;
  attendance: Attendance;
  usefulness: Usefulness;
}

function Loaded({ briefing, attendance, usefulness }: LoadedProps) {
  const zone = useZone();
  const commitments = useCommitments(briefing.id);
  const at = `/briefings/${briefing.id}`;
  const { present = 0, guests } = attendance;
  const invited = attendance.invited ?? attendance.people.length;
  const isTaken = attendance.people.some(({ was_there }) => was_there !== undefined);
  return (
    <Labelled label={briefing.label}>
      <PageHead
        crumbs={[
          { title: words.briefings.title, to: "/briefings" },
          { title: briefing.title, to: at },
        ]}
        here={text.crumb}
        title={text.title(briefing.title)}
        facts={[
          <span key="held">
            {text.held} <b>{ownTime(briefing.when, zone)}</b>
          </span>,
          isTaken && text.were(present, invited),
          guests.length > 0 && words.attendance.guests(guests.length),
        ]}
        acts={
          <>
            <Link to={`${at}/attendance`}>{words.attendance.crumb}</Link>
            <Link to={`${at}/record`}>{words.briefing.record}</Link>
          </>
        }
      />
      {!isTaken && (
        <NextStep
          what={text.notTaken}
          acts={
            <Link className="usa-button" to={`${at}/attendance`}>
              {text.take}
            </Link>
          }
        />
      )}
      <div className="columns one-to-one">
        <div>
          <Useful usefulness={usefulness} />
          <Commitments briefing={briefing} list={commitments} mayAdd />
        </div>
        <div>
          <Missing briefing={briefing.id} attendance={attendance} />
          <NextEdition briefing={briefing} />
        </div>
      </div>
    </Labelled>
  );
}
