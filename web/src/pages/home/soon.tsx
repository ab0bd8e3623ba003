/*
 * A call that one may join now: the way to it, before everything else. The mail leads here for it.
 */
import type { Home } from "../../api/types";
import { NextStep } from "../../parts/next-step";
import { Link } from "../../shell/router";
import { minutesUntil } from "../../time/time";
import { words } from "../../words";

const OPENS_MINUTES = 30; // from then on the briefing says how to join

type ComingThing = Home["coming"][number];

function isOpen({ briefing, answer, is_host, start }: ComingThing): boolean {
  const isMeant = is_host || answer === "yes" || answer === "open";
  return !!briefing && isMeant && minutesUntil(new Date(start)) <= OPENS_MINUTES;
}

export function Soon({ coming }: { coming: ComingThing[] }) {
  return coming.filter(isOpen).map(({ briefing, title, start }) => (
    <NextStep
      key={briefing}
      name={words.home.toJoin}
      what={words.home.soon(title, minutesUntil(new Date(start)))}
      acts={
        <Link className="usa-button usa-button--outline" to={`/briefings/${briefing}`}>
          {words.home.seeJoin}
        </Link>
      }
    />
  ));
}
