/*
 * Whether the page is on its way to paper: what waits on the screen behind a button has to be there
 * before it is laid out, which is why it is not left to the next time that React has time.
 */
import { useEffect, useState } from "react";
import { flushSync } from "react-dom";

export function usePrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const paper = window.matchMedia("print");
    const tell = (is: boolean) => flushSync(() => setPrinting(is));
    const begin = () => tell(true);
    const end = () => tell(false);
    const follow = () => tell(paper.matches); // browsers that have no event for it, and previews
    window.addEventListener("beforeprint", begin);
    window.addEventListener("afterprint", end);
    paper.addEventListener("change", follow);
    return () => {
      window.removeEventListener("beforeprint", begin);
      window.removeEventListener("afterprint", end);
      paper.removeEventListener("change", follow);
    };
  }, []);
  return isPrinting;
}
