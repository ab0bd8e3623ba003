/*
 * How far something may go: the five labels, each beside its plain words.
 */
import { Fieldset, Radio } from "@trussworks/react-uswds";
import { useId } from "react";
import type { Label } from "../api/types";
import { reachOf } from "./chip";
import { ChipShape, LABELS } from "./labels";

interface LabelChoiceProps {
  legend: string;
  value: Label;
  onLabel: (label: Label) => void;
  /* Those one may choose; all of them unless said. */
  labels?: readonly Label[];
}

export function LabelChoice({ legend, value, onLabel, labels = LABELS }: LabelChoiceProps) {
  const id = useId();
  return (
    <Fieldset legend={legend} className="label-choice">
      {labels.map((label) => (
        <Radio
          key={label}
          id={`${id}${label}`}
          name={id}
          value={label}
          checked={label === value}
          onChange={() => onLabel(label)}
          label={
            <span className="label-choice-line">
              <span>
                <ChipShape label={label} />
              </span>
              <span>{reachOf(label)}</span>
            </span>
          }
        />
      ))}
    </Fieldset>
  );
}
