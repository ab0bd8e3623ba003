/*
 * The people of a briefing in groups, each person with two marks to choose from.
 */
import { Table } from "@trussworks/react-uswds";
import { useState } from "react";
import { answerWords } from "../../parts/answer-words";
import { More } from "../../parts/more";
import { Empty } from "../../parts/states";
import { usePrinting } from "../../parts/use-printing";
import type { When } from "../../api/types";
import { words } from "../../words";
import type { Changes, Present, Said } from "./attendance";
import { groupsOf, isFirst, type Group } from "./groups";
import { Stay } from "./stay";

const text = words.attendance;
const ROWS_AT_ONCE = 20;

interface RowProps {
  changes: Changes;
  when?: When;
  onMark: (people: readonly Present[], wasThere: boolean) => void;
  onStay: (one: Present, said: Said) => void;
}

type MarksProps = RowProps & { people: readonly Present[]; sought: string };

export function Marks({ people, sought, ...row }: MarksProps) {
  const wanted = sought.trim().toLowerCase();
  const groups = groupsOf(
    people.filter(({ person }) =>
      `${person.name} ${person.organization ?? ""}`.toLowerCase().includes(wanted),
    ),
  );
  if (groups.length === 0) return <Empty>{words.audience.nobody}</Empty>;
  return groups.map((group) => (
    <Marking key={group.standing} of={group} isSought={wanted !== ""} {...row} />
  ));
}

type MarkingProps = RowProps & { of: Group; isSought: boolean };

/* While one looks for somebody every group is open; on paper every group is, and is whole. */
function Marking({ of: { standing, people }, isSought, ...row }: MarkingProps) {
  const [isOpen, setOpen] = useState(isFirst(standing));
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const isPrinting = usePrinting();
  const more = async () => setShown(shown + ROWS_AT_ONCE);
  return (
    <details
      className="marking"
      open={isSought || isPrinting || isOpen}
      onToggle={(event) => !isSought && !isPrinting && setOpen(event.currentTarget.open)}
    >
      <summary>
        <b>{text.standings[standing]}</b>{" "}
        <span className="second">{text.people(people.length)}</span>
      </summary>
      <Table className="rows-table" fullWidth>
        <thead>
          <tr>
            <th scope="col">{text.person}</th>
            <th scope="col">{text.answer}</th>
            <th scope="col">{text.was}</th>
          </tr>
        </thead>
        <tbody>
          {people.slice(0, isPrinting ? people.length : shown).map((one) => (
            <Row key={one.person.id ?? one.person.name} one={one} {...row} />
          ))}
        </tbody>
      </Table>
      <More of={shown < people.length ? more : undefined} />
    </details>
  );
}

function Row({ one, changes, when, onMark, onStay }: RowProps & { one: Present }) {
  const said = changes.get(one.person.id ?? "") ?? one;
  return (
    <tr>
      <th scope="row">
        {one.person.name}
        <p className="second">{one.person.organization}</p>
      </th>
      <td>{answerWords(one.answer ?? "open", one.noted_by)}</td>
      <td>
        <Mark one={one} wasThere={said.was_there} onMark={(wasThere) => onMark([one], wasThere)} />
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
