/*
 * The focus is never lost: where what had it is taken off the page, it goes to the heading of the
 * part in which it stood. Whatever means to take it, such as what a button has opened, goes first.
 */
import { useEffect } from "react";

const OTHERS_FIRST_MS = 50;
const PARTS = "section, form, main";

export function useKeptFocus(): void {
  useEffect(() => {
    let path: Element[] = []; // what has the focus, and all in which it stands
    let timer: ReturnType<typeof setTimeout> | undefined;
    const keep = () => {
      if (isLost()) headingOf(path)?.focus(); // none yet: a page on its way, looked at again
    };
    const take = ({ target }: FocusEvent) => {
      path = target instanceof Element ? withParents(target) : [];
    };
    const leave = () => {
      setTimeout(() => {
        if (isLost() && path[0]?.isConnected) path = []; // the reader has pressed beside it
      });
    };
    const look = new MutationObserver(() => {
      if (!path[0] || path[0].isConnected) return;
      clearTimeout(timer);
      timer = setTimeout(keep, OTHERS_FIRST_MS);
    });
    look.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("focusin", take);
    document.addEventListener("focusout", leave);
    return () => {
      look.disconnect();
      clearTimeout(timer);
      document.removeEventListener("focusin", take);
      document.removeEventListener("focusout", leave);
    };
  }, []);
}

function isLost(): boolean {
  return document.activeElement === document.body || !document.activeElement;
}

function withParents(element: Element): Element[] {
  const path: Element[] = [];
  for (let one: Element | null = element; one; one = one.parentElement) path.push(one);
  return path;
}

/* Of the innermost part that is still there. */
function headingOf(path: readonly Element[]): HTMLElement | undefined {
  for (const part of path) {
    const heading = part.isConnected && part.matches(PARTS) && part.querySelector("h1, h2, h3");
    if (!(heading instanceof HTMLElement)) continue;
    heading.tabIndex = -1;
    return heading;
  }
  return undefined;
}
