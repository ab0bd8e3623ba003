/*
 * What a collection is, as a form: for adding one and for changing one.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useId } from "react";
import type { CollectionInput, Label } from "../../api/types";
import { SelectField, TextAreaField, TextField } from "../../parts/field";
import type { Form } from "../../parts/use-form";
import { steward } from "../../words/steward";
import { LABEL_CHOICES } from "./organization-fields";

const text = steward.collections;

export interface TypedCollection {
  title: string;
  alias: string;
  description: string;
  default_label: Label;
  is_public: boolean;
  publisher: string;
}

export const EMPTY_COLLECTION: TypedCollection = {
  title: "",
  alias: "",
  description: "",
  default_label: "amber",
  is_public: false,
  publisher: "",
};

/* A new one has no short name and no publisher unless they are typed. */
export function newCollectionOf({ alias, publisher, ...typed }: TypedCollection): CollectionInput {
  return { ...typed, alias: alias || undefined, publisher: publisher || undefined };
}

export function CollectionFields({ form }: { form: Form<TypedCollection> }) {
  const { typed, type, error } = form;
  const id = useId();
  return (
    <>
      <div className="fields-in-a-row">
        <TextField
          label={text.title}
          maxLength={300}
          value={typed.title}
          onText={(title) => type({ title })}
          error={error("/title")}
        />
        <TextField
          label={text.alias}
          isOptional
          maxLength={100}
          value={typed.alias}
          onText={(alias) => type({ alias })}
          error={error("/alias")}
        />
        <SelectField
          label={text.label}
          value={typed.default_label}
          choices={LABEL_CHOICES}
          onChoice={(default_label) => type({ default_label })}
          error={error("/default_label")}
        />
      </div>
      <TextAreaField
        label={text.description}
        isOptional
        rows={2}
        maxLength={4000}
        value={typed.description}
        onText={(description) => type({ description })}
        error={error("/description")}
      />
      <TextField
        label={text.publisher}
        hint={text.publisherHint}
        isOptional
        value={typed.publisher}
        onText={(publisher) => type({ publisher })}
        error={error("/publisher")}
      />
      <Checkbox
        id={id}
        name={id}
        className="field"
        label={text.isPublic}
        checked={typed.is_public}
        onChange={(event) => type({ is_public: event.target.checked })}
      />
    </>
  );
}
