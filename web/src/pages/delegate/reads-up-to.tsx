/*
 * To somebody whom nobody has called yet: how far they read, and what happens next.
 */
import type { Label } from "../../api/types";
import { ChipShape } from "../../parts/labels";
import { words } from "../../words";

const text = words.newcomer;

export function ReadsUpTo({ label }: { label: Label | undefined }) {
  if (!label) return null;
  return (
    <p className="reads-up-to">
      {text.upTo} <ChipShape label={label} /> {text.called}
    </p>
  );
}
