/*
 * What has a default: who else hosts it, the label of the whole, and the agenda.
 */
import { LABELS } from "../../parts/chip";
import { LabelChoice } from "../../parts/label-choice";
import { Organizations, useMembers } from "../../parts/organizations";
import { useReader } from "../../shell/session";
import { words } from "../../words";
import { AgendaEditor } from "../agenda/editor";
import type { Presenter } from "../agenda/item";
import type { Draft } from "./draft";

const text = words.make;
const BRIEFING_LABELS = LABELS.filter((label) => label !== "red"); // RED is for single items

interface MoreProps {
  draft: Draft;
  people: readonly Presenter[];
  onChange: (changes: Partial<Draft>) => void;
}

export function More({ draft, people, onChange }: MoreProps) {
  const members = useMembers();
  const own = useReader().acting_for.organization.id;
  return (
    <details className="more">
      <summary>
        <b>{text.more}</b> <span className="second">{text.moreAbout}</span>
      </summary>
      <Organizations
        label={words.hosts.also}
        hint={words.hosts.alsoMakeHint}
        members={members.filter(({ id }) => id !== own)}
        chosen={draft.hosts}
        onChoose={(hosts) => onChange({ hosts })}
      />
      <LabelChoice
        legend={text.label}
        value={draft.label}
        labels={BRIEFING_LABELS}
        onLabel={(label) => onChange({ label })}
      />
      <h3 className="more-agenda">{words.agenda.title}</h3>
      <AgendaEditor
        items={draft.items}
        label={draft.label}
        people={people}
        members={members}
        onChange={(items) => onChange({ items })}
      />
    </details>
  );
}
