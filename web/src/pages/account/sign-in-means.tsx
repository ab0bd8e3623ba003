/*
 * What one signs in with (B6): passkeys and apps, each with its name and when it was last used; the
 * password; recovery codes.
 */
import { useState } from "react";
import type { Session } from "../../api/types";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { useSessions } from "../../shell/session";
import { account } from "../../words/account";
import type { AccountProps } from "./account";
import { AddMeans, type MeansKind } from "./add-means";
import { AuthenticatorRow } from "./authenticator-row";
import { Password } from "./password";
import { RecoveryCodes } from "./recovery-codes";

const text = account.signIn;

export function SignInMeans(props: AccountProps) {
  const { account: shown, resource } = props;
  const { setSession, say } = useSessions();
  const [adding, setAdding] = useState<MeansKind>();
  const added = (session: Session, name: string) => {
    setSession(session);
    setAdding(undefined);
    say(text.wasAdded(name));
    return resource.reload();
  };
  return (
    <Section title={text.title}>
      <ul className="rows">
        {shown.authenticators.map((one) => (
          <AuthenticatorRow
            key={one.id}
            of={one}
            isStrong={shown.is_strong}
            onRemoved={resource.reload}
          />
        ))}
        <li>
          <Password {...props} />
        </li>
        <li>
          <RecoveryCodes {...props} />
        </li>
      </ul>
      {adding ? (
        <AddMeans kind={adding} onAdded={added} onClose={() => setAdding(undefined)} />
      ) : (
        <div className="acts account-act">
          <Act outline onAct={() => setAdding("passkey")}>
            {text.addPasskey}
          </Act>
          <Act outline onAct={() => setAdding("totp")}>
            {text.addApp}
          </Act>
        </div>
      )}
    </Section>
  );
}
