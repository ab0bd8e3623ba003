/*
 * The people of a briefing, each with two marks to choose from.
 */
import { Table } from "@trussworks/react-uswds";
import { answerWords } from "../../parts/answer-words";
import type { When } from "../../api/types";
import { words } from "../../words";
import type { Changes, Present, Said } from "./attendance";
import { Stay } from "./stay";

const text = words.attendance;

interface MarksProps {
  people: readonly Present[];
  sought: string;
  changes: Changes;
  when?: When;
  onMark: (people: readonly Present[], wasThere: boolean) => void;
  onStay: (one: Present, said: Said) => void;
}

export function Marks({ people, sought, changes, when, onMark, onStay }: MarksProps) {
  const wanted = sought.trim().toLowerCase();
  const shown = people.filter(({ person }) =>
    `${person.name} ${person.organization ?? ""}`.toLowerCase().includes(wanted),
  );
  return (
    <Table className="rows-table" fullWidth>
      <thead>
        <tr>
          <th scope="col">{text.person}</th>
          <th scope="col">{text.answer}</th>
          <th scope="col">{text.was}</th>
        </tr>
      </thead>
      <tbody>
        {shown.map((one) => {
          const said = changes.get(one.person.id ?? "") ?? one;
          return (
            <tr key={one.person.id ?? one.person.name}>
              <th scope="row">
                {one.person.name}
                <p className="second">{one.person.organization}</p>
              </th>
              <td>{answerWords(one.answer ?? "open", one.noted_by)}</td>
              <td>
                <Mark
                  one={one}
                  wasThere={said.was_there}
                  onMark={(wasThere) => onMark([one], wasThere)}
                />
                {said.was_there && when && (
                  <Stay
                    of={one.person.name}
                    when={when}
                    joined={said.joined}
                    left={said.left}
                    onStay={(times) => onStay(one, { was_there: true, ...times })}
                  />
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </Table>
  );
}

interface MarkProps {
  one: Present;
  wasThere: boolean | undefined;
  onMark: (wasThere: boolean) => void;
}

function Mark({ one: { person }, wasThere, onMark }: MarkProps) {
  const name = `there-${person.id}`;
  return (
    <fieldset className="mark">
      <legend className="read-only-aloud">{person.name}</legend>
      {[true, false].map((value) => (
        <label key={String(value)}>
          <input
            type="radio"
            name={name}
            checked={wasThere === value}
            onChange={() => onMark(value)}
          />
          {value ? text.there : text.missing}
        </label>
      ))}
    </fieldset>
  );
}
