/*
 * Who met what was shared.
 */
import { count, list, number } from "./count";

const times = (n: number) => (n === 1 ? "once" : n === 2 ? "twice" : `${number(n)} times`);
const organizations = (n: number) => count(n, "organization");

export const met = {
  title: "What others met of what you shared",
  about: "Added up from the sightings that came back; what was met last comes first",
  none:
    "Nobody has sent a sighting of what you shared yet. A partner who looks in their own logs " +
    "with your indicators can let you know how often and when they met one, without a line of a " +
    "log leaving them.",
  noneOnPage:
    "Nothing of yours is among the sightings that were looked through. Older ones follow.",
  here: "Who met it",
  nobody: "Nobody has said that they met it.",
  sum: (n: number, by: number) => `Met ${times(n)} by ${organizations(by)}`,
  atLeast: (n: number, by: number) => `Met at least ${times(n)} by ${organizations(by)}`,
  by: (sum: string, names: readonly string[]) => `${sum}: ${list(names)}`,
  times: (n: number) => `Met ${times(n)}`,
  gone: "An organization that is gone",
  noTime: "They did not say when.",
  from: (first: string, last: string) => (first === last ? first : `${first} to ${last}`),
  older: "Only the newest sightings are added up here.",
};
