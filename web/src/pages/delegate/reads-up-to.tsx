/*
 * To somebody whom nobody has called yet: how far they read, and what happens next.
 */
import type { Label } from "../../api/types";
import { Chip } from "../../parts/chip";
import { words } from "../../words";

const text = words.newcomer;

export function ReadsUpTo({ label }: { label: Label | undefined }) {
  if (!label) return null;
  return (
    <p className="reads-up-to">
      {text.upTo} <Chip label={label} /> {text.called}
    </p>
  );
}
