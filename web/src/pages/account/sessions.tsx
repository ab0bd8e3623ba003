/*
 * Where one is signed in, since when, and the way to end it.
 */
import { request } from "../../api/client";
import type { Account } from "../../api/types";
import { useAct } from "../../api/use-act";
import { browserOf } from "../../parts/agent";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { useZone } from "../../shell/session";
import { recentTime } from "../../time/time";
import { account } from "../../words/account";
import type { AccountProps } from "./account";

const text = account.sessions;

export function Sessions({ account: shown, resource }: AccountProps) {
  const others = shown.sessions.filter(({ is_this }) => !is_this);
  const end = useAct(async (_, ids: string[]) => {
    for (const session of ids) {
      await request("delete", "/account/sessions/{session}", { params: { session } });
    }
    await resource.reload();
  });
  return (
    <Section title={text.title}>
      {end.problem && <Failed problem={end.problem} what={text.notEnded} />}
      <ul className="rows">
        {shown.sessions.map((one) => (
          <Row key={one.id} of={one} onEnd={() => end.run([one.id])} />
        ))}
      </ul>
      {others.length > 1 && (
        <p className="account-act">
          <Act outline isBusy={end.isBusy} onAct={() => end.run(others.map(({ id }) => id))}>
            {text.endOthers(others.length)}
          </Act>
        </p>
      )}
    </Section>
  );
}

interface RowProps {
  of: Account["sessions"][number];
  onEnd: () => Promise<void>;
}

function Row({ of: one, onEnd }: RowProps) {
  const zone = useZone();
  const facts = [
    one.organization,
    one.is_shared_computer && text.shared,
    text.since(recentTime(new Date(one.begun), zone)),
    text.used(recentTime(new Date(one.used), zone)),
    one.address,
  ];
  return (
    <li className="row-with-act">
      <div>
        <b>{browserOf(one.browser)}</b>
        <p className="second">{facts.filter(Boolean).join(", ")}</p>
      </div>
      {one.is_this ? (
        <Status kind="done">{text.this}</Status>
      ) : (
        <Act unstyled of={browserOf(one.browser)} onAct={onEnd}>
          {text.end}
        </Act>
      )}
    </li>
  );
}
