/*
 * The label of something on the page, which is then also the page's on paper. A label that is only
 * spoken of, or is to be chosen, is a ChipShape.
 */
import type { Label } from "../api/types";
import { words } from "../words";
import { ChipShape } from "./labels";
import { useOnSheet } from "./sheet";

export { LABELS, strictest } from "./labels";

export function Chip({ label }: { label: Label }) {
  useOnSheet([label]);
  return <ChipShape label={label} />;
}

/* The plain words of how far it may go. */
export function reachOf(label: Label): string {
  return words.reach[label];
}
