/*
 * With whom: the kinds of organizations whose duty officers are invited.
 */
import { Checkbox, ErrorMessage, Fieldset } from "@trussworks/react-uswds";
import type { Sector } from "../../api/types";
import { words } from "../../words";

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

interface WhomQuestionProps {
  sectors: readonly Sector[];
  fault?: string;
  onSectors: (sectors: Sector[]) => void;
}

export function WhomQuestion({ sectors, fault, onSectors }: WhomQuestionProps) {
  const toggle = (sector: Sector, isIn: boolean) =>
    onSectors(SECTORS.filter((one) => (one === sector ? isIn : sectors.includes(one))));
  return (
    <Fieldset legend={text.withWhomHint} className="whom">
      {fault && <ErrorMessage>{fault}</ErrorMessage>}
      <div className="whom-choices">
        {SECTORS.map((sector) => (
          <Checkbox
            key={sector}
            id={`sector-${sector}`}
            name="sectors"
            label={words.sectors[sector]}
            checked={sectors.includes(sector)}
            onChange={(event) => toggle(sector, event.target.checked)}
          />
        ))}
      </div>
    </Fieldset>
  );
}
