/*
 * Adding a passkey or an app under a name of one's own.
 */
import { useState, type FormEvent } from "react";
import { addPasskey, hasPasskeys } from "../../api/passkey";
import type { Account, Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { thisDevice } from "../../parts/agent";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { Failed } from "../../parts/states";
import { account, passkeys } from "../../words/account";
import { AddApp } from "./add-app";

const text = account.signIn;

export type MeansKind = Account["authenticators"][number]["kind"];

interface AddMeansProps {
  kind: MeansKind;
  onAdded: (session: Session, name: string) => Promise<void>;
  onClose: () => void;
}

export function AddMeans({ kind, onAdded, onClose }: AddMeansProps) {
  return (
    <div className="account-form">
      <h3>{kind === "passkey" ? text.addPasskey : text.addApp}</h3>
      {kind === "passkey" ? (
        <NewPasskey onAdded={onAdded} />
      ) : (
        <AddApp name={text.app} onAdded={(session) => void onAdded(session, text.app)} />
      )}
      <Act unstyled onAct={onClose}>
        {text.cancel}
      </Act>
    </div>
  );
}

function NewPasskey({ onAdded }: Pick<AddMeansProps, "onAdded">) {
  const [name, setName] = useState(thisDevice);
  const act = useAct(async () => onAdded(await addPasskey(name), name));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  if (!hasPasskeys()) return <p>{passkeys.unusable}</p>;
  return (
    <form onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.notAdded} />}
      <TextField
        label={text.name}
        maxLength={100}
        value={name}
        onText={setName}
        error={act.problem?.fieldMessage("/name")}
      />
      <p className="account-act">
        <Act isSubmit isBusy={act.isBusy}>
          {text.makePasskey}
        </Act>
      </p>
    </form>
  );
}
