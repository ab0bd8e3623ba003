/*
 * Adding an authenticator app: the key as a QR code and as text, and a code that proves the app has
 * it.
 */
import { useEffect, useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { Failed, Loading } from "../../parts/states";
import { useSpoken } from "../../words/spoken";
import { QrCode } from "./qr";

interface AddAppProps {
  name: string;
  onAdded: (session: Session) => void;
}

interface Key {
  secret: string;
  uri: string;
}

/* "ABCD EFGH …": people type in groups. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}

export function AddApp({ name, onAdded }: AddAppProps) {
  const { app: text, faults } = useSpoken();
  const [key, setKey] = useState<Key>();
  const [code, setCode] = useState("");
  const begin = useAct(async () => {
    setKey((await request("post", "/account/totp", { body: { name } })).data);
  });
  const confirm = useAct(async () => {
    onAdded((await request("put", "/account/totp", { body: { code } })).data);
  });
  useEffect(() => void begin.run(), []); // once: each try makes another key
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void confirm.run();
  };
  if (begin.problem) {
    return <Failed problem={begin.problem} what={text.notAdded} again={begin.run} />;
  }
  if (!key) return <Loading />;
  return (
    <form onSubmit={submit} noValidate className="add-app">
      {confirm.problem && <Failed problem={confirm.problem} what={text.notAdded} />}
      <p>{text.scan}</p>
      <QrCode content={key.uri} label={text.image} />
      <p>
        {text.type} <br />
        <code className="key" translate="no">
          {inGroups(key.secret)}
        </code>
      </p>
      <p>
        <a className="usa-link" href={key.uri}>
          {text.onPhone}
        </a>
      </p>
      <TextField
        label={text.code}
        hint={text.codeHint}
        className="short"
        inputMode="numeric"
        autoComplete="one-time-code"
        value={code}
        onText={setCode}
        error={confirm.problem?.fieldMessage("/code", faults)}
      />
      <p className="account-act">
        <Act isSubmit isBusy={confirm.isBusy}>
          {text.act}
        </Act>
      </p>
    </form>
  );
}
