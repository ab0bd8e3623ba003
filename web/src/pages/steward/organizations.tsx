/*
 * Everyone the exchange knows, members or not, and adding one.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { OrganizationStatus } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { ChipShape } from "../../parts/labels";
import { SelectField } from "../../parts/field";
import { FormFrame } from "../../parts/form";
import { More } from "../../parts/more";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { useForm } from "../../parts/use-form";
import { Link, useRouter } from "../../shell/router";
import { words } from "../../words";
import { steward } from "../../words/steward";
import { ExchangePage } from "./frame";
import { EMPTY_ORGANIZATION, inputOf, OrganizationFields, STATUSES } from "./organization-fields";

const text = steward.organizations;

export function OrganizationsPage() {
  const [status, setStatus] = useState<OrganizationStatus | "">("");
  const query = { status: status || undefined };
  const { first, items, more } = usePages("/organizations", { query });
  const title = first.data ? text.head(items.length, !!more) : steward.exchange.nav.organizations;
  return (
    <ExchangePage part="organizations" title={title}>
      <div className="filter">
        <SelectField
          label={text.show}
          value={status}
          onChoice={setStatus}
          choices={[{ value: "", name: steward.exchange.all }, ...STATUSES]}
        />
      </div>
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.none}</Empty>}
            {items.length > 0 && (
              <Rows
                rows={items}
                keyOf={({ id }) => id}
                columns={[
                  {
                    name: text.columns.name,
                    cell: ({ id, name }) => (
                      <Link to={`/exchange/organizations/${id}`}>{name}</Link>
                    ),
                  },
                  { name: text.columns.sector, cell: ({ sector }) => words.sectors[sector] },
                  {
                    name: text.columns.status,
                    cell: (row) => <Standing status={row.status} isSuspended={row.is_suspended} />,
                  },
                  {
                    name: text.columns.ceiling,
                    cell: ({ ceiling }) => ceiling && <ChipShape label={ceiling} />,
                  },
                ]}
              />
            )}
            <More of={more} />
          </>
        )}
      </Ready>
      <Section title={text.add}>
        <AddOrganization />
      </Section>
    </ExchangePage>
  );
}

interface StandingProps {
  status: OrganizationStatus | undefined;
  isSuspended: boolean | undefined;
}

export function Standing({ status = "known", isSuspended }: StandingProps) {
  if (isSuspended) return <Status kind="late">{text.suspended}</Status>;
  return <Status kind={status === "member" ? "done" : "open"}>{text.statuses[status]}</Status>;
}

function AddOrganization() {
  const { go } = useRouter();
  const form = useForm(EMPTY_ORGANIZATION, async (typed, key) => {
    const { data } = await request("post", "/organizations", {
      body: inputOf(typed),
      idempotencyKey: key,
    });
    go(`/exchange/organizations/${data.id}`);
  });
  return (
    <FormFrame of={form} failed={text.addFailed} act={text.addAct}>
      <OrganizationFields form={form} />
    </FormFrame>
  );
}
