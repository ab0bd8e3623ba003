/*
 * One act of the reader's: whether it is under way, and what went wrong. While it is under way it
 * is not begun a second time, and each try at it carries the same key.
 */
import { useCallback, useRef, useState } from "react";
import { asProblem, type Problem } from "./problem";

export interface Act<A extends unknown[]> {
  run: (...given: A) => Promise<void>;
  isBusy: boolean;
  problem: Problem | undefined;
  forget: () => void;
}

export function useAct<A extends unknown[]>(
  perform: (idempotencyKey: string, ...given: A) => Promise<void>,
): Act<A> {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const isRunning = useRef(false);
  const key = useRef<string>(undefined);

  const run = async (...given: A) => {
    if (isRunning.current) return;
    isRunning.current = true;
    setBusy(true);
    setProblem(undefined);
    key.current ??= crypto.randomUUID();
    try {
      await perform(key.current, ...given);
      key.current = undefined;
    } catch (caught) {
      const failure = asProblem(caught);
      if (!failure.isOffline) key.current = undefined; // it arrived, and was refused
      setProblem(failure);
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  };
  return { run, isBusy, problem, forget: useCallback(() => setProblem(undefined), []) };
}
