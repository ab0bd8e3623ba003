/*
 * Writing the agenda: items are added, changed, moved and taken out, all of it by keyboard too.
 */
import { useEffect, useRef, useState } from "react";
import type { Label, Organization } from "../../api/types";
import { Act } from "../../parts/act";
import { LABELS, reachOf } from "../../parts/chip";
import { SelectField, TextAreaField, TextField } from "../../parts/field";
import { Organizations } from "../../parts/organizations";
import { words } from "../../words";
import { newItem, type DraftItem, type Presenter } from "./item";

const text = words.agenda;
const ITEMS_MAX = 50;

export interface AgendaEditorProps {
  items: readonly DraftItem[];
  label: Label;
  people: readonly Presenter[];
  members: readonly Organization[];
  onChange: (items: DraftItem[]) => void;
}

export function AgendaEditor({ items, label, people, members, onChange }: AgendaEditorProps) {
  const [said, say] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const [aim, setAim] = useState<string>(); // what takes the focus once it is drawn
  useEffect(() => {
    if (!aim) return;
    box.current?.querySelector<HTMLElement>(aim)?.focus();
    setAim(undefined);
  }, [aim]);
  const change = (at: number, changes: Partial<DraftItem>) =>
    onChange(items.map((item, n) => (n === at ? { ...item, ...changes } : item)));
  const move = (at: number, to: number) => {
    const moved = [...items];
    const [item] = moved.splice(at, 1);
    if (item) moved.splice(to, 0, item);
    onChange(moved);
    say(text.moved(at + 1, to + 1));
    const isAtEnd = to === 0 || to === items.length - 1; // where the button is gone
    if (isAtEnd) setAim(`${placeOf(to)} .acts button`);
  };
  const takeOut = (at: number) => {
    const last = items.length - 2;
    onChange(items.filter((_, n) => n !== at));
    say(text.taken(at + 1));
    setAim(
      last < 0 ? ".agenda-add button" : `${placeOf(Math.min(at, last))} .acts button:last-child`,
    );
  };
  const add = () => {
    onChange([...items, newItem(label)]);
    setAim(`${placeOf(items.length)} input`);
  };
  return (
    <div className="agenda-editor" ref={box}>
      <ol>
        {items.map((item, n) => (
          <li key={item.key}>
            <Item
              item={item}
              number={n + 1}
              people={people}
              members={members}
              onChange={(changes) => change(n, changes)}
            />
            <div className="acts">
              {n > 0 && (
                <Act unstyled of={text.item(n + 1)} onAct={() => move(n, n - 1)}>
                  {text.up}
                </Act>
              )}
              {n < items.length - 1 && (
                <Act unstyled of={text.item(n + 1)} onAct={() => move(n, n + 1)}>
                  {text.down}
                </Act>
              )}
              <Act unstyled of={text.item(n + 1)} onAct={() => takeOut(n)}>
                {text.takeOut}
              </Act>
            </div>
          </li>
        ))}
      </ol>
      <p role="status" className="read-only-aloud">
        {said}
      </p>
      {items.length < ITEMS_MAX && (
        <p className="agenda-add">
          <Act unstyled onAct={add}>
            {text.add}
          </Act>
        </p>
      )}
    </div>
  );
}

/* The item of this number, from 0, in the editor. */
function placeOf(at: number): string {
  return `:scope > ol > li:nth-child(${at + 1})`;
}

interface ItemProps {
  item: DraftItem;
  number: number;
  people: readonly Presenter[];
  members: readonly Organization[];
  onChange: (changes: Partial<DraftItem>) => void;
}

const LABEL_CHOICES = LABELS.map((value) => ({
  value,
  name: `TLP:${value.toUpperCase()}: ${reachOf(value)}`,
}));

function Item({ item, number, people, members, onChange }: ItemProps) {
  const isRed = item.label === "red";
  const presenter = (
    <TextField
      label={text.presenter}
      hint={text.presenterHint}
      isOptional={!isRed}
      value={item.presenter}
      maxLength={200}
      suggestions={people.map(({ name }) => name)}
      onText={(presenter) => onChange({ presenter })}
    />
  );
  return (
    <fieldset className="usa-fieldset">
      <legend className="usa-legend">{text.item(number)}</legend>
      {isRed && <p className="second">{text.redHint}</p>}
      <div className="fields-in-a-row">
        {isRed ? (
          presenter
        ) : (
          <TextField
            label={text.titleOf}
            className="wide"
            value={item.title}
            maxLength={200}
            onText={(title) => onChange({ title })}
          />
        )}
        <TextField
          label={text.minutes}
          type="number"
          className="short"
          min={1}
          max={600}
          value={item.minutes}
          onText={(minutes) => onChange({ minutes })}
        />
        <SelectField
          label={text.label}
          value={item.label}
          choices={LABEL_CHOICES}
          onChoice={(label) => onChange({ label })}
        />
      </div>
      <details>
        <summary>{text.more}</summary>
        {!isRed && presenter}
        {!isRed && (
          <TextAreaField
            label={text.about}
            isOptional
            maxLength={5000}
            value={item.about}
            onText={(about) => onChange({ about })}
          />
        )}
        <Organizations
          label={text.onlyFor}
          hint={text.onlyForHint}
          members={members}
          chosen={item.organizations}
          onChoose={(organizations) => onChange({ organizations })}
        />
      </details>
    </fieldset>
  );
}
