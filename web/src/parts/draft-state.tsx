/*
 * Whether what was typed is kept, and the way to begin anew.
 */
import type { KeptDraft } from "../api/use-draft";
import { useZone } from "../shell/session";
import { clockTime } from "../time/time";
import { words } from "../words";
import { Act } from "./act";

export function DraftState<D>({ kept: { keptAt, problem, drop } }: { kept: KeptDraft<D> }) {
  const zone = useZone();
  if (problem) return <span className="second">{words.forms.draftNotKept}</span>;
  if (!keptAt) return null;
  return (
    <span className="second">
      {words.forms.draftKept(clockTime(keptAt, zone))}.{" "}
      <Act unstyled onAct={drop}>
        {words.forms.draftDropped}
      </Act>
    </span>
  );
}
