/*
 * Who will get this, as the exact list, and beside it whom it misses and why; and the button that
 * sends it.
 */
import type { Audience, Briefing } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Chip } from "../../parts/chip";
import { PageHead } from "../../parts/page-head";
import { Labelled } from "../../parts/sheet";
import { Ready } from "../../parts/states";
import { ownTime } from "../../parts/times";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { useZone } from "../../shell/session";
import { shortDay } from "../../time/time";
import { words } from "../../words";
import { inWords, whomOf } from "../make/whom";
import { Misses } from "./misses";
import { everyoneIn } from "./filter";
import { People } from "./people";
import { Send } from "./send";

const text = words.audience;

export function AudiencePage({ params }: PageProps) {
  const asked = { params: { briefing: params.briefing ?? "" } };
  const briefing = useResource("/briefings/{briefing}", asked);
  const audience = useResource("/briefings/{briefing}/audience", asked);
  const reload = async () => {
    await Promise.all([briefing.reload(), audience.reload()]);
  };
  if (briefing.problem?.status === 404 || audience.problem?.status === 404) return <NothingHere />;
  return (
    <Ready of={briefing}>
      {(about) => (
        <Ready of={audience}>
          {(list) => <Loaded briefing={about} audience={list} onChange={reload} />}
        </Ready>
      )}
    </Ready>
  );
}

interface LoadedProps {
  briefing: Briefing;
  audience: Audience;
  onChange: () => Promise<void>;
}

function Loaded({ briefing, audience, onChange }: LoadedProps) {
  const zone = useZone();
  const all = everyoneIn(audience);
  const missed = audience.misses.reduce((sum, { organizations }) => sum + organizations.length, 0);
  const sent = briefing.sent && words.briefing.sent(shortDay(new Date(briefing.sent), zone));
  return (
    <>
      <div className="wrap">
        <Labelled label={audience.label ?? briefing.label}>
          <PageHead
            crumbs={[
              { title: words.briefings.title, to: "/briefings" },
              { title: briefing.title, to: `/briefings/${briefing.id}` },
            ]}
            here={text.crumb}
            title={text.head(all, missed)}
            facts={[
              <b key="when">{ownTime(briefing.when, zone)}</b>,
              <span key="label">
                {text.mayHear} <Chip label={audience.label ?? briefing.label} />
              </span>,
              sent || words.briefing.notSent,
            ]}
          />
          <p className="audience-says">{inWords(whomOf(briefing))}</p>
          <div className="columns audience-columns">
            <People audience={audience} />
            <Misses
              misses={audience.misses}
              total={missed}
              edit={briefing.status === "draft" ? `/briefings/${briefing.id}/edit` : undefined}
            />
          </div>
        </Labelled>
      </div>
      <Send briefing={briefing} audience={audience} onChange={onChange} />
    </>
  );
}
