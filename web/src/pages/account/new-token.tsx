/*
 * A new token: for what, what it may do, and until when.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { SelectField, TextField } from "../../parts/field";
import { Failed } from "../../parts/states";
import { Opened } from "../../parts/two-step";
import { account } from "../../words/account";

const text = account.tokens;
const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = ["30", "90", "365", ""] as const;
type Days = (typeof DAYS)[number];

const CHOICES = DAYS.map((value) => ({
  value,
  name: value ? text.days(Number(value)) : text.never,
}));

interface NewTokenProps {
  onMade: (secret: string) => void;
  onClose: () => void;
}

export function NewToken({ onMade, onClose }: NewTokenProps) {
  const [name, setName] = useState("");
  const [isReadOnly, setReadOnly] = useState(true);
  const [days, setDays] = useState<Days>("90");
  const act = useAct(async (idempotencyKey) => {
    const expires = days && new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    const body = { name, is_read_only: isReadOnly, ...(expires && { expires }) };
    const { data } = await request("post", "/account/tokens", { body, idempotencyKey });
    onMade(data.secret ?? "");
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <Opened>
      <form onSubmit={submit} noValidate>
        {act.problem && <Failed problem={act.problem} what={text.notMade} />}
        <TextField
          label={text.name}
          hint={text.nameHint}
          maxLength={200}
          value={name}
          onText={setName}
          error={act.problem?.fieldMessage("/name")}
        />
        <SelectField label={text.expires} value={days} choices={CHOICES} onChoice={setDays} />
        <Checkbox
          id="read-only"
          name="read-only"
          label={text.readOnly}
          checked={isReadOnly}
          onChange={(event) => setReadOnly(event.target.checked)}
        />
        <div className="acts">
          <Act isSubmit isBusy={act.isBusy}>
            {text.act}
          </Act>
          <Act unstyled onAct={onClose}>
            {account.signIn.cancel}
          </Act>
        </div>
      </form>
    </Opened>
  );
}
