/*
 * A page about something labelled: on screen as it is, on paper with the label at the head and the
 * foot of each sheet: the strictest of what stands on it. A printer repeats head and foot of a
 * table: it is a table of one cell.
 */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useId,
  useState,
  type ReactNode,
} from "react";
import type { Label } from "../api/types";
import { useZone } from "../shell/session";
import { dayAndTime } from "../time/time";
import { words } from "../words";
import { Chip, strictest } from "./chip";
import { ExercisePrinted } from "./exercise-strip";

type Told = Record<string, Label | undefined>;
const OnSheet = createContext<(part: string, label: Label | undefined) => void>(() => undefined);

/* A part of a page shows things under labels of their own. */
export function useOnSheet(labels: readonly Label[]): void {
  const tell = useContext(OnSheet);
  const part = useId();
  const label = strictest(labels);
  useEffect(() => {
    tell(part, label);
    return () => tell(part, undefined);
  }, [tell, part, label]);
}

export function Sheet({ label, children }: { label: Label; children: ReactNode }) {
  const [told, setTold] = useState<Told>({});
  const tell = useCallback(
    (part: string, own: Label | undefined) => setTold((now) => ({ ...now, [part]: own })),
    [],
  );
  const chip = (
    <>
      <ExercisePrinted /> <Chip label={strictest([label, ...Object.values(told)]) ?? label} />
    </>
  );
  const printed = words.printed(dayAndTime(new Date(), useZone()));
  return (
    <table className="sheet" role="presentation">
      <thead>
        <tr>
          <td>{chip}</td>
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
            {chip} {printed}
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
