/*
 * Noting a promise: what, who, by when.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Briefing, Commitment } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { useMembers } from "../../parts/organizations";
import { Failed } from "../../parts/states";
import { words } from "../../words";

const text = words.commitments;

interface AddProps {
  briefing: Briefing;
  onAdd: (now: { items: Commitment[] }) => void;
}

export function AddCommitment({ briefing, onAdd }: AddProps) {
  const members = useMembers();
  const [content, setContent] = useState("");
  const [who, setWho] = useState(briefing.hosts[0]?.organization.name ?? "");
  const [due, setDue] = useState("");
  const [isUnknown, setUnknown] = useState(false);
  const act = useAct(async (key, organization: string) => {
    const body = { content: content.trim(), organization, due: due || undefined };
    const asked = { params: { briefing: briefing.id }, body, idempotencyKey: key };
    onAdd((await request("post", "/briefings/{briefing}/commitments", asked)).data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = members.find(({ name }) => name === who.trim());
    setUnknown(!found);
    if (found) void act.run(found.id);
  };
  return (
    <form onSubmit={submit} noValidate className="call-off">
      {act.problem && <Failed problem={act.problem} what={text.notKept} />}
      <TextField
        label={text.what}
        value={content}
        onText={setContent}
        maxLength={500}
        error={act.problem?.fieldMessage("/content")}
      />
      <div className="fields-in-a-row">
        <TextField
          label={text.who}
          value={who}
          onText={setWho}
          suggestions={members.map(({ name }) => name)}
          error={isUnknown ? words.hosts.noSuch : undefined}
        />
        <TextField label={text.day} type="date" isOptional value={due} onText={setDue} />
      </div>
      <FormNotice says={text.notice}>
        <Act isSubmit isBusy={act.isBusy}>
          {text.keep}
        </Act>
      </FormNotice>
    </form>
  );
}
