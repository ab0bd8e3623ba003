/*
 * A form whose draft the exchange must not keep, since one may fill it in without one's name (B18):
 * it is held by this page alone, for who typed it and from one address to the next, and whoever
 * closes the window is warned.
 */
import { useEffect, useState } from "react";
import { useReader } from "../shell/session";

const held = new Map<string, object>();

export interface Held<D> {
  draft: D;
  change: (changes: Partial<D>) => void;
  drop: () => void;
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

export function useHeld<D extends object>(form: string, fresh: D): Held<D> {
  const { person, acting_for } = useReader();
  const key = [person.id, acting_for.organization.id, form].join(" ");
  const [draft, setDraft] = useState({ ...fresh, ...held.get(key) });
  const isHeld = held.has(key);
  useEffect(() => {
    if (!isHeld) return;
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isHeld]);
  return {
    draft,
    change: (changes) => {
      const next = { ...draft, ...changes };
      if (JSON.stringify(next) === JSON.stringify(fresh)) held.delete(key);
      else held.set(key, next);
      setDraft(next);
    },
    drop: () => {
      held.delete(key);
      setDraft(fresh);
    },
  };
}
