/*
 * What the invented answers are made of: moments that lie some days from now, and offices.
 */
import type { Affiliation } from "../../../web/src/api/types";

const DAY_MS = 24 * 60 * 60 * 1000;

/* The call is in four days at 18:30 UTC; the time of day does not matter to any test. */
export function inDays(days: number, clock: string): string {
  return `${new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10)}T${clock}:00Z`;
}

export function affiliation(
  name: string,
  sector: Affiliation["organization"]["sector"],
): Affiliation {
  const id = `identity--${name.toLowerCase().replace(/\W+/g, "-")}`;
  return { organization: { id, name, sector }, roles: ["publisher", "member"] };
}
