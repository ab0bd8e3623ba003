/*
 * One organization: where it stands, what it may receive, what it belongs to, and taking its access
 * away or giving it back (B2, B4).
 */
import { request } from "../../api/client";
import type { OrganizationWhole } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource, type Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chooser, type Found } from "../../parts/chooser";
import { SelectField } from "../../parts/field";
import { findMembers, placeFound } from "../../parts/find-whom";
import { FormFrame } from "../../parts/form";
import { Section } from "../../parts/section";
import { Empty, Failed, Ready } from "../../parts/states";
import { useForm } from "../../parts/use-form";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { Link } from "../../shell/router";
import { words } from "../../words";
import { steward } from "../../words/steward";
import { ExchangePage } from "./frame";
import { inputOf, OrganizationFields } from "./organization-fields";
import { Standing } from "./organizations";

const text = steward.organizations;

export function OrganizationPage({ params }: PageProps) {
  const organization = params.organization ?? "";
  const resource = useResource("/organizations/{organization}", { params: { organization } });
  if (resource.problem?.status === 404) return <NothingHere />;
  const data = resource.data;
  return (
    <ExchangePage
      part="organizations"
      title={data?.name ?? steward.exchange.nav.organizations}
      facts={
        data && [
          words.sectors[data.sector],
          <Standing key="standing" status={data.status} isSuspended={data.is_suspended} />,
        ]
      }
    >
      <Ready of={resource}>
        {(one) => (
          <>
            <Change key={resource.etag} one={one} resource={resource} />
            <Section title={text.links}>
              <Links one={one} resource={resource} />
            </Section>
            <Section title={text.tokens}>
              <p>{text.tokensAbout}</p>
              <p>
                <Link to={`/exchange/organizations/${one.id}/tokens`}>{text.toTokens}</Link>
              </p>
            </Section>
            <Section title={text.access}>
              <Access one={one} resource={resource} />
            </Section>
          </>
        )}
      </Ready>
    </ExchangePage>
  );
}

interface PartProps {
  one: OrganizationWhole;
  resource: Resource<OrganizationWhole>;
}

function Change({ one, resource }: PartProps) {
  const start = {
    name: one.name,
    sector: one.sector,
    status: one.status ?? "known",
    ceiling: one.ceiling ?? "red",
    places: (one.places ?? []).map(placeFound),
    note: one.note ?? "",
  };
  const form = useForm(
    start,
    async (typed) => {
      const { data, etag } = await request("patch", "/organizations/{organization}", {
        params: { organization: one.id },
        body: inputOf(typed),
        match: resource.etag,
      });
      resource.replace(data, etag);
    },
    { keeps: true },
  );
  return (
    <FormFrame of={form} failed={steward.exchange.failed} act={text.keepAct}>
      <OrganizationFields form={form} />
    </FormFrame>
  );
}

const LINK_KINDS = (["member-of", "part-of"] as const).map((value) => ({
  value,
  name: text.linkKinds[value],
}));

function Links({ one, resource }: PartProps) {
  const form = useForm(
    { kind: LINK_KINDS[0]!.value as "member-of" | "part-of", to: [] as Found[] },
    async ({ kind, to }) => {
      await request("post", "/organizations/{organization}/links", {
        params: { organization: one.id },
        body: { kind, organization: to[0]?.id ?? "" },
      });
      await resource.reload();
    },
  );
  const { typed, type, error } = form;
  return (
    <>
      {(one.links ?? []).length === 0 && <Empty>{text.noLinks}</Empty>}
      <ul className="plain-list">
        {(one.links ?? []).map(({ kind, organization, name }) => (
          <li key={kind + organization}>
            {text.linkKinds[kind]}{" "}
            <Link to={`/exchange/organizations/${organization}`}>{name}</Link>
          </li>
        ))}
      </ul>
      <FormFrame outline of={form} failed={text.linkFailed} act={text.linkAct}>
        <SelectField
          label={text.linkKind}
          value={typed.kind}
          choices={LINK_KINDS}
          onChoice={(kind) => type({ kind })}
        />
        <Chooser
          isOne
          label={text.linkTo}
          chosen={typed.to}
          find={findMembers}
          onChoose={(to) => type({ to })}
          error={error("/organization")}
        />
      </FormFrame>
    </>
  );
}

function Access({ one, resource }: PartProps) {
  const act = useAct(async () => {
    const { data, etag } = await request("patch", "/organizations/{organization}", {
      params: { organization: one.id },
      body: { is_suspended: !one.is_suspended },
      match: resource.etag,
    });
    resource.replace(data, etag);
  });
  return (
    <>
      {act.problem && <Failed problem={act.problem} what={steward.exchange.failed} />}
      <p>{text.suspendAbout}</p>
      <div className="acts form-acts">
        <Act outline onAct={act.run} isBusy={act.isBusy}>
          {one.is_suspended ? text.reinstate(one.name) : text.suspend(one.name)}
        </Act>
      </div>
    </>
  );
}
