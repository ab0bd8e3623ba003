/*
 * Two hosts at once: what the other one has written, beside what the reader has typed. Nothing of
 * it is lost; each difference can be settled by taking theirs.
 */
import { Table } from "@trussworks/react-uswds";
import { Act } from "../../parts/act";
import { NextStep } from "../../parts/next-step";
import { words } from "../../words";
import { inWords as whomInWords } from "../make/whom";
import { differs, FIELDS, type EditDraft, type EditField } from "./draft";

const text = words.edit;

export interface Race {
  /* As it was when the reader began, and as the other one left it. */
  before: EditDraft;
  now: EditDraft;
}

interface DifferenceProps {
  race: Race;
  draft: EditDraft;
  onTake: (field: EditField) => void;
}

export function Difference({ race, draft, onTake }: DifferenceProps) {
  const theirs = FIELDS.filter((field) => differs(race.before, race.now, field));
  return (
    <div className="difference" role="alert">
      <NextStep what={text.raced} more={text.racedMore} />
      <Table className="rows-table" fullWidth>
        <thead>
          <tr>
            <th scope="col">{text.what}</th>
            <th scope="col">{text.theirs}</th>
            <th scope="col">{text.yours}</th>
          </tr>
        </thead>
        <tbody>
          {theirs.map((field) => (
            <tr key={field}>
              <th scope="row">{text.fields[field]}</th>
              <td>
                <ins>{inWords(race.now, field)}</ins>
              </td>
              <td>
                {differs(race.now, draft, field) ? (
                  <>
                    {inWords(draft, field)}{" "}
                    <Act unstyled of={text.fields[field]} onAct={() => onTake(field)}>
                      {text.takeTheirs}
                    </Act>
                  </>
                ) : (
                  <span className="second">{text.onlyTheirs}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function inWords(draft: EditDraft, field: EditField): string {
  switch (field) {
    case "items":
      return draft.items.map(({ title, presenter }) => title || presenter).join("; ") || text.empty;
    case "when": {
      const { day, time, zone, minutes } = draft.when;
      return `${day}, ${time}, ${zone}, ${words.times.minutes(Number(minutes))}`;
    }
    case "audience":
      return whomInWords(draft.audience);
    case "label":
      return `TLP:${draft.label.toUpperCase()}`;
    default:
      return draft[field] || text.empty;
  }
}
