/*
 * The people of a briefing by how they stand: first those who are still to be marked and those who
 * were missed, then, to be opened on demand, those with whom it went as expected.
 */
import type { Attendance } from "../../api/types";

type Present = Attendance["people"][number];

/* In the order in which they are shown. */
const STANDINGS = ["to-mark", "missed", "open", "came", "there", "away"] as const;
export type Standing = (typeof STANDINGS)[number];

/* Something is to be done about them, or to be seen. */
export function isFirst(standing: Standing): boolean {
  return standing === "to-mark" || standing === "missed";
}

export interface Group {
  standing: Standing;
  people: Present[];
}

/* By what is kept, not by what is being marked: nobody moves away under a press. */
export function groupsOf(people: readonly Present[]): Group[] {
  return STANDINGS.map((standing) => ({
    standing,
    people: people.filter((one) => standingOf(one) === standing),
  })).filter((group) => group.people.length > 0);
}

function standingOf({ answer, was_there }: Present): Standing {
  const isExpected = answer === "yes";
  if (was_there === undefined) return isExpected ? "to-mark" : "open";
  if (was_there) return isExpected ? "there" : "came";
  return isExpected ? "missed" : "away";
}
