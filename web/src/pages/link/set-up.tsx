/*
 * The second screen: a passkey first, else a password, after which an app is added.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import { addPasskey, hasPasskeys } from "../../api/passkey";
import type { Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { thisDevice } from "../../parts/agent";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { useSessions } from "../../shell/session";
import { useSpoken } from "../../words/spoken";

interface SetUpProps {
  isShared: boolean;
  onPasskey: (session: Session) => void;
  onPassword: (session: Session) => void;
}

export function SetUp({ isShared, onPasskey, onPassword }: SetUpProps) {
  const { session } = useSessions();
  const { link } = useSpoken();
  const text = link.set;
  const [wantsPassword, setWantsPassword] = useState(isShared || !hasPasskeys());
  const invited = session?.invited;
  return (
    <div className="wrap link-page">
      <PageHead
        title={text.title}
        over={link.steps(2)}
        facts={[invited && link.forWhom(invited.name, invited.organization), invited?.email]}
      />
      {hasPasskeys() ? (
        <Section title={text.passkeyTitle}>
          <MakePasskey isShared={isShared} onDone={onPasskey} />
        </Section>
      ) : (
        <p>{text.noPasskeys}</p>
      )}
      <Section title={text.passwordTitle}>
        {wantsPassword ? (
          <SetPassword onDone={onPassword} />
        ) : (
          <p className="link-next">
            <Act unstyled onAct={() => setWantsPassword(true)}>
              {text.passwordChoose}
            </Act>
          </p>
        )}
      </Section>
    </div>
  );
}

function MakePasskey({
  isShared,
  onDone,
}: {
  isShared: boolean;
  onDone: (session: Session) => void;
}) {
  const text = useSpoken().link.set;
  const act = useAct(async () => onDone(await addPasskey(thisDevice())));
  return (
    <>
      {act.problem && <Failed problem={act.problem} what={text.notMade} />}
      <p className="link-about">{isShared ? text.shared : text.passkeyAbout}</p>
      <Act outline={isShared} isBusy={act.isBusy} onAct={act.run}>
        {text.passkeyAct}
      </Act>
    </>
  );
}

function SetPassword({ onDone }: { onDone: (session: Session) => void }) {
  const { link, faults } = useSpoken();
  const text = link.set;
  const [password, setPassword] = useState("");
  const act = useAct(async () => {
    onDone((await request("put", "/account/password", { body: { password } })).data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.notSet} />}
      <TextField
        label={text.password}
        hint={text.passwordHint}
        type="password"
        autoComplete="new-password"
        value={password}
        onText={setPassword}
        error={act.problem?.fieldMessage("/password", faults)}
      />
      <p className="account-act">
        <Act isSubmit isBusy={act.isBusy}>
          {text.passwordAct}
        </Act>
      </p>
    </form>
  );
}
