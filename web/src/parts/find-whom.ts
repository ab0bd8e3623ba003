/*
 * What choosers look for: places, members of the exchange, and those who answer for them in the
 * directory; and how a place is called. The exchange offers what the reader may see.
 */
import { request } from "../api/client";
import type { Officer, Organization, Place } from "../api/types";
import { words } from "../words";
import type { Find, Found } from "./chooser";

const LIMIT = 20;

function asked(typed: string) {
  return { q: typed || undefined, limit: LIMIT };
}

export function placeFound({ code, state, within }: Place): Found {
  if (!within) return { id: code, name: state ?? code };
  return { id: code, name: within === code ? code : words.whom.area(within), more: state };
}

/* In one line: "the area of Alder County Clerk (Nebraska)". */
export function placeName(place: Place): string {
  const { name, more } = placeFound(place);
  return more ? `${name} (${more})` : name;
}

export const findPlaces: Find = async (typed, signal) => {
  const { data } = await request("get", "/places", { query: asked(typed), signal });
  return data.items.map(placeFound);
};

function member({ id, name, sector }: Organization): Found {
  return { id, name, more: words.sectors[sector] };
}

export const findMembers: Find = async (typed, signal) => {
  const { data } = await request("get", "/organizations", { query: asked(typed), signal });
  return data.items.map(member);
};

/* Those that others are members or parts of. */
export const findParents: Find = async (typed, signal) => {
  const query = { ...asked(typed), has_members: "true" };
  const { data } = await request("get", "/organizations", { query, signal });
  return data.items.map(member);
};

function officer({ person = "", name, organization }: Officer): Found {
  return { id: person, name, more: organization.name };
}

/* Whoever has two duties is there once. */
export const findOfficers: Find = async (typed, signal) => {
  const { data } = await request("get", "/directory", { query: asked(typed), signal });
  const found = data.items.map(officer).filter(({ id }) => id);
  return [...new Map(found.map((one) => [one.id, one])).values()];
};
