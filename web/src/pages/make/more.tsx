/*
 * What has a default: the label of the whole, and the agenda.
 */
import { LabelChoice } from "../../parts/label-choice";
import { Act } from "../../parts/act";
import { LABELS, reachOf } from "../../parts/chip";
import { SelectField, TextField } from "../../parts/field";
import { words } from "../../words";
import type { Draft, DraftItem } from "./draft";

const text = words.make;
const ITEMS_MAX = 50;
const BRIEFING_LABELS = LABELS.filter((label) => label !== "red"); // RED is for single items

interface MoreProps {
  draft: Draft;
  onChange: (changes: Partial<Draft>) => void;
}

export function More({ draft, onChange }: MoreProps) {
  const { items } = draft;
  const changeItem = (at: number, changes: Partial<DraftItem>) =>
    onChange({ items: items.map((item, n) => (n === at ? { ...item, ...changes } : item)) });
  const add = () =>
    onChange({ items: [...items, { title: "", minutes: "5", label: draft.label }] });
  return (
    <details className="more">
      <summary>
        <b>{text.more}</b> <span className="second">{text.moreAbout}</span>
      </summary>
      <LabelChoice
        legend={text.label}
        value={draft.label}
        labels={BRIEFING_LABELS}
        onLabel={(label) => onChange({ label })}
      />
      {items.map((item, n) => (
        <Item
          key={n}
          item={item}
          number={n + 1}
          onChange={(changes) => changeItem(n, changes)}
          onDrop={() => onChange({ items: items.filter((_, other) => other !== n) })}
        />
      ))}
      {items.length < ITEMS_MAX && (
        <p>
          <Act unstyled onAct={add}>
            {text.addItem}
          </Act>
        </p>
      )}
    </details>
  );
}

interface ItemProps {
  item: DraftItem;
  number: number;
  onChange: (changes: Partial<DraftItem>) => void;
  onDrop: () => void;
}

function Item({ item, number, onChange, onDrop }: ItemProps) {
  const choices = LABELS.map((value) => ({
    value,
    name: `TLP:${value.toUpperCase()}: ${reachOf(value)}`,
  }));
  return (
    <div className="fields-in-a-row item">
      <TextField
        label={text.item(number)}
        value={item.title}
        maxLength={200}
        onText={(title) => onChange({ title })}
      />
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
        label={words.briefing.columns.label}
        value={item.label}
        choices={choices}
        onChoice={(label) => onChange({ label })}
      />
      <Act unstyled onAct={onDrop} of={text.item(number)}>
        {text.dropItem}
      </Act>
    </div>
  );
}
