/*
 * One briefing, as its hosts see it or as somebody who is invited.
 */
import type { Briefing } from "../../api/types";
import { useResource, type Resource } from "../../api/use-resource";
import { PageHead } from "../../parts/page-head";
import { Labelled } from "../../parts/sheet";
import { Ready } from "../../parts/states";
import { instantsOf, ownTime } from "../../parts/times";
import { NothingHere } from "../../shell/nothing-here";
import { Link } from "../../shell/router";
import type { PageProps } from "../../shell/pages";
import { useReader, useZone } from "../../shell/session";
import { daysUntil, daysUntilDate, minutesUntil, shortDay } from "../../time/time";
import { words } from "../../words";
import { ReadsUpTo } from "../delegate/reads-up-to";
import { HostView } from "./host-view";
import { InviteeView } from "./invitee-view";

const text = words.briefing;
const POLL_SECONDS = 60;
const MINUTES_A_DAY = 24 * 60;

export function BriefingPage({ params }: PageProps) {
  const briefing = params.briefing ?? "";
  const resource = useResource("/briefings/{briefing}", { params: { briefing } }, POLL_SECONDS);
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>{(data) => <Loaded briefing={data} resource={resource} />}</Ready>
    </div>
  );
}

interface LoadedProps {
  briefing: Briefing;
  resource: Resource<Briefing>;
}

function Loaded({ briefing, resource }: LoadedProps) {
  return (
    <Labelled label={briefing.label}>
      <Head briefing={briefing} />
      <ReadsUpTo label={briefing.reads_up_to} />
      {briefing.is_host ? (
        <HostView
          briefing={briefing}
          etag={resource.etag}
          onChange={resource.replace}
          onReload={resource.reload}
        />
      ) : (
        <InviteeView briefing={briefing} onChange={resource.replace} />
      )}
    </Labelled>
  );
}

function Head({ briefing }: { briefing: Briefing }) {
  const zone = useZone();
  const { roles } = useReader().acting_for;
  const mayBriefOn = !briefing.is_host && roles.includes("publisher");
  const at = `/briefings/${briefing.id}`;
  const isOver = briefing.status === "held";
  const sent = briefing.sent && text.sent(shortDay(new Date(briefing.sent), zone));
  return (
    <PageHead
      crumbs={[{ title: words.briefings.title, to: "/briefings" }]}
      here={briefing.edition ? text.editionOf(briefing.edition) : words.briefings.one}
      over={<Editions briefing={briefing} />}
      title={briefing.title}
      facts={[
        <b key="when">{ownTime(briefing.when, zone)}</b>,
        distance(briefing, zone),
        useElectionFact(briefing, zone),
        briefing.is_host && (sent || text.notSent),
        briefing.source && words.onward.source(briefing.source),
      ]}
      acts={
        <>
          {briefing.is_host && <Link to={`${at}/audience`}>{text.whoWillGet}</Link>}
          {briefing.is_host && !isOver && briefing.status !== "cancelled" && (
            <Link className="usa-button usa-button--outline" to={`${at}/edit`}>
              {words.edit.act}
            </Link>
          )}
          {briefing.is_host && isOver && <Link to={`${at}/attendance`}>{text.attendance}</Link>}
          {isOver && briefing.is_host && <Link to={`${at}/closing`}>{text.closing}</Link>}
          {mayBriefOn && <Link to={`${at}/onward`}>{words.onward.act}</Link>}
          {briefing.has_reached && <Link to={`${at}/reached`}>{text.reached}</Link>}
          <Link to={`${at}/record`}>{text.record}</Link>
        </>
      }
    />
  );
}

/* The editions before and after this one. */
function Editions({ briefing: { follows, followed_by } }: { briefing: Briefing }) {
  const [next] = followed_by ?? [];
  if (!follows && !next) return null;
  return (
    <>
      {follows && <Link to={`/briefings/${follows}`}>{words.series.before}</Link>}
      {follows && next && " · "}
      {next && <Link to={`/briefings/${next}`}>{words.series.after}</Link>}
    </>
  );
}

/* How far away it is, in the reader's days. */
function distance({ when }: Briefing, zone: string): string | undefined {
  const times = instantsOf(when);
  if (!times) return undefined;
  const minutes = minutesUntil(times.from);
  const days = daysUntil(times.from, zone);
  if (minutesUntil(times.to) < 0) return days < 0 ? words.times.ago(-days) : words.times.today;
  if (minutes <= 0) return words.times.now;
  if (minutes < 120) return words.times.inMinutes(minutes);
  if (days === 0) return words.times.today;
  if (days === 1 || minutes < MINUTES_A_DAY) return words.times.tomorrow;
  return words.times.inDays(days);
}

function useElectionFact({ when }: Briefing, zone: string): string | undefined {
  const { election } = useReader().exchange;
  const times = instantsOf(when);
  if (!election || !times) return undefined;
  const days = daysUntilDate(election.date, zone, times.from);
  return days > 0 ? words.times.beforeElection(days, election.name) : undefined;
}
