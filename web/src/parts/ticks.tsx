/*
 * A question to which several answers may be ticked, or none.
 */
import { Checkbox, ErrorMessage, Fieldset } from "@trussworks/react-uswds";
import { useId } from "react";
import { described, type Choice } from "./field";

interface TicksProps<V extends string> {
  legend: string;
  hint?: string;
  error?: string;
  choices: readonly Choice<V>[];
  ticked: readonly V[];
  onTick: (ticked: V[]) => void;
  className?: string;
}

export function Ticks<V extends string>({
  legend,
  hint,
  error,
  choices,
  ticked,
  onTick,
  className = "",
}: TicksProps<V>) {
  const id = useId();
  /* In the order in which they stand. */
  const turn = (value: V, isIn: boolean) =>
    onTick(
      choices
        .map((choice) => choice.value)
        .filter((one) => (one === value ? isIn : ticked.includes(one))),
    );
  return (
    <Fieldset
      legend={legend}
      className={`ticks ${className}`}
      aria-describedby={described(id, { hint, error })["aria-describedby"]}
    >
      {hint && (
        <div id={`${id}-hint`} className="usa-hint">
          {hint}
        </div>
      )}
      {error && <ErrorMessage id={`${id}-error`}>{error}</ErrorMessage>}
      <div className="ticks-choices">
        {choices.map(({ value, name }) => (
          <Checkbox
            key={value}
            id={`${id}${value}`}
            name={id}
            label={name}
            checked={ticked.includes(value)}
            onChange={(event) => turn(value, event.target.checked)}
          />
        ))}
      </div>
    </Fieldset>
  );
}
