/*
 * Pages that come after the first, a file of them at a time. One that was fetched ahead is shown at
 * once: React holds what it has to wait for back for 300 ms, however soon it is there.
 */
import { createElement, lazy, useState, type ComponentType } from "react";
import type { PageProps } from "./pages";

type NameOfPage<M> = {
  [N in keyof M]: M[N] extends ComponentType<PageProps> ? N : never;
}[keyof M];

export interface Chunk<M> {
  page: (name: NameOfPage<M>) => ComponentType<PageProps>;
  fetch: () => Promise<M>;
}

export function chunkOf<M>(load: () => Promise<M>): Chunk<M> {
  let here: M | undefined;
  const fetch = async () => {
    const chunk = await load();
    here = chunk;
    return chunk;
  };
  const page = (name: NameOfPage<M>) => {
    const of = (chunk: M) => chunk[name] as ComponentType<PageProps>;
    const Later = lazy(async () => ({ default: of(await fetch()) }));
    return function PageOfChunk(props: PageProps) {
      const [shown] = useState(() => (here ? of(here) : Later)); // while it is shown it stays
      return createElement(shown, props);
    };
  };
  return { page, fetch };
}

const AFTER_MS = 1000; // what the page asks for itself comes first

/* Once the page is there, and never for who saves data. */
export function fetchAhead(chunks: readonly Pick<Chunk<unknown>, "fetch">[]): () => void {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  const begin = async () => {
    try {
      for (const { fetch } of chunks) await fetch();
    } catch {
      // whoever goes there fetches it then, and is told if that fails
    }
  };
  const timer = connection?.saveData ? undefined : setTimeout(() => void begin(), AFTER_MS);
  return () => clearTimeout(timer);
}
