/*
 * When a briefing is: the reader's own time first and bold, the hosts' under it where it differs.
 */
import type { When } from "../api/types";
import { useZone } from "../shell/session";
import { clockSpan, clockTime, longDay, wallTime } from "../time/time";
import { words } from "../words";

interface WhenTimes {
  from: Date;
  to: Date;
}

/* The instants of a time that the server has worked out; undefined: it has not. */
export function instantsOf(when: When): WhenTimes | undefined {
  if (!when.start || !when.end) return undefined;
  return { from: new Date(when.start), to: new Date(when.end) };
}

export function ownTime(when: When, zone: string): string {
  const times = instantsOf(when);
  if (!times) return when.local;
  return `${longDay(times.from, zone)}, ${clockSpan(times.from, times.to, zone)}`;
}

/* In the night in which the clocks go back one time comes twice. */
export function TwiceNote({ when }: { when: When }) {
  if (!when.is_first_of_two) return null;
  return <p className="times-twice">{words.times.twice(wallTime(when.local))}</p>;
}

export function Times({ when }: { when: When }) {
  const zone = useZone();
  const times = instantsOf(when);
  if (!times) return <p>{when.local}</p>;
  const own = clockTime(times.from, zone);
  const hosts = clockTime(times.from, when.timezone);
  return (
    <>
      <p className="times-own">
        <b>
          {longDay(times.from, zone)}, {own}
        </b>{" "}
        ({words.times.yours}), {words.times.minutes(when.minutes)}
      </p>
      {hosts !== own && <p className="second">{words.times.hosts(hosts)}</p>}
      <TwiceNote when={when} />
    </>
  );
}
