/*
 * What somebody needs in order to take part: written beside their answer, and shown to hosts in one
 * list before the call (B9).
 */
import type { Briefing } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { answerWords } from "../../parts/answer-words";
import { TextAreaField } from "../../parts/field";
import { Section } from "../../parts/section";
import { words } from "../../words";

const text = words.needs;
const LENGTH_MAX = 1000; // as the API has it

interface NeedsFieldProps {
  note: string;
  onNote: (note: string) => void;
}

export function NeedsField({ note, onNote }: NeedsFieldProps) {
  return (
    <TextAreaField
      label={text.what}
      hint={text.hint}
      isOptional
      rows={2}
      maxLength={LENGTH_MAX}
      value={note}
      onText={onNote}
    />
  );
}

/* Nothing where nobody needs anything. */
export function Needs({ briefing: { id } }: { briefing: Briefing }) {
  const asked = { params: { briefing: id } };
  const items = useResource("/briefings/{briefing}/needs", asked).data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Section title={text.title} aside={text.people(items.length)}>
      <ul className="rows">
        {items.map(({ person, answer, noted_by, note }) => (
          <li key={person.id ?? person.name}>
            <b className="needed">{note}</b>
            <p className="second">
              {[person.name, person.organization, answerWords(answer, noted_by)]
                .filter(Boolean)
                .join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
