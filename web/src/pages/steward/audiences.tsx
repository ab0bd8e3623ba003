/*
 * Named audiences (G4): those that the reader may read, and naming one.
 */
import type { ReactNode } from "react";
import { request } from "../../api/client";
import type { NamedAudience, Role, Sector, Use } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { choicesOf, SECTORS } from "../../parts/choices";
import { Chooser, type Found } from "../../parts/chooser";
import { SelectField, TextAreaField, TextField } from "../../parts/field";
import { findMembers, findPlaces, placeName } from "../../parts/find-whom";
import { FormFrame } from "../../parts/form";
import { More } from "../../parts/more";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Ticks } from "../../parts/ticks";
import { useForm, type Form } from "../../parts/use-form";
import { words } from "../../words";
import { steward, use } from "../../words/steward";
import { findPeople, findTokens } from "./find";
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

/* Those who are named, and those who fit whatever the three lists say. */
function whomOf(audience: NamedAudience): string {
  const { organizations, people, tokens, sectors, places = [], roles } = audience;
  const fitting = [
    sectors.length && text.ofSectors(sectors.map((sector) => words.sectors[sector as Sector])),
    places.length && text.within(places.map(placeName)),
    roles.length && text.withRole(roles.map((role) => text.roleDoes[role] ?? role)),
  ].filter((part) => part !== 0);
  return text.whom([
    organizations.length ? text.members(organizations.length) : "",
    people.length ? text.people(people.length) : "",
    tokens.length ? text.tokensOf(tokens.length) : "",
    fitting.length ? text.matching(fitting) : "",
  ]);
}

function useOf({ use: action, use_text }: NamedAudience): ReactNode {
  if (!action) return text.noUse;
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

const ROLES = choicesOf<Role>(text.roleNames);

const START = {
  name: "",
  organizations: [] as Found[],
  people: [] as Found[],
  tokens: [] as Found[],
  sectors: [] as Sector[],
  places: [] as Found[],
  roles: [] as Role[],
  use: "",
  useText: "",
};
type Typed = typeof START;

function AddAudience({ onAdded }: { onAdded: () => Promise<void> }) {
  const form = useForm(START, async (typed, key) => {
    const body = {
      name: typed.name,
      organizations: typed.organizations.map(({ id }) => id),
      people: typed.people.map(({ id }) => id),
      tokens: typed.tokens.map(({ id }) => id),
      sectors: typed.sectors,
      jurisdictions: typed.places.map(({ id }) => id),
      roles: typed.roles,
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
      <h3 className="form-part">{text.legend}</h3>
      <p>{text.admits}</p>
      <Named form={form} />
      <Fitting form={form} />
      <MayDo form={form} />
    </FormFrame>
  );
}

function Named({ form: { typed, type, error } }: { form: Form<Typed> }) {
  return (
    <fieldset className="usa-fieldset">
      <legend className="usa-legend">{text.named}</legend>
      <Chooser
        label={text.organizations}
        hint={text.organizationsHint}
        chosen={typed.organizations}
        find={findMembers}
        onChoose={(organizations) => type({ organizations })}
        error={error("/organizations")}
      />
      <Chooser
        label={text.peopleField}
        hint={text.peopleHint}
        chosen={typed.people}
        find={findPeople}
        onChoose={(people) => type({ people })}
        error={error("/people")}
      />
      <Chooser
        label={text.tokens}
        hint={text.tokensHint}
        chosen={typed.tokens}
        find={findTokens}
        onChoose={(tokens) => type({ tokens })}
        error={error("/tokens")}
      />
    </fieldset>
  );
}

function Fitting({ form: { typed, type, error } }: { form: Form<Typed> }) {
  return (
    <fieldset className="usa-fieldset">
      <legend className="usa-legend">{text.fitting}</legend>
      <Ticks
        legend={text.sectors}
        hint={text.sectorsHint}
        error={error("/sectors")}
        choices={SECTORS}
        ticked={typed.sectors}
        onTick={(sectors) => type({ sectors })}
      />
      <Chooser
        label={text.places}
        hint={text.placesHint}
        chosen={typed.places}
        find={findPlaces}
        onChoose={(places) => type({ places })}
        error={error("/jurisdictions")}
      />
      <Ticks
        legend={text.roles}
        hint={text.rolesHint}
        error={error("/roles")}
        choices={ROLES}
        ticked={typed.roles}
        onTick={(roles) => type({ roles })}
      />
    </fieldset>
  );
}

function MayDo({ form: { typed, type, error } }: { form: Form<Typed> }) {
  return (
    <>
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
    </>
  );
}
