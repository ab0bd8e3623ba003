/*
 * A list that comes in pages: the first when it is shown, the next ones when they are asked for.
 */
import { useState } from "react";
import { addressOf, request, type Asked } from "./client";
import type { Path, Reply } from "./types";
import { useResource, type Resource } from "./use-resource";

interface Page<I> {
  items: I[];
  next?: string;
}

type PagedPath = {
  [P in Path<"get">]: Reply<P, "get"> extends Page<unknown> ? P : never;
}[Path<"get">];

type Item<P extends PagedPath> = Reply<P, "get"> extends Page<infer I> ? I : never;

export interface Pages<P extends PagedPath> {
  first: Resource<Reply<P, "get">>;
  items: Item<P>[];
  /* Absent at the end of the list. */
  more: (() => Promise<void>) | undefined;
}

export function usePages<P extends PagedPath>(
  path: P,
  asked: Pick<Asked<never>, "params" | "query"> = {},
): Pages<P> {
  const first = useResource(path, asked);
  const address = addressOf(path, asked);
  const [kept, setKept] = useState<{ address: string; page: Page<Item<P>> }>();
  const later = kept?.address === address ? kept.page : undefined; // of another question: forgotten
  const start = first.data as Page<Item<P>> | undefined;
  const next = later ? later.next : start?.next;
  const more = async () => {
    const { data } = await request("get", path, {
      ...asked,
      query: { ...asked.query, cursor: next },
    });
    const page = data as Page<Item<P>>;
    const items = [...(later?.items ?? []), ...page.items];
    setKept({ address, page: { items, next: page.next } });
  };
  return {
    first,
    items: [...(start?.items ?? []), ...(later?.items ?? [])],
    more: next ? more : undefined,
  };
}
