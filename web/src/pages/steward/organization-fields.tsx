/*
 * What is known of an organization, as a form: for adding one and for changing one.
 */
import type { Label, OrganizationInput, OrganizationStatus, Sector } from "../../api/types";
import { LABELS } from "../../parts/chip";
import { choicesOf, SECTORS } from "../../parts/choices";
import { Chooser, type Found } from "../../parts/chooser";
import { SelectField, TextAreaField, TextField, type Choice } from "../../parts/field";
import { findPlaces } from "../../parts/find-whom";
import type { Form } from "../../parts/use-form";
import { steward } from "../../words/steward";

const text = steward.organizations;

export const STATUSES = choicesOf<OrganizationStatus>(text.statuses);
export const LABEL_CHOICES: Choice<Label>[] = LABELS.map((label) => ({
  value: label,
  name: `TLP:${label.toUpperCase()}`,
}));

export interface TypedOrganization {
  name: string;
  sector: Sector;
  status: OrganizationStatus;
  ceiling: Label;
  places: Found[];
  note: string;
}

export const EMPTY_ORGANIZATION: TypedOrganization = {
  name: "",
  sector: "local",
  status: "known",
  ceiling: "red",
  places: [],
  note: "",
};

export function inputOf({ places, ...typed }: TypedOrganization): OrganizationInput {
  return { ...typed, jurisdictions: places.map(({ id }) => id) };
}

export function OrganizationFields({ form }: { form: Form<TypedOrganization> }) {
  const { typed, type, error } = form;
  return (
    <>
      <TextField
        label={text.name}
        maxLength={300}
        value={typed.name}
        onText={(name) => type({ name })}
        error={error("/name")}
      />
      <div className="fields-in-a-row">
        <SelectField
          label={text.sector}
          value={typed.sector}
          choices={SECTORS}
          onChoice={(sector) => type({ sector })}
          error={error("/sector")}
        />
        <SelectField
          label={text.status}
          value={typed.status}
          choices={STATUSES}
          onChoice={(status) => type({ status })}
          error={error("/status")}
        />
        <SelectField
          label={text.ceiling}
          value={typed.ceiling}
          choices={LABEL_CHOICES}
          onChoice={(ceiling) => type({ ceiling })}
          error={error("/ceiling")}
        />
      </div>
      <Chooser
        label={text.places}
        hint={text.placesHint}
        chosen={typed.places}
        find={findPlaces}
        onChoose={(places) => type({ places })}
        error={error("/jurisdictions")}
      />
      <TextAreaField
        label={text.note}
        isOptional
        rows={2}
        maxLength={2000}
        value={typed.note}
        onText={(note) => type({ note })}
        error={error("/note")}
      />
    </>
  );
}
