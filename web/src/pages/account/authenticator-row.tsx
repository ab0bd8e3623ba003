/*
 * One passkey or app: its name, when it was added and last used, and the way to remove it.
 */
import { request } from "../../api/client";
import type { Account } from "../../api/types";
import { useAct } from "../../api/use-act";
import { TwoStep } from "../../parts/two-step";
import { useZone } from "../../shell/session";
import { shortDay, recentTime } from "../../time/time";
import { account } from "../../words/account";

const text = account.signIn;

interface RowProps {
  of: Account["authenticators"][number];
  isStrong: boolean;
  onRemoved: () => Promise<void>;
}

export function AuthenticatorRow({ of: one, isStrong, onRemoved }: RowProps) {
  const zone = useZone();
  const name = one.name || (one.kind === "passkey" ? text.passkey : text.app);
  const remove = useAct(async () => {
    const params = { authenticator: one.id };
    await request("delete", "/account/authenticators/{authenticator}", { params });
    await onRemoved();
  });
  return (
    <li>
      <b>{name}</b>
      <p className="second">
        {one.kind === "passkey" ? text.passkey : text.app},{" "}
        {text.added(shortDay(new Date(one.created), zone))},{" "}
        {one.used ? text.used(recentTime(new Date(one.used), zone)) : text.never}
      </p>
      <TwoStep
        ask={text.remove}
        of={name}
        about={isStrong ? text.removeAbout : text.weak}
        act={text.confirm(name)}
        doing={remove}
        failed={text.notRemoved}
        keep={text.keep}
      />
    </li>
  );
}
