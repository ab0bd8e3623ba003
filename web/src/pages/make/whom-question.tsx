/*
 * With whom: the kinds of organizations whose duty officers are invited.
 */
import { Checkbox, ErrorMessage, Fieldset } from "@trussworks/react-uswds";
import type { Sector } from "../../api/types";
import { words } from "../../words";
import type { QuestionProps } from "./make";

const text = words.make;

const SECTORS: readonly Sector[] = [
  "state",
  "territorial",
  "local",
  "tribal",
  "federal",
  "association",
  "platform",
  "vendor",
  "research",
  "civil-society",
];

export function WhomQuestion({ draft, faults, onChange }: QuestionProps) {
  const toggle = (sector: Sector, isIn: boolean) => {
    const others = draft.sectors.filter((other) => other !== sector);
    onChange({ sectors: isIn ? [...others, sector] : others });
  };
  return (
    <Fieldset legend={text.withWhomHint} className="whom">
      {faults.sectors && <ErrorMessage>{faults.sectors}</ErrorMessage>}
      <div className="whom-choices">
        {SECTORS.map((sector) => (
          <Checkbox
            key={sector}
            id={`sector-${sector}`}
            name="sectors"
            label={words.sectors[sector]}
            checked={draft.sectors.includes(sector)}
            onChange={(event) => toggle(sector, event.target.checked)}
          />
        ))}
      </div>
    </Fieldset>
  );
}
