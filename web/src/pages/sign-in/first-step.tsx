/*
 * The first step: a passkey, which is all there is to it, or e-mail address and password.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import { hasPasskeys, signInByPasskey } from "../../api/passkey";
import type { Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { Failed } from "../../parts/states";
import { useSpoken } from "../../words/spoken";

interface FirstStepProps {
  onAnswer: (session: Session) => void;
  /* Who was signed in, where somebody signs in again. */
  email: string | undefined;
}

export function FirstStep({ onAnswer, email: known = "" }: FirstStepProps) {
  const { signIn: text, faults } = useSpoken();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [isShared, setShared] = useState(false);
  const passkey = useAct(async () => onAnswer(await signInByPasskey(isShared)));
  const form = useAct(async () => {
    const body = { email, password, is_shared_computer: isShared };
    const { data } = await request("post", "/session", { body });
    setPassword("");
    onAnswer(data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    passkey.forget();
    void form.run();
  };
  const byPasskey = () => {
    form.forget();
    return passkey.run();
  };
  const problem = form.problem ?? passkey.problem;
  return (
    <form onSubmit={submit} noValidate>
      {problem && <Failed problem={problem} what={text.failed} />}
      <Checkbox
        id="shared"
        name="shared"
        label={text.shared}
        labelDescription={text.sharedHint}
        checked={isShared}
        onChange={(event) => setShared(event.target.checked)}
      />
      {hasPasskeys() ? (
        <section aria-labelledby="with-passkey">
          <h2 id="with-passkey">{text.passkeyTitle}</h2>
          <p className="second">{text.passkeyAbout}</p>
          <p className="sign-in-act">
            <Act isBusy={passkey.isBusy} onAct={byPasskey}>
              {text.passkeyAct}
            </Act>
          </p>
        </section>
      ) : (
        <p className="second">{text.noPasskeys}</p>
      )}
      <section aria-labelledby="with-password">
        <h2 id="with-password">{text.passwordTitle}</h2>
        <TextField
          label={text.email}
          type="email"
          autoComplete="username"
          value={email}
          onText={setEmail}
          error={form.problem?.fieldMessage("/email", faults)}
        />
        <TextField
          label={text.password}
          type="password"
          autoComplete="current-password"
          value={password}
          onText={setPassword}
          error={form.problem?.fieldMessage("/password", faults)}
        />
        <p className="sign-in-act">
          <Act isSubmit outline={hasPasskeys()} isBusy={form.isBusy}>
            {text.act}
          </Act>
        </p>
      </section>
    </form>
  );
}
