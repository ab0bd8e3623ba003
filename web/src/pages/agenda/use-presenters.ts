/*
 * Who may be named as a presenter so that the exchange knows them: duty officers, the reader, and
 * whoever a page adds.
 */
import type { PersonName } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { useReader } from "../../shell/session";
import type { Presenter } from "./item";

const OFFICERS_MAX = 500;

function named(id: string, name: string, organization: string): Presenter {
  return { id, name: `${name}, ${organization}` };
}

export function usePresenters(colleagues: readonly PersonName[] = []): Presenter[] {
  const { person, acting_for } = useReader();
  const own = acting_for.organization.name;
  const officers = useResource("/directory", { query: { limit: OFFICERS_MAX } }).data?.items ?? [];
  const all = [
    named(person.id, person.name, own),
    ...colleagues.map(({ id = "", name }) => named(id, name, own)),
    ...officers.map((one) => named(one.person ?? "", one.name, one.organization.name)),
  ];
  return [...new Map(all.map((one) => [one.id, one])).values()];
}
