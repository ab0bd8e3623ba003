/*
 * Something that a page shows from the API: asked for when the page appears, and again when it is
 * told to or every so often, then by its ETag. What was there stays while the next answer is on its
 * way.
 */
import { useCallback, useEffect, useRef, useState } from "react";
import { seeAhead, takeAhead } from "./ahead";
import { addressOf, request, requestNewer, type Asked } from "./client";
import { sessionAgain } from "./ending";
import { saysExercise, useExercise } from "./exercise";
import { asProblem, type Problem } from "./problem";
import type { Path, Reply } from "./types";

export interface Resource<T> {
  data: T | undefined;
  etag: string | undefined;
  problem: Problem | undefined;
  reload: () => Promise<void>;
  /* Puts an answer in place that a change has brought back. */
  replace: (data: T, etag?: string) => void;
}

interface State<T> {
  address: string;
  data?: T;
  etag?: string;
  problem?: Problem;
}

export function useResource<P extends Path<"get">>(
  path: P,
  asked: Pick<Asked<never>, "params" | "query"> = {},
  pollSeconds?: number,
): Resource<Reply<P, "get">> {
  type T = Reply<P, "get">;
  const address = addressOf(path, asked);
  const [state, setState] = useState<State<T>>(() => ({
    address,
    data: seeAhead(address) as T | undefined,
  }));
  const [isStopped, stop] = useState(false);
  const shown = useRef(state);
  shown.current = state;

  const load = useCallback(
    async (how: Pick<Asked<never>, "signal" | "isBackground"> = {}) => {
      const { signal } = how;
      try {
        const { etag } = shown.current;
        const isKnown = how.isBackground && etag && shown.current.address === address;
        const next = isKnown
          ? await requestNewer(path, { ...asked, ...how }, etag)
          : await request("get", path, { ...asked, ...how });
        if (!signal?.aborted)
          setState((old) => (next ? { address, ...next } : { ...old, problem: undefined }));
      } catch (caught) {
        if (signal?.aborted) return;
        const problem = asProblem(caught);
        stop(problem.status === 401 || problem.status === 404);
        setState((old) => (old.address === address ? { ...old, problem } : { address, problem }));
      }
    },
    [address], // path and what is asked are the address
  );

  useEffect(() => {
    if (takeAhead(address)) return undefined;
    const leaving = new AbortController();
    void load({ signal: leaving.signal });
    return () => leaving.abort();
  }, [load, address]);

  const startOver = useCallback(() => {
    stop(false);
    void load();
  }, [load]);
  useEffect(() => sessionAgain.on(startOver), [startOver]);

  useEffect(() => {
    if (!pollSeconds || isStopped) return undefined;
    const timer = setInterval(() => {
      if (!document.hidden) void load({ isBackground: true });
    }, pollSeconds * 1000);
    return () => clearInterval(timer);
  }, [load, pollSeconds, isStopped]);

  const isCurrent = state.address === address;
  const data = isCurrent ? state.data : undefined;
  useExercise(saysExercise(data));
  return {
    data,
    etag: isCurrent ? state.etag : undefined,
    problem: isCurrent ? state.problem : undefined,
    reload: useCallback(() => load(), [load]),
    replace: useCallback(
      (next: T, tag?: string) => setState({ address, data: next, etag: tag }),
      [address],
    ),
  };
}
