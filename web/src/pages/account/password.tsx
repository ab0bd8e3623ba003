/*
 * The password: whether there is one, and another in its place.
 */
import { useState } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { OpenedForm } from "../../parts/opened-form";
import { useSessions } from "../../shell/session";
import { account } from "../../words/account";
import type { AccountProps } from "./account";

const text = account.signIn;

export function Password({ account: shown, resource }: AccountProps) {
  const { say } = useSessions();
  const [isSetting, setSetting] = useState(false);
  const done = () => {
    setSetting(false);
    say(text.wasSet);
    return resource.reload();
  };
  return (
    <>
      <b>{text.password}</b>
      <p className="second">{shown.has_password ? text.has : text.none}</p>
      {isSetting ? (
        <NewPassword hasOld={shown.has_password} onDone={done} onClose={() => setSetting(false)} />
      ) : (
        <Act unstyled onAct={() => setSetting(true)}>
          {shown.has_password ? text.change : text.set}
        </Act>
      )}
    </>
  );
}

interface NewPasswordProps {
  hasOld: boolean;
  onDone: () => Promise<void>;
  onClose: () => void;
}

function NewPassword({ hasOld, onDone, onClose }: NewPasswordProps) {
  const { setSession } = useSessions();
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const act = useAct(async () => {
    const body = hasOld ? { old, password } : { password };
    setSession((await request("put", "/account/password", { body })).data);
    await onDone();
  });
  return (
    <OpenedForm
      of={act}
      onSend={act.run}
      onClose={onClose}
      failed={text.notSet}
      act={text.act}
      cancel={text.cancel}
    >
      {hasOld && (
        <TextField
          label={text.old}
          type="password"
          autoComplete="current-password"
          value={old}
          onText={setOld}
          error={act.problem?.fieldMessage("/old")}
        />
      )}
      <TextField
        label={text.next}
        hint={text.nextHint}
        type="password"
        autoComplete="new-password"
        value={password}
        onText={setPassword}
        error={act.problem?.fieldMessage("/password")}
      />
    </OpenedForm>
  );
}
