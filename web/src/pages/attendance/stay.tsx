/*
 * From when until when somebody was there: the whole call, unless a host says otherwise.
 */
import type { When } from "../../api/types";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { useOpening } from "../../parts/opening";
import { instantsOf } from "../../parts/times";
import { useZone } from "../../shell/session";
import { clockOfField, clockTime, nearestAt } from "../../time/time";
import { words } from "../../words";

const text = words.stay;

interface Span {
  joined?: string;
  left?: string;
}

interface StayProps extends Span {
  of: string;
  when: When;
  onStay: (span: Span) => void;
}

export function Stay({ of: name, when, joined, left, onStay }: StayProps) {
  const zone = useZone();
  const fields = useOpening();
  const call = instantsOf(when);
  if (!call) return null;
  const said = (instant?: string) => instant && clockTime(new Date(instant), zone);
  const typed = (near: Date, clock: string) =>
    clock ? nearestAt(near, zone, clock).toISOString() : undefined;
  const shown = (instant?: string) => (instant ? clockOfField(new Date(instant), zone) : "");
  const isBackwards = joined !== undefined && left !== undefined && left < joined;
  if (!fields.isOpen)
    return (
      <p className="stay second">
        {text.span(said(joined), said(left))}{" "}
        <Act unstyled of={name} takesFocus={fields.takesFocus} onAct={fields.open}>
          {text.change}
        </Act>
      </p>
    );
  return (
    <fieldset className="stay fields-in-a-row">
      <legend className="read-only-aloud">{text.of(name)}</legend>
      <TextField
        label={text.joined}
        type="time"
        value={shown(joined)}
        onText={(clock) => onStay({ joined: typed(call.from, clock), left })}
      />
      <TextField
        label={text.left}
        type="time"
        value={shown(left)}
        onText={(clock) => onStay({ joined, left: typed(call.to, clock) })}
        error={isBackwards ? text.backwards : undefined}
      />
      <Act unstyled of={name} onAct={fields.close}>
        {text.done}
      </Act>
    </fieldset>
  );
}
