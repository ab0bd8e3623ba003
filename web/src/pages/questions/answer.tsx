/*
 * A host answers a question in words, or says that it was answered on the call.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Question } from "../../api/types";
import { useAct } from "../../api/use-act";
import type { KeptDraft } from "../../api/use-draft";
import { Act } from "../../parts/act";
import { DraftState } from "../../parts/draft-state";
import { Drafted } from "../../parts/drafted";
import { TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { WhoReads } from "../../parts/who-reads";
import { words } from "../../words";

const text = words.questions;

interface AnswerProps {
  question: Question;
  briefing: string;
  onAnswer: () => Promise<void>;
}

export function Answer(props: AnswerProps) {
  const { question } = props;
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <p>
        <Act unstyled of={question.content} onAct={() => setOpen(true)}>
          {question.answer ? text.change : text.answer}
        </Act>
      </p>
    );
  }
  return (
    <Drafted form={`answer-${question.id}`} fresh={() => ({ typed: question.answer?.words ?? "" })}>
      {(draft, kept) => (
        <Form {...props} typed={draft.typed} kept={kept} onClose={() => setOpen(false)} />
      )}
    </Drafted>
  );
}

interface FormProps extends AnswerProps {
  typed: string;
  kept: KeptDraft<{ typed: string }>;
  onClose: () => void;
}

function Form({ question, briefing, onAnswer, typed, kept, onClose }: FormProps) {
  const act = useAct(async (_, is_on_call: boolean) => {
    await request("put", "/briefings/{briefing}/questions/{question}/answer", {
      params: { briefing, question: question.id },
      body: { words: typed.trim() || undefined, is_on_call },
    });
    await kept.drop();
    onClose();
    await onAnswer();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run(question.answer?.is_on_call ?? false);
  };
  return (
    <form onSubmit={submit} noValidate className="question-form">
      {act.problem && <Failed problem={act.problem} what={text.notAnswered} />}
      <TextAreaField
        label={text.words}
        rows={2}
        maxLength={1000}
        value={typed}
        onText={(now) => kept.change({ typed: now })}
        error={act.problem?.fieldMessage("/words")}
      />
      <WhoReads briefing={briefing} of={question.id} />
      <FormNotice says={text.answerNotice} className="question-acts">
        <Act isSubmit isBusy={act.isBusy}>
          {text.answerAct}
        </Act>
        <Act outline isBusy={act.isBusy} onAct={() => act.run(true)}>
          {text.callAct}
        </Act>
        <Act unstyled onAct={onClose}>
          {text.close}
        </Act>
        <DraftState kept={kept} />
      </FormNotice>
    </form>
  );
}
