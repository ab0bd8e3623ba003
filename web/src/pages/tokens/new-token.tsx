/*
 * A new token: for what, what it may do, where, and until when.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useId, useState } from "react";
import type { TokenInput } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { SelectField, TextField } from "../../parts/field";
import { OpenedForm } from "../../parts/opened-form";
import { Failed } from "../../parts/states";
import { Ticks } from "../../parts/ticks";
import { account } from "../../words/account";

const text = account.tokens;
const DAY_MS = 24 * 60 * 60 * 1000;
const DAYS = ["30", "90", "365", ""] as const;
type Days = (typeof DAYS)[number];

const CHOICES = DAYS.map((value) => ({
  value,
  name: value ? text.days(Number(value)) : text.never,
}));

/* Answers with the secret; none where the same was asked for twice, and it was shown before. */
export type MakeToken = (body: TokenInput, idempotencyKey: string) => Promise<string | undefined>;

interface NewTokenProps {
  notice: string;
  make: MakeToken;
  onMade: (secret: string | undefined) => void;
  onClose: () => void;
}

export function NewToken({ notice, make, onMade, onClose }: NewTokenProps) {
  const id = useId();
  const [name, setName] = useState("");
  const [isReadOnly, setReadOnly] = useState(true);
  const [days, setDays] = useState<Days>("90");
  const [collections, setCollections] = useState<string[]>([]);
  const act = useAct(async (idempotencyKey) => {
    const expires = days && new Date(Date.now() + Number(days) * DAY_MS).toISOString();
    const body = {
      name,
      is_read_only: isReadOnly,
      ...(expires && { expires }),
      ...(collections.length > 0 && { collections }),
    };
    onMade(await make(body, idempotencyKey));
  });
  const fault = (field: string) => act.problem?.fieldMessage(field);
  return (
    <OpenedForm
      of={act}
      onSend={act.run}
      onClose={onClose}
      failed={text.notMade}
      title={text.add}
      notice={notice}
      act={text.act}
      cancel={account.signIn.cancel}
    >
      <TextField
        label={text.name}
        hint={text.nameHint}
        maxLength={200}
        value={name}
        onText={setName}
        error={fault("/name")}
      />
      <SelectField
        label={text.expires}
        value={days}
        choices={CHOICES}
        onChoice={setDays}
        error={fault("/expires")}
      />
      <Checkbox
        id={id}
        name={id}
        className="field"
        label={text.readOnly}
        checked={isReadOnly}
        onChange={(event) => setReadOnly(event.target.checked)}
      />
      <Where ticked={collections} onTick={setCollections} error={fault("/collections")} />
    </OpenedForm>
  );
}

interface WhereProps {
  ticked: string[];
  onTick: (ticked: string[]) => void;
  error: string | undefined;
}

/* Nothing is asked where there is nothing to choose. */
function Where({ ticked, onTick, error }: WhereProps) {
  const { data, problem, reload } = useResource("/collections");
  const choices = (data?.items ?? []).map(({ id: value, title: name }) => ({ value, name }));
  return (
    <>
      {problem && <Failed problem={problem} what={text.noCollections} again={reload} />}
      {choices.length > 1 && (
        <Ticks
          legend={text.where}
          hint={text.whereHint}
          error={error}
          choices={choices}
          ticked={ticked}
          onTick={onTick}
        />
      )}
    </>
  );
}
