/*
 * Whether something that the page shows belongs to an exercise: then the whole page says so. What
 * the API answers says it of itself, so that no page has to ask.
 */
import { useLayoutEffect, useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let shown = 0;

function change(by: number) {
  shown += by;
  listeners.forEach((listener) => listener());
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

export function useIsExercise(): boolean {
  return useSyncExternalStore(listen, () => shown > 0);
}

/* While the caller is on the page. */
export function useExercise(isExercise: boolean) {
  useLayoutEffect(() => {
    if (!isExercise) return undefined;
    change(1);
    return () => change(-1);
  }, [isExercise]);
}

export function saysExercise(answer: unknown): boolean {
  return (
    typeof answer === "object" &&
    answer !== null &&
    "is_exercise" in answer &&
    answer.is_exercise === true
  );
}
