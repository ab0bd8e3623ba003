/*
 * Asking the hosts, with one's name or without it. Where few could have asked, that is said before.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useId, useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Briefing, Questions } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useHeld } from "../../api/use-held";
import { Act } from "../../parts/act";
import { SelectField, TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { WhoReads } from "../../parts/who-reads";
import { words } from "../../words";

const text = words.questions;
const NOTHING = { item: "", content: "", isUnattributed: false };

interface AskProps {
  briefing: Briefing;
  asked: Questions;
  onAsk: () => Promise<void>;
}

export function Ask({ briefing, asked, onAsk }: AskProps) {
  const id = useId();
  const held = useHeld(`question ${briefing.id}`, NOTHING);
  const { item, content, isUnattributed } = held.draft;
  const [isMissing, setMissing] = useState(false);
  const [isAsked, setAsked] = useState(false);
  const act = useAct(async (idempotencyKey) => {
    await request("post", "/briefings/{briefing}/questions", {
      params: { briefing: briefing.id },
      body: { content: content.trim(), item: item || undefined, is_unattributed: isUnattributed },
      idempotencyKey,
    });
    held.drop();
    setAsked(true);
    await onAsk();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(!content.trim());
    setAsked(false);
    if (content.trim()) void act.run();
  };
  const isFew = item ? (asked.few_items ?? []).includes(item) : (asked.is_few ?? false);
  return (
    <form onSubmit={submit} noValidate className="question-form">
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      <h3>{text.ask}</h3>
      {briefing.items.length > 0 && (
        <SelectField
          label={text.about}
          value={item}
          choices={[
            { value: "", name: text.whole },
            ...briefing.items.map(({ id: value, title }) => ({ value, name: title })),
          ]}
          onChoice={(chosen) => held.change({ item: chosen })}
        />
      )}
      <TextAreaField
        label={text.content}
        rows={2}
        maxLength={1000}
        value={content}
        onText={(typed) => held.change({ content: typed })}
        error={isMissing ? text.needsContent : act.problem?.fieldMessage("/content")}
      />
      <Checkbox
        id={id}
        name="unattributed"
        label={text.name}
        labelDescription={text.nameHint}
        checked={isUnattributed}
        onChange={() => held.change({ isUnattributed: !isUnattributed })}
      />
      {isUnattributed && isFew && (
        <p className="question-few" role="status">
          <Status kind="late">{text.few}</Status>
        </p>
      )}
      <WhoReads briefing={briefing.id} of={item} />
      <FormNotice says={text.notice(isUnattributed)} className="question-acts">
        <Act isSubmit isBusy={act.isBusy}>
          {isUnattributed ? text.actUnattributed : text.act}
        </Act>
        {isAsked && (
          <span role="status">
            <Status kind="done">{text.asked}</Status>
          </span>
        )}
      </FormNotice>
    </form>
  );
}
