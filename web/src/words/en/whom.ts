/*
 * Whom a briefing is for; and who will see what somebody is about to say.
 */
import type { Duty, Sector } from "../../api/types";
import { common } from "./common";
import { count, list, number } from "./count";

const NAMES_MAX = 6; // more are a list that nobody reads in a sentence

interface Said {
  sectors: readonly Sector[];
  places: readonly string[];
  associations: readonly string[];
  organizations: readonly string[];
  people: readonly string[];
  duties: readonly Duty[];
}

/* Of many names the first, and how many others. */
function few(names: readonly string[], others: (n: number) => string): readonly string[] {
  const left = names.length - NAMES_MAX;
  return left > 1 ? [...names.slice(0, NAMES_MAX), others(left)] : names;
}

function all(names: readonly string[]): string {
  return list(few(names, (n) => `${number(n)} others`));
}

function either(names: readonly string[]): string {
  const shown = few(names, (n) => `one of ${number(n)} other places`);
  return new Intl.ListFormat("en-US", { type: "disjunction" }).format(shown);
}

function kindOf(sector: Sector): string {
  return sector === "other" ? "offices of other kinds" : common.sectors[sector].toLowerCase();
}

function officersOf(duties: readonly Duty[]): string {
  const which = duties.map((duty) => common.duties[duty].toLowerCase());
  return which.length ? `the ${list(which)} duty officers` : "the duty officers";
}

/* Whom sectors, associations and places find together. */
function foundBy({ sectors, associations, places }: Said): string {
  const kinds = [
    ...sectors.map(kindOf),
    ...(associations.length ? [`members of ${all(associations)}`] : []),
  ];
  if (kinds.length === 0) return places.length ? `every office in ${either(places)}` : "";
  return list(kinds) + (places.length ? ` that are in ${either(places)}` : "");
}

function says(said: Said): string {
  const { places, organizations, people, duties } = said;
  const found = foundBy(said);
  const wherever = places.length ? ", wherever they are" : "";
  const parts = [
    found && `${officersOf(duties)} of ${found}`,
    organizations.length > 0 && `${officersOf(duties)} of ${all(organizations)}${wherever}`,
    people.length > 0 && `${all(people)} by name`,
  ].filter(Boolean);
  if (parts.length === 0) return "This invites nobody yet.";
  return `This invites ${parts.join("; and ")}.`;
}

export const whom = {
  whom: {
    says,
    more: "Narrow it, or add others",
    moreAbout: "Places, duties, members of an association, organizations, people.",
    narrow: "Narrow it",
    add: "Add others",
    places: "Only in these places",
    placesHint:
      "A state with all that lies in it, or an office’s own area. With no kind ticked, everybody " +
      "there.",
    area: (office: string) => `the area of ${office}`,
    duties: "Only who has one of these duties. With none ticked, everybody on duty.",
    associations: "Members of an association, or a state’s counties",
    associationsHint: "Its own people are invited only where they are named or ticked as well.",
    organizations: "These organizations",
    organizationsHint: "Members of this exchange, by name or state.",
    people: "These people",
    peopleHint: "Whoever is in the directory, by name or office.",
  },
  chooser: {
    added: (name: string) => `${name} is added.`,
    takenOut: (name: string) => `${name} is taken out.`,
    takeOut: "Take out",
    chosen: (label: string) => `Chosen: ${label}`,
    nothing: "Nothing is found. Type the beginning of a name.",
    found: (n: number) =>
      n === 0 ? "Nothing is found" : `${count(n, "name")} found. Arrows move, Enter adds.`,
  },
  whoReads: {
    size: (people: number, organizations: number) =>
      people === 0
        ? "Nobody but your own office will see it."
        : `${count(people, "person", "people")} in ${count(organizations, "organization")} will ` +
          "see it, and your own office.",
    hidden:
      "These are the hosts and the offices that were invited; only the hosts see them by name.",
    everyName: "See every name",
    names: "Everyone who will see it",
    counting: "Counting who will see it …",
  },
};
