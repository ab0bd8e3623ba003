/*
 * Home: what needs my answer, what is new, what is coming; in this order.
 */
import type { Home as HomeData } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { PageHead } from "../../parts/page-head";
import { Ready } from "../../parts/states";
import { useReader, useZone } from "../../shell/session";
import { dayAndTime, longDay } from "../../time/time";
import { words } from "../../words";
import { ReadsUpTo } from "../delegate/reads-up-to";
import { Coming } from "./coming";
import { Looks } from "./looks";
import { Newcomers } from "./newcomers";
import { News } from "./news";
import { Questions } from "./questions";
import { Soon } from "./soon";

const POLL_SECONDS = 60;
const NEWS: readonly HomeData["questions"][number]["kind"][] = ["correction", "absence", "noted"];

export function Home() {
  const home = useResource("/home", {}, POLL_SECONDS);
  return (
    <div className="wrap">
      <Ready of={home}>
        {(data) => (
          <>
            <Head data={data} />
            <ReadsUpTo label={data.reads_up_to} />
            <Soon coming={data.coming} />
            <div className="columns two-to-one">
              <div>
                <Questions questions={data.questions} onAnswer={home.reload} />
                <Newcomers newcomers={data.newcomers} onSaid={home.reload} />
                <Looks looks={data.looks} onSaid={home.reload} />
                <News news={data.new} />
              </div>
              <Coming coming={data.coming} />
            </div>
          </>
        )}
      </Ready>
    </div>
  );
}

function Head({ data }: { data: HomeData }) {
  const zone = useZone();
  const { exchange } = useReader();
  const open = countOf(data);
  const election = exchange.election;
  const today = longDay(new Date(), zone);
  return (
    <PageHead
      title={headingOf(data)}
      over={election ? `${today} · ${words.times.toElection(election.days)}` : today}
      facts={[open === 0 && nextCall(data, zone)]}
    />
  );
}

function countOf({ questions, newcomers, looks }: HomeData): number {
  return questions.length + newcomers.length + looks.length;
}

/* A correction, or what is noted in one's name, is to be seen; whether to answer is up to them. */
function headingOf(data: HomeData): string {
  const all = countOf(data);
  if (all === 0) return words.home.nothingNeeded;
  const hasNews = data.questions.some(({ kind }) => NEWS.includes(kind));
  return hasNews ? words.home.waiting(all) : words.home.needed(all);
}

function nextCall(data: HomeData, zone: string): string {
  const next = data.coming.find(({ briefing }) => briefing);
  if (!next) return words.home.noCall;
  return words.home.nextCall(dayAndTime(new Date(next.start), zone));
}
