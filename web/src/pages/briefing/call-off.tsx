/*
 * Calling a briefing off: why, and the button that says how many people will be told.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { words } from "../../words";

const text = words.briefing;

interface CallOffProps {
  briefing: Briefing;
  etag: string | undefined;
  onChange: (briefing: Briefing, etag?: string) => void;
  onClose: () => void;
}

export function CallOff({ briefing, etag, onChange, onClose }: CallOffProps) {
  const [reason, setReason] = useState("");
  const act = useAct(async () => {
    const asked = { params: { briefing: briefing.id }, match: etag, body: { reason } };
    const { data, etag: next } = await request("post", "/briefings/{briefing}/cancel", asked);
    onChange(data, next);
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form className="call-off" onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.notCalledOff} />}
      <TextAreaField
        label={text.callOffWhy}
        value={reason}
        onText={setReason}
        maxLength={1000}
        error={act.problem?.fieldMessage("/reason")}
      />
      <FormNotice says={text.callOffNotice}>
        <Act isSubmit isBusy={act.isBusy}>
          {text.callOffAct(briefing.counts?.invited ?? 0)}
        </Act>
        <Act unstyled onAct={onClose}>
          {text.keep}
        </Act>
      </FormNotice>
    </form>
  );
}
