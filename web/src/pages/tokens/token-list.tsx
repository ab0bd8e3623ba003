/*
 * Tokens as rows, each to be revoked, and making one, whose secret is shown once.
 */
import { useState } from "react";
import type { Token } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource, type Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Copy } from "../../parts/copy";
import { More } from "../../parts/more";
import { Notice } from "../../parts/notice";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Opened, TwoStep } from "../../parts/two-step";
import { useZone } from "../../shell/session";
import { longDay } from "../../time/time";
import { account } from "../../words/account";
import { Connect } from "./connect";
import { isLive } from "./live";
import { NewToken, type MakeToken } from "./new-token";

const text = account.tokens;

/* Closed: the list again, after something stood above it. */
type Shown = "list" | "closed" | "new" | { secret: string | undefined };

interface TokenListProps {
  pages: {
    first: Resource<{ items: Token[] }>;
    items: Token[];
    more: (() => Promise<void>) | undefined;
  };
  none: string;
  /* Several organizations' may stand here. */
  isMixed?: boolean;
  notice: string;
  make: MakeToken;
  revoke: (token: Token) => Promise<unknown>;
  /* Where all of them are the reader's own. */
  revokeAll?: () => Promise<unknown>;
}

export function TokenList({
  pages: { first, items, more },
  none,
  isMixed,
  ...how
}: TokenListProps) {
  const [shown, setShown] = useState<Shown>("list");
  const isList = shown === "list" || shown === "closed";
  const made = (secret: string | undefined) => {
    setShown({ secret });
    void first.reload();
  };
  const live = items.filter((token) => isLive(token));
  const revoke = async (token: Token) => {
    await how.revoke(token);
    await first.reload();
  };
  return (
    <>
      {shown === "new" && (
        <NewToken
          notice={how.notice}
          make={how.make}
          onMade={made}
          onClose={() => setShown("closed")}
        />
      )}
      {typeof shown === "object" && (
        <Made secret={shown.secret} onDone={() => setShown("closed")} />
      )}
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{none}</Empty>}
            <ul className="rows">
              {items.map((token) => (
                <Row key={token.id} of={token} isMixed={isMixed} onRevoke={revoke} />
              ))}
            </ul>
            <More of={more} />
          </>
        )}
      </Ready>
      {isList && (
        <div className="acts account-act">
          <Act outline takesFocus={shown === "closed"} onAct={() => setShown("new")}>
            {text.add}
          </Act>
          {how.revokeAll && live.length > 1 && <RevokeAll live={live.length} by={how.revokeAll} />}
        </div>
      )}
      {isList && <Connect />}
    </>
  );
}

function Made({ secret, onDone }: { secret: string | undefined; onDone: () => void }) {
  return (
    <Opened>
      {secret ? (
        <>
          <p>
            <b>{text.made}</b>
          </p>
          <Copy label={text.secret} value={secret} act={text.copy} done={text.copied} />
          <Connect isOpen />
        </>
      ) : (
        <Notice type="warning">{text.shownBefore}</Notice>
      )}
      <Act unstyled onAct={onDone}>
        {text.done}
      </Act>
    </Opened>
  );
}

function RevokeAll({ live, by }: { live: number; by: () => Promise<unknown> }) {
  const revoke = useAct(async () => void (await by()));
  return (
    <TwoStep
      ask={text.revokeAll(live)}
      about={text.revokeAllAbout}
      act={text.confirmAll(live)}
      doing={revoke}
      failed={text.notRevokedAll}
      keep={text.keepAll}
    />
  );
}

interface RowProps {
  of: Token;
  isMixed: boolean | undefined;
  onRevoke: (of: Token) => Promise<void>;
}

function Row({ of: token, isMixed, onRevoke }: RowProps) {
  const revoke = useAct(() => onRevoke(token));
  return (
    <li>
      <b>{token.name}</b>
      <p className="second">
        <RightsOf token={token} isMixed={isMixed} />
      </p>
      <p className="second token-id">{token.id}</p>
      {!isLive(token) ? (
        <Status kind="none">{token.is_revoked ? text.revoked : text.over}</Status>
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

function RightsOf({ token, isMixed }: { token: Token; isMixed: boolean | undefined }) {
  const zone = useZone();
  const facts = [
    isMixed && token.organization,
    token.kind === "certificate" && text.certificate,
    token.is_read_only ? text.reads : text.writes,
    token.collections && <Only key="only" collections={token.collections} />,
    token.expires ? text.until(longDay(new Date(token.expires), zone)) : text.forever,
  ].filter(Boolean);
  return facts.map((fact, n) => (
    <span key={n}>
      {n > 0 && ", "}
      {fact}
    </span>
  ));
}

/* By their titles, where they are known. */
function Only({ collections }: { collections: string[] }) {
  const { data } = useResource("/collections");
  const titles = new Map((data?.items ?? []).map(({ id, title }) => [id, title]));
  return text.only(collections.map((id) => titles.get(id) ?? id));
}
