/*
 * The labels of the Traffic Light Protocol, from the widest to the strictest, and how one looks:
 * "TLP:" and the word, in its colour on black.
 */
import type { Label } from "../api/types";

export const LABELS: readonly Label[] = ["clear", "green", "amber", "amber+strict", "red"];

/* None of none. */
export function strictest(labels: readonly (Label | undefined)[]): Label | undefined {
  return [...LABELS].reverse().find((label) => labels.includes(label));
}

export function ChipShape({ label }: { label: Label }) {
  return (
    <span className={`chip chip-${label.replace("+", "-")}`} dir="ltr">
      TLP:{label.toUpperCase()}
    </span>
  );
}
