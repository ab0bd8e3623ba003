/*
 * What every page is on paper: its label at the head and the foot of each sheet, the strictest of
 * what stands on it. A printer repeats head and foot of a table, round the tables within it too: it
 * is a table of one cell. On screen it is not there.
 */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useRef,
  useState,
  type ReactNode,
} from "react";
import type { Label } from "../api/types";
import { useFrameWords, useLanguage } from "../shell/language";
import { useZone } from "../shell/session";
import { dayAndTime, spanishDayAndTime } from "../time/time";
import { ExercisePrinted } from "./exercise-strip";
import { ChipShape, LABELS, strictest } from "./labels";

type Tell = (label: Label, by: 1 | -1) => void;
const OnSheet = createContext<Tell>(() => undefined);

/* While the caller is on the page, something under that label stands there. */
export function useOnSheet(labels: readonly (Label | undefined)[]): void {
  const tell = useContext(OnSheet);
  const label = strictest(labels);
  useEffect(() => {
    if (!label) return undefined;
    tell(label, 1);
    return () => tell(label, -1);
  }, [tell, label]);
}

/* What stands within comes under that label, whatever of it shows one. */
export function Labelled({ label, children }: { label: Label; children: ReactNode }) {
  useOnSheet([label]);
  return children;
}

function none(): Record<Label, number> {
  return Object.fromEntries(LABELS.map((label) => [label, 0])) as Record<Label, number>;
}

export function Sheet({ children }: { children: ReactNode }) {
  const counts = useRef(none());
  const [label, setLabel] = useState<Label>();
  const tell = useCallback<Tell>((told, by) => {
    counts.current[told] += by;
    setLabel(strictest(LABELS.filter((one) => counts.current[one] > 0)));
  }, []);
  const { printed, noLabel } = useFrameWords();
  const inWords = useLanguage() === "es" ? spanishDayAndTime : dayAndTime;
  const when = inWords(new Date(), useZone());
  const mark = (
    <>
      <ExercisePrinted /> {label ? <ChipShape label={label} /> : <b>{noLabel}</b>}
    </>
  );
  return (
    <table className="sheet" role="presentation">
      <thead>
        <tr>
          <td>{mark}</td>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>
            <OnSheet value={tell}>{children}</OnSheet>
          </td>
        </tr>
      </tbody>
      <tfoot>
        <tr>
          <td>
            {mark} {printed(when)}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
