/*
 * What came of a press of a button is seen, wherever the button stands: the focus goes to the first
 * field that is at fault, and what was refused otherwise is scrolled to. Who goes on meanwhile is
 * left alone.
 */
import { useEffect } from "react";

const FAULT = ".usa-error-message";
const REFUSED = '[role="alert"]';
const FIELD = "input, select, textarea";
const PATIENCE_MS = 30_000; // what comes later came of something else

interface Press {
  /* The form that was sent, else the page. */
  within: Element;
  isSent: boolean;
  /* What stood there already. */
  before: ReadonlySet<Element>;
  at: number;
}

export function useSeenFaults(): void {
  useEffect(() => {
    let press: Press | undefined;
    const show = () => {
      if (!press) return;
      if (performance.now() - press.at > PATIENCE_MS || showNew(press)) press = undefined;
    };
    const begin = ({ target, type }: Event) => {
      const page = document.getElementById("main");
      if (!page || !(target instanceof Element) || !page.contains(target)) return;
      const isSent = type === "submit";
      if (!isSent && !target.closest('button[type="button"]')) return;
      const before = new Set(signsIn(page));
      press = { within: isSent ? target : page, isSent, before, at: performance.now() };
      setTimeout(show); // what the page finds itself may be where it was before
    };
    const goOn = () => {
      press = undefined;
    };
    const look = new MutationObserver(show);
    look.observe(document.body, { childList: true, subtree: true });
    document.addEventListener("submit", begin);
    document.addEventListener("click", begin);
    document.addEventListener("pointerdown", goOn, true);
    document.addEventListener("keydown", goOn, true);
    return () => {
      look.disconnect();
      document.removeEventListener("submit", begin);
      document.removeEventListener("click", begin);
      document.removeEventListener("pointerdown", goOn, true);
      document.removeEventListener("keydown", goOn, true);
    };
  }, []);
}

function signsIn(page: Element): Element[] {
  return [...page.querySelectorAll(`${FAULT}, ${REFUSED}`)];
}

function isShown(element: Element): boolean {
  return element.getClientRects().length > 0;
}

/* Whether there was something to show. */
function showNew({ within, isSent, before }: Press): boolean {
  const isNew = (sign: Element) => !before.has(sign) && isShown(sign);
  const faults = [...within.querySelectorAll(FAULT)].filter(
    (fault) => isNew(fault) || (isSent && isShown(fault)),
  );
  const field = faults[0]?.parentElement?.querySelector<HTMLElement>(FIELD);
  if (field) {
    field.focus({ preventScroll: true });
    bringIntoSight(faults[0]!);
    return true;
  }
  const refused = [...document.querySelectorAll(`#main ${REFUSED}`)].find(isNew);
  if (refused) bringIntoSight(refused);
  return refused !== undefined;
}

function bringIntoSight(element: Element): void {
  const { top, bottom } = element.getBoundingClientRect();
  if (top < 0 || bottom > window.innerHeight) element.scrollIntoView({ block: "center" });
}
