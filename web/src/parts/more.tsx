/*
 * The button under a list that comes in pages. The first row that it brings takes the focus, so
 * that whoever listens, or has no mouse, goes on where the list does.
 */
import { useEffect, useRef } from "react";
import { useAct } from "../api/use-act";
import { words } from "../words";
import { Act } from "./act";
import { Failed } from "./states";

/* Right below the list, in the same element; absent at the end of the list. */
export function More({ of: more }: { of: (() => Promise<void>) | undefined }) {
  const place = useRef<HTMLDivElement>(null);
  const before = useRef<ReadonlySet<Element>>(undefined);
  const act = useAct(async () => {
    before.current = new Set(rowsAround(place.current));
    await more?.();
  });
  useEffect(() => {
    const first = before.current && newRow(place.current, before.current);
    if (!first) return;
    before.current = undefined;
    first.tabIndex = -1;
    first.focus();
  });
  return (
    <div ref={place}>
      {act.problem && <Failed problem={act.problem} what={words.lists.notMore} />}
      {more && (
        <Act unstyled isBusy={act.isBusy} onAct={act.run}>
          {words.lists.more}
        </Act>
      )}
    </div>
  );
}

function rowsAround(place: Element | null): HTMLElement[] {
  return [...(place?.parentElement?.querySelectorAll<HTMLElement>("li, tbody > tr") ?? [])];
}

function newRow(place: Element | null, before: ReadonlySet<Element>): HTMLElement | undefined {
  return rowsAround(place).find((row) => !before.has(row));
}
