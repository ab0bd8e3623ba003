/*
 * A label of the Traffic Light Protocol: "TLP:" and the word, in its colour on black. And the plain
 * words of how far it may go.
 */
import type { Label } from "../api/types";
import { words } from "../words";

export const LABELS: readonly Label[] = ["clear", "green", "amber", "amber+strict", "red"];

/* None of none. */
export function strictest(labels: readonly (Label | undefined)[]): Label | undefined {
  return [...LABELS].reverse().find((label) => labels.includes(label));
}

export function Chip({ label }: { label: Label }) {
  return (
    <span className={`chip chip-${label.replace("+", "-")}`} dir="ltr">
      TLP:{label.toUpperCase()}
    </span>
  );
}

export function reachOf(label: Label): string {
  return words.reach[label];
}
