/*
 * Somebody of one's office who has no account: who they are, how to call them, and that one vouches
 * for them. The exchange says whether they go at once, or after a second person's call.
 */
import { Checkbox, ErrorMessage } from "@trussworks/react-uswds";
import { useId, useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { FormNotice } from "../../parts/form-notice";
import { NOBODY, PersonFields } from "../../parts/person-fields";
import { Failed } from "../../parts/states";
import { words } from "../../words";

const text = words.newcomer;

interface NewcomerProps {
  briefing: string;
  onAnswer: (briefing: Briefing) => Promise<void> | void;
}

export function Newcomer({ briefing, onAnswer }: NewcomerProps) {
  const id = useId();
  const [person, setPerson] = useState(NOBODY);
  const [is_vouched_for, setVouched] = useState(false);
  const act = useAct(async (idempotencyKey) => {
    const body = { ...person, is_vouched_for };
    const asked = { params: { briefing }, body, idempotencyKey };
    await onAnswer((await request("post", "/briefings/{briefing}/newcomer", asked)).data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  const unvouched = act.problem?.fieldMessage("/is_vouched_for");
  return (
    <form className="newcomer" onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.notSent} />}
      <p className="second">{text.about}</p>
      <PersonFields of={person} onChange={setPerson} text={text} problem={act.problem} />
      {unvouched && <ErrorMessage id={`${id}-error`}>{unvouched}</ErrorMessage>}
      <Checkbox
        id={id}
        name="is_vouched_for"
        label={text.vouch}
        checked={is_vouched_for}
        onChange={(event) => setVouched(event.target.checked)}
        aria-describedby={unvouched && `${id}-error`}
        aria-invalid={unvouched ? true : undefined}
      />
      <FormNotice says={text.notice}>
        <Act isSubmit isBusy={act.isBusy}>
          {text.send(person.name.trim())}
        </Act>
      </FormNotice>
    </form>
  );
}
