/*
 * Tokens for programs that act as oneself, for the office one acts for.
 */
import { request } from "../../api/client";
import { usePages } from "../../api/use-pages";
import { Section } from "../../parts/section";
import { account } from "../../words/account";
import type { MakeToken } from "../tokens/new-token";
import { TokenList } from "../tokens/token-list";

const text = account.tokens;

const make: MakeToken = async (body, idempotencyKey) =>
  (await request("post", "/account/tokens", { body, idempotencyKey })).data.secret;

export function Tokens() {
  const pages = usePages("/account/tokens");
  return (
    <Section title={text.title}>
      <p className="second account-part">{text.about}</p>
      <TokenList
        pages={pages}
        none={text.none}
        isMixed
        notice={text.notice}
        make={make}
        revokeAll={async () => {
          await request("delete", "/account/tokens");
          await pages.first.reload();
        }}
        revoke={({ id }) => request("delete", "/account/tokens/{token}", { params: { token: id } })}
      />
    </Section>
  );
}
