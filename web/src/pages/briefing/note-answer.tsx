/*
 * What somebody said by phone, noted by a host below the row of whoever has not answered.
 */
import { Fieldset, Radio } from "@trussworks/react-uswds";
import { useId, useState } from "react";
import { request } from "../../api/client";
import type { Answer } from "../../api/types";
import { useAct } from "../../api/use-act";
import { OpenedForm } from "../../parts/opened-form";
import { words } from "../../words";

const text = words.noted;
const CHOICES = ["yes", "no"] as const;

type Said = (typeof CHOICES)[number];

interface NoteAnswerProps {
  briefing: string;
  person: string;
  name: string;
  onNote: (answer: Answer) => void;
  onClose: () => void;
}

export function NoteAnswer({ briefing, person, name, onNote, onClose }: NoteAnswerProps) {
  const [said, setSaid] = useState<Said>();
  const [isMissing, setMissing] = useState(false);
  const act = useAct(async (_, answer: Said) => {
    const asked = { params: { briefing, person }, body: { answer } };
    onNote((await request("put", "/briefings/{briefing}/answers/{person}", asked)).data);
  });
  const choose = (answer: Said) => {
    setSaid(answer);
    setMissing(false);
  };
  const send = () => {
    setMissing(!said);
    if (said) void act.run(said);
  };
  return (
    <OpenedForm
      of={act}
      onSend={send}
      onClose={onClose}
      failed={text.notNoted}
      notice={text.notice}
      act={said ? text.act[said](name) : text.either(name)}
      cancel={text.leave}
    >
      <Choice name={name} said={said} isMissing={isMissing} onChoose={choose} />
    </OpenedForm>
  );
}

interface ChoiceProps {
  name: string;
  said: Said | undefined;
  isMissing: boolean;
  onChoose: (answer: Said) => void;
}

function Choice({ name, said, isMissing, onChoose }: ChoiceProps) {
  const id = useId();
  const described = isMissing ? `${id}-error ${id}-hint` : `${id}-hint`;
  return (
    <Fieldset legend={text.ask(name)} aria-describedby={described}>
      <p id={`${id}-hint`} className="second">
        {text.hint}
      </p>
      {isMissing && (
        <p id={`${id}-error`} className="usa-error-message" role="alert">
          {text.needsChoice}
        </p>
      )}
      {CHOICES.map((answer) => (
        <Radio
          key={answer}
          id={`${id}-${answer}`}
          name={id}
          label={text.choices[answer]}
          checked={said === answer}
          onChange={() => onChoose(answer)}
        />
      ))}
    </Fieldset>
  );
}
