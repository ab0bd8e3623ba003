/*
 * The second step, after a password that was right: a passkey, a code of the app, or a recovery
 * code.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import { hasPasskeys, signInByPasskey } from "../../api/passkey";
import type { Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { PageHead } from "../../parts/page-head";
import { Failed } from "../../parts/states";
import { useSessions } from "../../shell/session";
import { useSpoken } from "../../words/spoken";
import { Help } from "./help";

type Way = "passkey" | "code" | "recovery_code";

interface SecondStepProps {
  needs: "totp" | "passkey";
  onAnswer: (session: Session) => void;
  onBack: () => void;
}

export function SecondStep({ needs, onAnswer, onBack }: SecondStepProps) {
  const { session } = useSessions();
  const text = useSpoken().signIn.second;
  const [way, setWay] = useState<Way>(needs === "passkey" ? "passkey" : "code");
  return (
    <div className="wrap sign-in">
      <PageHead title={text.title} />
      <div className="columns two-to-one">
        <div>
          <p className="sign-in-about">{text.about}</p>
          {way === "passkey" ? (
            <ByPasskey isShared={session?.is_shared_computer ?? false} onAnswer={onAnswer} />
          ) : (
            <ByCode key={way} way={way} onAnswer={onAnswer} />
          )}
          <ul className="plain-list sign-in-ways">
            {way !== "passkey" && needs === "passkey" && (
              <Choice onAct={() => setWay("passkey")}>{text.toPasskey}</Choice>
            )}
            {way !== "code" && <Choice onAct={() => setWay("code")}>{text.toCode}</Choice>}
            {way !== "recovery_code" && (
              <Choice onAct={() => setWay("recovery_code")}>{text.toRecovery}</Choice>
            )}
            <Choice onAct={onBack}>{text.back}</Choice>
          </ul>
        </div>
        <Help contact={session?.exchange.contact} />
      </div>
    </div>
  );
}

function Choice({ onAct, children }: { onAct: () => void; children: string }) {
  return (
    <li>
      <Act unstyled onAct={onAct}>
        {children}
      </Act>
    </li>
  );
}

interface WayProps {
  onAnswer: (session: Session) => void;
}

function ByPasskey({ isShared, onAnswer }: WayProps & { isShared: boolean }) {
  const act = useAct(async () => onAnswer(await signInByPasskey(isShared)));
  const { signIn } = useSpoken();
  if (!hasPasskeys()) return <p>{signIn.noPasskeys}</p>;
  return (
    <>
      {act.problem && <Failed problem={act.problem} what={signIn.failed} />}
      <p className="sign-in-act">
        <Act isBusy={act.isBusy} onAct={act.run}>
          {signIn.second.passkey}
        </Act>
      </p>
    </>
  );
}

function ByCode({ way, onAnswer }: WayProps & { way: "code" | "recovery_code" }) {
  const { signIn, faults } = useSpoken();
  const text = signIn.second;
  const [code, setCode] = useState("");
  const act = useAct(async () => {
    const { data } = await request("post", "/session/second", { body: { [way]: code } });
    onAnswer(data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  const isApp = way === "code";
  return (
    <form onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={signIn.failed} />}
      <TextField
        label={isApp ? text.code : text.recovery}
        hint={isApp ? text.codeHint : text.recoveryHint}
        className={isApp ? "short" : undefined}
        inputMode={isApp ? "numeric" : "text"}
        autoComplete={isApp ? "one-time-code" : "off"}
        value={code}
        onText={setCode}
        error={act.problem?.fieldMessage("/code", faults)}
      />
      <p className="sign-in-act">
        <Act isSubmit isBusy={act.isBusy}>
          {isApp ? text.act : text.recoveryAct}
        </Act>
      </p>
    </form>
  );
}
