/*
 * When: day, time and zone of the hosts' wall clock, and how long.
 */
import { SelectField, TextField, type Choice } from "../../parts/field";
import { words } from "../../words";
import type { QuestionProps } from "./make";

const text = words.make;

/* The zones of the states and territories, from east to west. */
const ZONES: readonly string[] = [
  "America/Puerto_Rico",
  "America/New_York",
  "America/Chicago",
  "America/Denver",
  "America/Phoenix",
  "America/Los_Angeles",
  "America/Anchorage",
  "America/Adak",
  "Pacific/Honolulu",
  "Pacific/Pago_Pago",
  "Pacific/Guam",
  "UTC",
];

function zoneChoices(own: string): Choice<string>[] {
  const zones = ZONES.includes(own) ? ZONES : [own, ...ZONES];
  return zones.map((value) => ({ value, name: words.zones[value] ?? value }));
}

export interface WhenValue {
  day: string;
  time: string;
  zone: string;
  minutes: string;
}

interface WhenFieldsProps {
  value: WhenValue;
  faults: Partial<Record<keyof WhenValue, string>>;
  onChange: (changes: Partial<WhenValue>) => void;
}

export function WhenFields({ value, faults, onChange }: WhenFieldsProps) {
  return (
    <div className="fields-in-a-row">
      <TextField
        label={text.day}
        type="date"
        value={value.day}
        onText={(day) => onChange({ day })}
        error={faults.day}
      />
      <TextField
        label={text.time}
        type="time"
        value={value.time}
        onText={(time) => onChange({ time })}
      />
      <SelectField
        label={text.zone}
        value={value.zone}
        choices={zoneChoices(value.zone)}
        onChoice={(zone) => onChange({ zone })}
        error={faults.zone}
      />
      <TextField
        label={text.minutes}
        type="number"
        className="short"
        min={5}
        max={600}
        value={value.minutes}
        onText={(minutes) => onChange({ minutes })}
        error={faults.minutes}
      />
    </div>
  );
}

export function WhenQuestion({ draft, faults, onChange }: QuestionProps) {
  return <WhenFields value={draft} faults={faults} onChange={onChange} />;
}
