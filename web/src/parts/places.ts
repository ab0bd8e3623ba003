/*
 * Places by name: what the exchange offers while one types, and how a place is called.
 */
import { request } from "../api/client";
import type { Place } from "../api/types";
import { words } from "../words";
import type { Find, Found } from "./chooser";

const LIMIT = 20;

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
  const query = { q: typed || undefined, limit: LIMIT };
  const { data } = await request("get", "/places", { query, signal });
  return data.items.map(placeFound);
};
