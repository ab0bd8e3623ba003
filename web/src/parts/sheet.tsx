/*
 * A page about something labelled: on screen as it is, on paper with the label at the head and the
 * foot of each sheet. A printer repeats head and foot of a table: it is a table of one cell.
 */
import type { ReactNode } from "react";
import type { Label } from "../api/types";
import { useZone } from "../shell/session";
import { dayAndTime } from "../time/time";
import { words } from "../words";
import { Chip } from "./chip";
import { ExercisePrinted } from "./exercise-strip";

export function Sheet({ label, children }: { label: Label; children: ReactNode }) {
  const chip = (
    <>
      <ExercisePrinted /> <Chip label={label} />
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
          <td>{children}</td>
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
