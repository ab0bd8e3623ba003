/*
 * What the steward's choosers look for: people, also those who have no duty, programs' tokens, and
 * anything that the reader may read. Whoever has an address or an id may give that instead.
 */
import { request } from "../../api/client";
import type { Token } from "../../api/types";
import type { Find, Found } from "../../parts/chooser";
import { findOfficers } from "../../parts/find-whom";
import { steward } from "../../words/steward";

const OFFERED_MAX = 20;
const PAGE_MAX = 500;
const EMAIL = /^\S+@\S+\.\S+$/;
const ID = /^[a-z0-9-]+--[0-9a-f-]{36}$/;

/* The directory knows who has a duty; anybody else of the exchange is meant by their address. */
export const findPeople: Find = async (typed, signal) => {
  const officers = await findOfficers(typed, signal);
  if (!EMAIL.test(typed)) return officers;
  return [...officers, { id: typed, name: typed, more: steward.audiences.byEmail }];
};

async function liveTokens(signal: AbortSignal): Promise<Token[]> {
  const all: Token[] = [];
  let cursor: string | undefined;
  do {
    const { data } = await request("get", "/tokens", {
      query: { cursor, limit: PAGE_MAX },
      signal,
    });
    all.push(...data.items.filter(({ is_revoked }) => !is_revoked));
    cursor = data.next;
  } while (cursor);
  return all;
}

export const findTokens: Find = async (typed, signal) => {
  const sought = typed.toLowerCase();
  const says = ({ id, name, organization, person = "" }: Token) =>
    id === sought || `${name} ${organization} ${person}`.toLowerCase().includes(sought);
  const found = (await liveTokens(signal)).filter(says).slice(0, OFFERED_MAX);
  return found.map(({ id, name, organization, person }) => ({
    id,
    name,
    more: person ? `${person}, ${organization}` : organization,
  }));
};

/* By words of its title or of what it says; by its id what the reader may not read, too. */
export const findThings: Find = async (typed, signal) => {
  if (!typed) return [];
  if (ID.test(typed)) return [{ id: typed, name: typed, more: steward.holds.byId }];
  const { data } = await request("get", "/search", {
    query: { q: typed, limit: OFFERED_MAX },
    signal,
  });
  return data.items.map((hit): Found => {
    const kind = steward.search.kind(hit);
    const from = hit.source && steward.search.from(hit.source);
    return { id: hit.id, name: hit.title, more: [kind, from].filter(Boolean).join(", ") };
  });
};
