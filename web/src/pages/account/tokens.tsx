/*
 * Tokens for programs that act as oneself, for the office one acts for.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Token } from "../../api/types";
import { useAct } from "../../api/use-act";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { Copy } from "../../parts/copy";
import { More } from "../../parts/more";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Opened, TwoStep } from "../../parts/two-step";
import { useZone } from "../../shell/session";
import { longDay } from "../../time/time";
import { account } from "../../words/account";
import { NewToken } from "./new-token";

const text = account.tokens;

type Shown = "list" | "new" | { secret: string };

export function Tokens() {
  const { first, items, more } = usePages("/account/tokens");
  const [shown, setShown] = useState<Shown>("list");
  const made = (secret: string) => {
    setShown({ secret });
    void first.reload();
  };
  return (
    <Section title={text.title}>
      <p className="second account-part">{text.about}</p>
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.none}</Empty>}
            <ul className="rows">
              {items.map((token) => (
                <Row key={token.id} of={token} onRevoked={first.reload} />
              ))}
            </ul>
            <More of={more} />
          </>
        )}
      </Ready>
      {shown === "new" && <NewToken onMade={made} onClose={() => setShown("list")} />}
      {shown === "list" && (
        <p className="account-act">
          <Act outline onAct={() => setShown("new")}>
            {text.add}
          </Act>
        </p>
      )}
      {typeof shown === "object" && (
        <Opened>
          <p>
            <b>{text.made}</b>
          </p>
          <Copy label={text.secret} value={shown.secret} act={text.copy} done={text.copied} />
          <Act unstyled onAct={() => setShown("list")}>
            {text.done}
          </Act>
        </Opened>
      )}
    </Section>
  );
}

function Row({ of: token, onRevoked }: { of: Token; onRevoked: () => Promise<void> }) {
  const zone = useZone();
  const revoke = useAct(async () => {
    await request("delete", "/account/tokens/{token}", { params: { token: token.id } });
    await onRevoked();
  });
  const facts = [
    token.organization,
    token.is_read_only ? text.reads : text.writes,
    token.expires && text.until(longDay(new Date(token.expires), zone)),
  ];
  return (
    <li>
      <b>{token.name}</b>
      <p className="second">{facts.filter(Boolean).join(", ")}</p>
      {token.is_revoked ? (
        <Status kind="none">{text.revoked}</Status>
      ) : (
        <TwoStep
          ask={text.revoke}
          of={token.name}
          about={text.revokeAbout}
          act={text.confirm(token.name)}
          doing={revoke}
          failed={text.notRevoked}
          keep={text.keep}
        />
      )}
    </li>
  );
}
