/*
 * Who may use which collection: giving a right, and taking it back.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useId } from "react";
import { request } from "../../api/client";
import type { Collection, Grant, Sector } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { SelectField, TextField } from "../../parts/field";
import { FormFrame } from "../../parts/form";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Failed, Ready } from "../../parts/states";
import { useForm } from "../../parts/use-form";
import { useZone } from "../../shell/session";
import { longDay } from "../../time/time";
import { words } from "../../words";
import { steward } from "../../words/steward";
import { ExchangePage } from "./frame";

const text = steward.grants;

export function GrantsPage() {
  const grants = useResource("/grants");
  const collections = useResource("/collections");
  const found = grants.data?.items;
  const title = found ? text.head(found.length) : steward.exchange.nav.grants;
  const act = useAct(async (_key: string, { collection, to }: Grant) => {
    await request("put", "/grants", { body: { collection, to, is_revoked: true } });
    await grants.reload();
  });
  return (
    <ExchangePage part="grants" title={title}>
      {act.problem && <Failed problem={act.problem} what={steward.exchange.failed} />}
      <Ready of={grants}>
        {({ items }) => (
          <>
            {items.length === 0 && <Empty>{text.none}</Empty>}
            {items.length > 0 && (
              <Grants grants={items} collections={collections.data?.items ?? []} onTake={act.run} />
            )}
          </>
        )}
      </Ready>
      <Section title={text.give}>
        <Ready of={collections}>
          {({ items }) => <Give collections={items} onGiven={grants.reload} />}
        </Ready>
      </Section>
    </ExchangePage>
  );
}

interface GrantsProps {
  grants: Grant[];
  collections: Collection[];
  onTake: (grant: Grant) => Promise<void>;
}

function Grants({ grants, collections, onTake }: GrantsProps) {
  const zone = useZone();
  const titleOf = (id: string) => collections.find((one) => one.id === id)?.title ?? id;
  return (
    <Rows
      rows={grants}
      keyOf={({ collection, to }) => `${collection} ${to}`}
      columns={[
        {
          name: text.columns.collection,
          cell: ({ collection, purpose }) => (
            <>
              {titleOf(collection)}
              {purpose && <p className="second">{purpose}</p>}
            </>
          ),
        },
        { name: text.columns.to, cell: nameOf },
        {
          name: text.columns.rights,
          cell: ({ may_read, may_write }) => text.rights(may_read, may_write),
        },
        {
          name: text.columns.until,
          cell: ({ until }) => (until ? longDay(new Date(until), zone) : text.forever),
        },
        {
          name: text.columns.next,
          cell: (grant) => (
            <Act
              unstyled
              of={`${titleOf(grant.collection)}, ${nameOf(grant)}`}
              onAct={() => onTake(grant)}
            >
              {text.take}
            </Act>
          ),
        },
      ]}
    />
  );
}

function nameOf({ to, name }: Grant): string {
  if (to === "all") return text.everyone;
  if (to.startsWith("sector:")) {
    return text.sector(words.sectors[to.slice("sector:".length) as Sector] ?? to);
  }
  return name ?? to;
}

interface GiveProps {
  collections: Collection[];
  onGiven: () => Promise<void>;
}

function Give({ collections, onGiven }: GiveProps) {
  const id = useId();
  const start = {
    collection: collections[0]?.id ?? "",
    to: "",
    purpose: "",
    may_read: true,
    may_write: false,
  };
  const form = useForm(start, async (typed) => {
    await request("put", "/grants", { body: { ...typed, to: typed.to.trim() } });
    await onGiven();
  });
  const { typed, type, error } = form;
  return (
    <FormFrame of={form} failed={text.giveFailed} act={text.giveAct}>
      <div className="fields-in-a-row">
        <SelectField
          label={text.collection}
          value={typed.collection}
          choices={collections.map(({ id: value, title: name }) => ({ value, name }))}
          onChoice={(collection) => type({ collection })}
          error={error("/collection")}
        />
        <TextField
          label={text.to}
          hint={text.toHint}
          value={typed.to}
          onText={(to) => type({ to })}
          error={error("/to")}
        />
      </div>
      <TextField
        label={text.purpose}
        isOptional
        maxLength={1000}
        value={typed.purpose}
        onText={(purpose) => type({ purpose })}
      />
      <div className="field">
        <Checkbox
          id={`${id}-read`}
          name={`${id}-read`}
          label={text.read}
          checked={typed.may_read}
          onChange={(event) => type({ may_read: event.target.checked })}
        />
        <Checkbox
          id={`${id}-write`}
          name={`${id}-write`}
          label={text.write}
          checked={typed.may_write}
          onChange={(event) => type({ may_write: event.target.checked })}
        />
      </div>
    </FormFrame>
  );
}
