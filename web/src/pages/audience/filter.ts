/*
 * The list of who will get it, narrowed by what the sender looks for; and as a CSV file.
 */
import type { Audience, Duty, Invitee } from "../../api/types";
import { words } from "../../words";

export interface Filter {
  text: string;
  duty: Duty | "any";
  oddOnly: boolean;
}

export const NO_FILTER: Filter = { text: "", duty: "any", oddOnly: false };

export interface PeopleGroup {
  title: string;
  people: Invitee[];
}

function fits(person: Invitee, group: string, { text, duty, oddOnly }: Filter): boolean {
  const sought = text.trim().toLowerCase();
  const found = [person.name, person.organization, group].some((value) =>
    value.toLowerCase().includes(sought),
  );
  return found && (duty === "any" || person.duty === duty) && (!oddOnly || !!person.is_odd_hour);
}

/* Groups that have nobody left are left out. */
export function filtered(audience: Audience, filter: Filter): PeopleGroup[] {
  return audience.groups
    .map(({ title, people }) => ({
      title,
      people: people.filter((person) => fits(person, title, filter)),
    }))
    .filter(({ people }) => people.length > 0);
}

/* Those who have been invited already, and those who would be. */
export function everyoneIn({ people, already_invited = 0 }: Audience): number {
  return people + already_invited;
}

export function peopleIn(groups: readonly PeopleGroup[]): number {
  return groups.reduce((sum, { people }) => sum + people.length, 0);
}

/* A field that a spreadsheet takes for text, whatever it begins with. */
function csvField(value: string): string {
  const text = /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}

export function csvOf(groups: readonly PeopleGroup[]): string {
  const rows = groups.flatMap(({ title, people }) =>
    people.map((one) => [
      one.name,
      one.duty ? words.duties[one.duty] : "",
      one.checked ?? "",
      one.organization,
      title,
      one.local,
      one.timezone,
    ]),
  );
  return [[...words.audience.csvHeads], ...rows]
    .map((row) => row.map(csvField).join(","))
    .join("\r\n");
}
