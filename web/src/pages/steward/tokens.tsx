/*
 * The tokens and certificates by which programs come in, and revoking one.
 */
import { request } from "../../api/client";
import type { Token } from "../../api/types";
import { useAct } from "../../api/use-act";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { More } from "../../parts/more";
import { Rows } from "../../parts/rows";
import { Empty, Failed, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { longDay } from "../../time/time";
import { steward } from "../../words/steward";
import { ExchangePage } from "./frame";

const text = steward.tokens;

export function TokensPage() {
  const { first, items, more } = usePages("/tokens");
  const live = items.filter(({ is_revoked }) => !is_revoked).length;
  const title = first.data ? text.head(live, !!more) : steward.exchange.nav.tokens;
  const act = useAct(async (_key: string, token: Token) => {
    await request("delete", "/tokens/{token}", { params: { token: token.id } });
    await first.reload();
  });
  return (
    <ExchangePage
      part="tokens"
      title={title}
      acts={<Link to="/exchange/organizations">{text.make}</Link>}
    >
      {act.problem && <Failed problem={act.problem} what={steward.exchange.failed} />}
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.none}</Empty>}
            {items.length > 0 && <Tokens tokens={items} onRevoke={act.run} />}
            <More of={more} />
          </>
        )}
      </Ready>
    </ExchangePage>
  );
}

interface TokensProps {
  tokens: Token[];
  onRevoke: (token: Token) => Promise<void>;
}

function Tokens({ tokens, onRevoke }: TokensProps) {
  const zone = useZone();
  return (
    <Rows
      rows={tokens}
      keyOf={({ id }) => id}
      columns={[
        {
          name: text.columns.name,
          cell: ({ id, name, kind }) => (
            <>
              {name}
              <p className="second">{id}</p>
              {kind === "certificate" && <p className="second">{text.certificate}</p>}
            </>
          ),
        },
        {
          name: text.columns.of,
          cell: ({ organization, person }) => (
            <>
              {organization}
              {person && <p className="second">{person}</p>}
            </>
          ),
        },
        { name: text.columns.rights, cell: rightsOf },
        {
          name: text.columns.state,
          cell: ({ is_revoked, expires }) => {
            if (is_revoked) return <Status kind="none">{text.revoked}</Status>;
            return expires ? text.until(longDay(new Date(expires), zone)) : text.forever;
          },
        },
        {
          name: text.columns.next,
          cell: (token) =>
            !token.is_revoked && (
              <Act unstyled of={token.name} onAct={() => onRevoke(token)}>
                {text.revoke}
              </Act>
            ),
        },
      ]}
    />
  );
}

function rightsOf({ is_read_only, collections }: Token): string {
  const what = is_read_only ? text.readOnly : text.everything;
  return collections ? `${what}, ${text.narrowed(collections.length)}` : what;
}
