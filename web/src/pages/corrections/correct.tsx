/*
 * Putting a text right that went out: which one, what it should say, and why.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Briefing, Question } from "../../api/types";
import { useAct } from "../../api/use-act";
import type { KeptDraft } from "../../api/use-draft";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { DraftState } from "../../parts/draft-state";
import { Drafted } from "../../parts/drafted";
import { SelectField, TextAreaField, TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { WhoReads } from "../../parts/who-reads";
import { words } from "../../words";
import type { CorrectionList } from "./corrections";

const text = words.corrections;

interface Subject {
  object: string;
  name: string;
  version: string;
  /* Of an item. */
  title?: string;
  said: string;
}

/* What one may correct: what it is about, items whose text is here, answers in words. */
function subjectsOf(briefing: Briefing, questions: readonly Question[]): Subject[] {
  const items = briefing.items
    .filter(({ label }) => label !== "red")
    .map(({ id, title, about = "", modified = "" }) => ({
      object: id,
      name: text.item(title),
      version: modified,
      title,
      said: about,
    }));
  const answers = questions.flatMap(({ id, content, answer }) =>
    answer?.words
      ? [{ object: id, name: text.answerTo(content), version: answer.answered, said: answer.words }]
      : [],
  );
  const { id, about = "", modified = "" } = briefing;
  return [{ object: id, name: text.about, version: modified, said: about }, ...items, ...answers];
}

interface CorrectProps {
  briefing: Briefing;
  onCorrect: (now: CorrectionList) => Promise<void>;
  onClose: () => void;
}

export function Correct({ briefing, onCorrect, onClose }: CorrectProps) {
  const asked = { params: { briefing: briefing.id } };
  const questions = useResource("/briefings/{briefing}/questions", asked);
  const subjects = subjectsOf(briefing, questions.data?.items ?? []);
  const [chosen, choose] = useState(briefing.id);
  const subject = subjects.find(({ object }) => object === chosen);
  return (
    <div className="call-off">
      <SelectField
        label={text.which}
        value={chosen}
        choices={subjects.map(({ object, name }) => ({ value: object, name }))}
        onChoice={choose}
      />
      {subject && (
        <Drafted
          key={subject.object}
          form={`correction-${subject.object}`}
          fresh={() => freshOf(subject)}
        >
          {(draft, kept) => (
            <Form
              briefing={briefing.id}
              subject={subject}
              draft={draft}
              kept={kept}
              onCorrect={onCorrect}
              onClose={onClose}
            />
          )}
        </Drafted>
      )}
    </div>
  );
}

/* With the version that it corrects, so that one of last week never covers one of today. */
interface CorrectionDraft {
  version: string;
  title: string;
  said: string;
  reason: string;
}

function freshOf({ version, title = "", said }: Subject): CorrectionDraft {
  return { version, title, said, reason: "" };
}

interface FormProps extends Omit<CorrectProps, "briefing"> {
  briefing: string;
  subject: Subject;
  draft: CorrectionDraft;
  kept: KeptDraft<CorrectionDraft>;
}

function Form({ briefing, subject, draft, kept, onCorrect, onClose }: FormProps) {
  const { version, title, said, reason } = draft;
  const act = useAct(async (key) => {
    const { object } = subject;
    const isRenamed = subject.title !== undefined && title.trim() !== subject.title;
    const body = { object, version, title: isRenamed ? title : undefined, words: said, reason };
    const sent = { params: { briefing }, body, idempotencyKey: key };
    const { data } = await request("post", "/briefings/{briefing}/corrections", sent);
    await kept.drop();
    await onCorrect(data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.notKept} />}
      {subject.title !== undefined && (
        <TextField
          label={text.titleField}
          value={title}
          onText={(now) => kept.change({ title: now })}
          maxLength={200}
        />
      )}
      <TextAreaField
        label={text.wordsField}
        value={said}
        onText={(now) => kept.change({ said: now })}
        maxLength={5000}
      />
      <TextAreaField
        label={text.reason}
        value={reason}
        onText={(now) => kept.change({ reason: now })}
        rows={2}
        maxLength={500}
        error={act.problem?.fieldMessage("/reason")}
      />
      <WhoReads briefing={briefing} of={subject.object} />
      <FormNotice says={text.notice}>
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
