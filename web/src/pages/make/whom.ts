/*
 * Whom a briefing is for, while it is being said: the rule of the API with the names of what it
 * holds, so that each thing can be read and taken out again.
 */
import type { AudienceNames, AudienceRule, Briefing, Duty, Sector } from "../../api/types";
import type { Found } from "../../parts/chooser";
import { placeFound } from "../../parts/find-whom";
import { words } from "../../words";

const text = words.whom;

export interface Whom {
  sectors: Sector[];
  places: Found[];
  associations: Found[];
  organizations: Found[];
  people: Found[];
  duties: Duty[];
}

export const NOBODY: Whom = {
  sectors: [],
  places: [],
  associations: [],
  organizations: [],
  people: [],
  duties: [],
};

/* What is gone since it was chosen keeps its line, by its id. */
function named(ids: readonly string[] = [], known: readonly Found[] = []): Found[] {
  return ids.map((id) => known.find((one) => one.id === id) ?? { id, name: id });
}

function plain({ id = "", name, organization }: AudienceNames["people"][number]): Found {
  return { id, name, more: organization };
}

export function whomOf({ audience = {}, audience_names: names }: Briefing): Whom {
  return {
    sectors: audience.sectors ?? [],
    places: named(audience.jurisdictions, names?.places.map(placeFound)),
    associations: named(audience.associations, names?.associations.map(plain)),
    organizations: named(audience.organizations, names?.organizations.map(plain)),
    people: named(audience.people, names?.people.map(plain)),
    duties: audience.duties ?? [],
  };
}

function some<T>(list: readonly T[]): T[] | undefined {
  return list.length ? [...list] : undefined;
}

export function ruleOf(whom: Whom): AudienceRule {
  const ids = (list: readonly Found[]) => some(list.map(({ id }) => id));
  return {
    sectors: some(whom.sectors),
    jurisdictions: ids(whom.places),
    associations: ids(whom.associations),
    organizations: ids(whom.organizations),
    people: ids(whom.people),
    duties: some(whom.duties),
  };
}

/* Whether it holds more than kinds of organizations. */
export function isNarrowed(whom: Whom): boolean {
  const { places, associations, organizations, people, duties } = whom;
  return [places, associations, organizations, people, duties].some((list) => list.length > 0);
}

/* Duties alone find nobody. */
export function findsNobody(whom: Whom): boolean {
  return whom.sectors.length === 0 && !isNarrowed({ ...whom, duties: [] });
}

function namesOf(list: readonly Found[]): string[] {
  return list.map(({ name }) => name);
}

/* What all of it together means, in one sentence. */
export function inWords(whom: Whom): string {
  return text.says({
    sectors: whom.sectors,
    places: namesOf(whom.places),
    associations: namesOf(whom.associations),
    organizations: namesOf(whom.organizations),
    people: namesOf(whom.people),
    duties: whom.duties,
  });
}
