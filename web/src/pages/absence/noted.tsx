/*
 * What is noted about one's own organization after a call, and what one says to it, if one likes.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { AbsenceNote, Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import type { KeptDraft } from "../../api/use-draft";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { DraftState } from "../../parts/draft-state";
import { Drafted } from "../../parts/drafted";
import { TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { Link } from "../../shell/router";
import { words } from "../../words";

const text = words.absence;
type Notes = { items: AbsenceNote[] };

/* Nothing where nothing is noted. */
export function Noted({ briefing }: { briefing: Briefing }) {
  const notes = useResource("/briefings/{briefing}/absence", { params: { briefing: briefing.id } });
  if (!notes.data?.items.length) return null;
  return (
    <Section title={text.title}>
      <ul className="rows">
        {notes.data.items.map((note) => (
          <li key={String(note.is_later)}>
            <p>
              {text.noted(note)}{" "}
              {note.reason === "not-reached" && <Link to="/directory">{text.duties}</Link>}
            </p>
            <Say briefing={briefing.id} note={note} onSay={notes.replace} />
          </li>
        ))}
      </ul>
      <p className="second after-bars">{text.privacy}</p>
    </Section>
  );
}

interface SayProps {
  briefing: string;
  note: AbsenceNote;
  onSay: (now: Notes) => void;
}

function Say(props: SayProps) {
  const { briefing, note } = props;
  const { is_later, answer } = note;
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <p>
        {answer && <>{text.youSaid(answer.content)} </>}
        <Act unstyled onAct={() => setOpen(true)}>
          {answer ? text.change : text.ask}
        </Act>
      </p>
    );
  }
  return (
    <Drafted
      form={`absence-${is_later ? "later-" : ""}${briefing}`}
      fresh={() => ({ content: answer?.content ?? "" })}
    >
      {({ content }, kept) => (
        <Form {...props} content={content} kept={kept} onClose={() => setOpen(false)} />
      )}
    </Drafted>
  );
}

interface FormProps extends SayProps {
  content: string;
  kept: KeptDraft<{ content: string }>;
  onClose: () => void;
}

function Form({ briefing, note: { is_later }, onSay, content, kept, onClose }: FormProps) {
  const act = useAct(async () => {
    const asked = { params: { briefing }, body: { content: content.trim(), is_later } };
    const { data } = await request("put", "/briefings/{briefing}/absence", asked);
    await kept.drop();
    onSay(data);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form onSubmit={submit} noValidate className="question-form">
      {act.problem && <Failed problem={act.problem} what={text.notSent} />}
      <TextAreaField
        label={text.ask}
        hint={text.hint}
        rows={2}
        maxLength={500}
        value={content}
        onText={(now) => kept.change({ content: now })}
        error={act.problem?.fieldMessage("/content")}
      />
      <FormNotice says={text.notice} className="question-acts">
        <Act isSubmit isBusy={act.isBusy}>
          {text.send}
        </Act>
        <Act unstyled onAct={onClose}>
          {text.close}
        </Act>
        <DraftState kept={kept} />
      </FormNotice>
    </form>
  );
}
