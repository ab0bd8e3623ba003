/*
 * The tokens with which programs act for an organization and for no person: kept by its own admins,
 * and by stewards.
 */
import { request } from "../../api/client";
import type { Token } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { useResource } from "../../api/use-resource";
import { PageHead, type Crumb } from "../../parts/page-head";
import { Failed } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { Link } from "../../shell/router";
import { useReader } from "../../shell/session";
import { office, organizationTokens as text } from "../../words/account";
import type { MakeToken } from "./new-token";
import { TokenList } from "./token-list";

/* Of one's own organization. */
export function OfficeTokensPage() {
  const { organization } = useReader().acting_for;
  return <OrganizationTokens of={organization} crumbs={[{ title: office.title, to: "/office" }]} />;
}

/* Of any, for a steward. */
export function OrganizationTokensPage({ params }: PageProps) {
  const organization = params.organization ?? "";
  const isSteward = useReader().acting_for.roles.includes("steward");
  const { data, problem } = useResource("/organizations/{organization}", {
    params: { organization },
  });
  if (!isSteward || problem?.status === 404) return <NothingHere />;
  const name = data?.name ?? "";
  const crumbs = [
    { title: text.organizations, to: "/exchange/organizations" },
    { title: name, to: `/exchange/organizations/${organization}` },
  ];
  return <OrganizationTokens of={{ id: organization, name }} crumbs={name ? crumbs : []} />;
}

interface OrganizationTokensProps {
  of: { id: string; name: string };
  crumbs: Crumb[];
}

function OrganizationTokens({ of: organization, crumbs }: OrganizationTokensProps) {
  const params = { organization: organization.id };
  const pages = usePages("/organizations/{organization}/tokens", { params });
  const { first, items, more } = pages;
  const head = { crumbs, here: text.here };
  if (first.problem?.status === 403) {
    return (
      <div className="wrap">
        <Failed problem={first.problem} />
        <PageHead title={text.notYours(organization.name)} {...head} />
        <p>
          <Link to="/account">{office.toAccount}</Link>
        </p>
      </div>
    );
  }
  const live = items.filter(({ is_revoked }) => !is_revoked).length;
  const make: MakeToken = async (body, idempotencyKey) => {
    const asked = { params, body, idempotencyKey };
    return (await request("post", "/organizations/{organization}/tokens", asked)).data.secret;
  };
  const revoke = ({ id: token }: Token) =>
    request("delete", "/organizations/{organization}/tokens/{token}", {
      params: { ...params, token },
    });
  return (
    <div className="wrap">
      <PageHead
        title={first.data ? text.head(live, !!more, organization.name) : text.here}
        facts={[text.about]}
        {...head}
      />
      <TokenList
        pages={pages}
        none={text.none}
        notice={text.notice(organization.name)}
        make={make}
        revoke={revoke}
      />
    </div>
  );
}
