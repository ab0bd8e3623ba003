/*
 * Named audiences (G4): those that the reader may read, and naming one.
 */
import type { ReactNode } from "react";
import { request } from "../../api/client";
import type { NamedAudience, Sector, Use } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { SECTORS } from "../../parts/choices";
import { SelectField, TextAreaField, TextField } from "../../parts/field";
import { FormFrame } from "../../parts/form";
import { More } from "../../parts/more";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { listOf, useForm } from "../../parts/use-form";
import { words } from "../../words";
import { steward, use } from "../../words/steward";
import { ExchangePage } from "./frame";

const text = steward.audiences;

export function AudiencesPage() {
  const { first, items, more } = usePages("/audiences");
  const title = first.data ? text.head(items.length, !!more) : steward.exchange.nav.audiences;
  return (
    <ExchangePage part="audiences" title={title} facts={[text.about]}>
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.none}</Empty>}
            {items.length > 0 && <Audiences rows={items} />}
            <More of={more} />
          </>
        )}
      </Ready>
      <Section title={text.add}>
        <AddAudience onAdded={first.reload} />
      </Section>
    </ExchangePage>
  );
}

function Audiences({ rows }: { rows: NamedAudience[] }) {
  return (
    <Rows
      rows={rows}
      keyOf={({ id }) => id}
      columns={[
        {
          name: text.columns.name,
          cell: ({ id, name }) => (
            <>
              {name}
              <p className="second">{id}</p>
            </>
          ),
        },
        { name: text.columns.of, cell: ({ of: owner }) => owner },
        { name: text.columns.whom, cell: whomOf },
        { name: text.columns.use, cell: useOf },
      ]}
    />
  );
}

function whomOf(audience: NamedAudience): string {
  const { organizations, people, sectors, jurisdictions, roles } = audience;
  return text.whom([
    organizations.length ? text.members(organizations.length) : "",
    people.length ? text.people(people.length) : "",
    ...sectors.map((sector) => words.sectors[sector as Sector]),
    ...jurisdictions,
    ...roles,
  ]);
}

function useOf({ use: action, use_text }: NamedAudience): ReactNode {
  if (!action) return null;
  return (
    <>
      {use[action]}
      {use_text && <p className="second">{use_text}</p>}
    </>
  );
}

const USES = (["none", "ask", "internal", "visible"] as const).map((value) => ({
  value,
  name: use[value],
}));

const START = {
  name: "",
  organizations: "",
  people: "",
  sector: "",
  jurisdictions: "",
  use: "",
  useText: "",
};

function AddAudience({ onAdded }: { onAdded: () => Promise<void> }) {
  const form = useForm(START, async (typed, key) => {
    const body = {
      name: typed.name,
      organizations: listOf(typed.organizations),
      people: listOf(typed.people),
      sectors: typed.sector ? [typed.sector as Sector] : [],
      jurisdictions: listOf(typed.jurisdictions),
      use: (typed.use as Use) || undefined,
      use_text: typed.useText.trim() || undefined,
    };
    await request("post", "/audiences", { body, idempotencyKey: key });
    await onAdded();
  });
  const { typed, type, error } = form;
  return (
    <FormFrame of={form} failed={text.addFailed} act={text.addAct}>
      <TextField
        label={text.name}
        maxLength={300}
        value={typed.name}
        onText={(name) => type({ name })}
        error={error("/name")}
      />
      <TextAreaField
        label={text.organizations}
        hint={text.organizationsHint}
        isOptional
        value={typed.organizations}
        onText={(organizations) => type({ organizations })}
        error={error("/organizations")}
      />
      <TextAreaField
        label={text.peopleField}
        hint={text.peopleHint}
        isOptional
        value={typed.people}
        onText={(people) => type({ people })}
        error={error("/people")}
      />
      <div className="fields-in-a-row">
        <SelectField
          label={text.sector}
          value={typed.sector}
          choices={[{ value: "", name: text.noSector }, ...SECTORS]}
          onChoice={(sector) => type({ sector })}
          error={error("/sectors")}
        />
        <TextField
          label={text.jurisdictions}
          hint={steward.organizations.jurisdictionsHint}
          isOptional
          value={typed.jurisdictions}
          onText={(jurisdictions) => type({ jurisdictions })}
          error={error("/jurisdictions")}
        />
      </div>
      <SelectField
        label={text.use}
        value={typed.use}
        choices={[{ value: "", name: text.noUse }, ...USES]}
        onChoice={(chosen) => type({ use: chosen })}
        error={error("/use")}
      />
      {typed.use && (
        <TextAreaField
          label={text.useText}
          isOptional
          rows={2}
          maxLength={500}
          value={typed.useText}
          onText={(useText) => type({ useText })}
          error={error("/use_text")}
        />
      )}
    </FormFrame>
  );
}
