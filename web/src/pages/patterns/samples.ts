/*
 * Invented content for the page of patterns.
 */
import type { When } from "../../api/types";
import type { LongGroup } from "../../parts/long-list";

export const LONG =
  "The Commission for the Administration of Elections, Registration of Voters and Recording of " +
  "Deeds of the Consolidated Municipality of Saint-Barthélemy-on-the-Upper-Meramec-and-Its-Fields";

export const RIGHT_TO_LEFT = "من سيحصل على هذا؟ 612 شخصًا";

export const WHEN: When = {
  local: "2028-08-29T14:30",
  timezone: "America/New_York",
  minutes: 45,
  start: "2028-08-29T18:30:00Z",
  end: "2028-08-29T19:15:00Z",
};

const PEOPLE = ["Corwin Baptiste-Hale", "Odalys Renner", "Teague Lindqvist", "Nadia Farrow-Pike"];
const STATES = ["Alabama", "Alaska", "American Samoa", "Arizona", "Arkansas"];
const ROWS_EACH = 40;

export function longGroups(): LongGroup[] {
  return STATES.map((title) => ({
    title,
    cells: [`${ROWS_EACH} people`, "1 office", "1:30 p.m. CDT"],
    rows: Array.from({ length: ROWS_EACH }, (_, n) => ({
      key: `${title} ${n}`,
      cells: [PEOPLE[n % PEOPLE.length], "Primary, Jul 31", LONG, "1:30 p.m. CDT"],
    })),
  }));
}
