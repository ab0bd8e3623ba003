/*
 * A host answers a question in words, or says that it was answered on the call.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Question } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
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

export function Answer({ question, briefing, onAnswer }: AnswerProps) {
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState(question.answer?.words ?? "");
  const act = useAct(async (_, is_on_call: boolean) => {
    await request("put", "/briefings/{briefing}/questions/{question}/answer", {
      params: { briefing, question: question.id },
      body: { words: typed.trim() || undefined, is_on_call },
    });
    setOpen(false);
    await onAnswer();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run(question.answer?.is_on_call ?? false);
  };
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
    <form onSubmit={submit} noValidate className="question-form">
      {act.problem && <Failed problem={act.problem} what={text.notAnswered} />}
      <TextAreaField
        label={text.words}
        rows={2}
        maxLength={1000}
        value={typed}
        onText={setTyped}
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
        <Act unstyled onAct={() => setOpen(false)}>
          {text.close}
        </Act>
      </FormNotice>
    </form>
  );
}
