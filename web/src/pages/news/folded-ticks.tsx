/*
 * A question to which several answers may be ticked, folded to what is ticked: a list of choices
 * that would push what is looked for off the page.
 */
import { useState } from "react";
import type { Choice } from "../../parts/field";
import { Ticks } from "../../parts/ticks";

interface FoldedTicksProps {
  legend: string;
  /* What is said where nothing is ticked. */
  none: string;
  choices: readonly Choice<string>[];
  ticked: readonly string[];
  onTick: (ticked: string[]) => void;
  error?: string;
}

export function FoldedTicks({ legend, none, error, choices, ticked, onTick }: FoldedTicksProps) {
  const [isOpen, setOpen] = useState(false);
  const names = choices.filter(({ value }) => ticked.includes(value)).map(({ name }) => name);
  return (
    <details
      className="folded-ticks"
      open={isOpen || error !== undefined}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <b>{legend}</b> <span>{names.join(", ") || none}</span>
      </summary>
      <Ticks legend={legend} error={error} choices={choices} ticked={ticked} onTick={onTick} />
    </details>
  );
}
