/*
 * Times as people say them: "Tuesday, August 29, 12:30 p.m. MDT". Every time names its zone.
 */

/* Zones of the territories that browsers name by their offset only. */
const ZONE_NAMES: Record<string, string> = {
  "Pacific/Guam": "ChST",
  "Pacific/Saipan": "ChST",
  "Pacific/Pago_Pago": "SST",
  "America/Puerto_Rico": "AST",
  "America/St_Thomas": "AST",
};

const LANGUAGE = "en-US";
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

type Parts = Partial<Record<Intl.DateTimeFormatPartTypes, string>>;

function partsOf(at: Date, zone: string, options: Intl.DateTimeFormatOptions): Parts {
  const format = new Intl.DateTimeFormat(LANGUAGE, { ...options, timeZone: zone });
  return Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
}

export function zoneName(at: Date, zone: string): string {
  return ZONE_NAMES[zone] ?? partsOf(at, zone, { timeZoneName: "short" }).timeZoneName ?? zone;
}

interface Clock {
  time: string;
  half: string;
}

function clockOf(at: Date, zone: string): Clock {
  const { hour, minute, dayPeriod } = partsOf(at, zone, { hour: "numeric", minute: "2-digit" });
  return { time: `${hour}:${minute}`, half: dayPeriod === "AM" ? "a.m." : "p.m." };
}

/* "2:30" */
export function plainClock(at: Date, zone: string): string {
  return clockOf(at, zone).time;
}

/* "14:30", as a field for times takes it. */
export function clockOfField(at: Date, zone: string): string {
  const { hour, minute } = partsOf(at, zone, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  return `${hour}:${minute}`;
}

function minutesOf(clock: string): number {
  const [hour, minute] = clock.split(":");
  return Number(hour) * 60 + Number(minute);
}

/* The instant at which a clock in the zone shows the time of a field, the nearest to another. */
export function nearestAt(near: Date, zone: string, clock: string): Date {
  const half = DAY_MS / 2 / MINUTE_MS;
  const ahead = minutesOf(clock) - minutesOf(clockOfField(near, zone));
  const minutes = ((((ahead + half) % (2 * half)) + 2 * half) % (2 * half)) - half;
  return new Date(near.getTime() + minutes * MINUTE_MS);
}

/* "12:30 p.m. MDT" */
export function clockTime(at: Date, zone: string): string {
  const { time, half } = clockOf(at, zone);
  return `${time} ${half} ${zoneName(at, zone)}`;
}

/* "2:30 to 3:15 p.m. EDT" */
export function clockSpan(from: Date, to: Date, zone: string): string {
  const first = clockOf(from, zone);
  const last = clockOf(to, zone);
  const firstHalf = first.half === last.half ? "" : ` ${first.half}`;
  return `${first.time}${firstHalf} to ${last.time} ${last.half} ${zoneName(to, zone)}`;
}

/* "Tuesday, August 29", and the year where it is not this one. */
export function longDay(at: Date, zone: string, now = new Date()): string {
  const sameYear = partsOf(at, zone, { year: "numeric" }).year === String(now.getFullYear());
  const { weekday, month, day, year } = partsOf(at, zone, {
    weekday: "long",
    month: "long",
    day: "numeric",
    year: "numeric",
  });
  return `${weekday}, ${month} ${day}${sameYear ? "" : `, ${year}`}`;
}

/* "Aug 29" */
export function shortDay(at: Date, zone: string): string {
  const { month, day } = partsOf(at, zone, { month: "short", day: "numeric" });
  return `${month} ${day}`;
}

/* "Tue" */
export function weekdayOf(at: Date, zone: string, length: "short" | "long" = "short"): string {
  return partsOf(at, zone, { weekday: length }).weekday ?? "";
}

/* "Tuesday, August 29, 12:30 p.m. MDT" */
export function dayAndTime(at: Date, zone: string): string {
  return `${longDay(at, zone)}, ${clockTime(at, zone)}`;
}

/* "martes, 29 de agosto, 12:30 p. m. MDT" */
export function spanishDayAndTime(at: Date, zone: string): string {
  const format = { weekday: "long", day: "numeric", month: "long", timeZone: zone } as const;
  const day = new Intl.DateTimeFormat("es-US", format).format(at);
  const { time, half } = clockOf(at, zone);
  return `${day}, ${time} ${half === "a.m." ? "a. m." : "p. m."} ${zoneName(at, zone)}`;
}

/* "Thursday, 3:10 p.m. MDT" within a week, else "August 3, 3:10 p.m. MDT". */
export function recentTime(at: Date, zone: string, now = new Date()): string {
  const isRecent = now.getTime() - at.getTime() < 6 * DAY_MS;
  const { month, day } = partsOf(at, zone, { month: "long", day: "numeric" });
  const when = isRecent ? weekdayOf(at, zone, "long") : `${month} ${day}`;
  return `${when}, ${clockTime(at, zone)}`;
}

/* "Thu, 3:10 p.m." within a week, else "Aug 3, 3:10 p.m.": where a column names the zone. */
export function briefTime(at: Date, zone: string, now = new Date()): string {
  const isRecent = now.getTime() - at.getTime() < 6 * DAY_MS;
  const { time, half } = clockOf(at, zone);
  return `${isRecent ? weekdayOf(at, zone) : shortDay(at, zone)}, ${time} ${half}`;
}

/* The number of a calendar day, for counting days. */
function dayNumber(at: Date, zone: string): number {
  const { year, month, day } = partsOf(at, zone, {
    year: "numeric",
    month: "numeric",
    day: "numeric",
  });
  return Date.UTC(Number(year), Number(month) - 1, Number(day)) / DAY_MS;
}

/* The reader's own day, as a field for days takes it. */
export function dayOfField(zone: string, now = new Date()): string {
  return new Date(dayNumber(now, zone) * DAY_MS).toISOString().slice(0, 10);
}

/* Whole calendar days from now on, as the reader's calendar counts them. */
export function daysUntil(at: Date, zone: string, now = new Date()): number {
  return dayNumber(at, zone) - dayNumber(now, zone);
}

/* The same up to a date without a clock, which is the same day everywhere. */
export function daysUntilDate(date: string, zone: string, now = new Date()): number {
  return dayNumber(dateOnly(date), "UTC") - dayNumber(now, zone);
}

export function minutesUntil(at: Date, now = new Date()): number {
  return Math.round((at.getTime() - now.getTime()) / MINUTE_MS);
}

/* A date without a clock, such as "2026-11-03". */
export function dateOnly(date: string): Date {
  return new Date(`${date}T12:00:00Z`);
}

/*
 * A wall clock without a zone ("2018-08-29T14:30") taken as if it were UTC, for showing it again
 * with the zone "UTC": the clock face is what counts.
 */
export function wallClock(local: string): Date {
  return new Date(`${local.slice(0, 16)}:00Z`);
}

/* "Wednesday, 4:30 a.m. ChST" of a wall clock in a zone. */
export function wallDayAndTime(local: string, zone: string): string {
  const at = wallClock(local);
  return `${weekdayOf(at, "UTC", "long")}, ${wallTime(local)} ${zoneName(at, zone)}`;
}

/* "1:30 p.m." of a wall clock. */
export function wallTime(local: string): string {
  const { time, half } = clockOf(wallClock(local), "UTC");
  return `${time} ${half}`;
}
