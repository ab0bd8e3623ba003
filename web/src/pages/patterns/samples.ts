/*
 * Invented content for the page of patterns, and the states in which something may be.
 */
import { offlineProblem, Problem } from "../../api/problem";
import type { Organization, When } from "../../api/types";
import type { Act } from "../../api/use-act";
import type { Resource } from "../../api/use-resource";
import type { LongGroup } from "../../parts/long-list";
import { words } from "../../words";

const text = words.patterns;

export const LONG =
  "The Commission for the Administration of Elections, Registration of Voters and Recording of " +
  "Deeds of the Consolidated Municipality of Saint-Barthélemy-on-the-Upper-Meramec-and-Its-Fields";

export const RIGHT_TO_LEFT = "من سيحصل على هذا؟ 612 شخصًا";

/* What stands in place of the ordinary words: too many of them, or those of another script. */
export type Say = (ordinary: string) => string;

export const WHEN: When = {
  local: "2028-08-29T14:30",
  timezone: "America/New_York",
  minutes: 45,
  start: "2028-08-29T18:30:00Z",
  end: "2028-08-29T19:15:00Z",
};

export const TWICE: When = {
  local: "2028-11-05T01:30",
  timezone: "America/New_York",
  minutes: 45,
  start: "2028-11-05T05:30:00Z",
  end: "2028-11-05T06:15:00Z",
  is_first_of_two: true,
};

export const REFUSED = new Problem({
  type: "about:blank",
  status: 422,
  title: text.refusal,
  errors: [{ field: "/name", message: text.needed }],
});

export const OFFLINE = offlineProblem();

const nothing = async () => undefined;

function resource<T>(of: Partial<Resource<T>>): Resource<T> {
  const base = { data: undefined, etag: undefined, problem: undefined };
  return { ...base, reload: nothing, replace: () => undefined, ...of };
}

/* There, on its way, refused, without an answer. */
export function inEachState<T>(data: T): Resource<T>[] {
  return [
    resource({ data }),
    resource<T>({}),
    resource<T>({ problem: REFUSED }),
    resource<T>({ problem: OFFLINE }),
  ];
}

export function acting(of: Partial<Act<[]>> = {}): Act<[]> {
  return { run: nothing, isBusy: false, problem: undefined, forget: () => undefined, ...of };
}

export function membersNamed(say: Say): Organization[] {
  return ["Osterby Cloud", "Larkmoor Social"].map((name, n) => ({
    id: `identity--${n}`,
    name: n === 0 ? say(name) : name,
    sector: "platform",
  }));
}

const PEOPLE = ["Corwin Baptiste-Hale", "Odalys Renner", "Teague Lindqvist", "Nadia Farrow-Pike"];
const STATES = ["Alabama", "Alaska", "American Samoa", "Arizona", "Arkansas"];
const ROWS_EACH = 40;

export function peopleNamed(say: Say) {
  return PEOPLE.map((name) => ({
    id: name,
    name: say(name),
    organization: say("Osterby Cloud"),
  }));
}

export function longGroups(say: Say): LongGroup[] {
  return STATES.map((title) => ({
    title,
    cells: [`${ROWS_EACH} people`, "1 office", "1:30 p.m. CDT"],
    rows: Array.from({ length: ROWS_EACH }, (_, n) => ({
      key: `${title} ${n}`,
      cells: [PEOPLE[n % PEOPLE.length], "Primary, Jul 31", say("County office"), "1:30 p.m. CDT"],
    })),
  }));
}
