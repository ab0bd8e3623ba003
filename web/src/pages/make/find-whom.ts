/*
 * What the choosers of an audience look for beside places: members of the exchange, and those who
 * answer for them in the directory. The exchange offers what the reader may see.
 */
import { request } from "../../api/client";
import type { Officer, Organization } from "../../api/types";
import type { Find, Found } from "../../parts/chooser";
import { words } from "../../words";

const LIMIT = 20;

function asked(typed: string) {
  return { q: typed || undefined, limit: LIMIT };
}

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
