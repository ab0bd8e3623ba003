/*
 * Saying who has which duty in an office that one manages, and when that was checked.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useId } from "react";
import { request } from "../../api/client";
import type { Duty } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { SelectField, TextField, type Choice } from "../../parts/field";
import { FormFrame } from "../../parts/form";
import { useForm } from "../../parts/use-form";
import { useReader } from "../../shell/session";
import { words } from "../../words";
import { steward } from "../../words/steward";

const text = steward.directory.own;

const OFFICES_MAX = 500;
const DUTIES: Choice<Duty>[] = (["primary", "stand-in", "after-hours"] as const).map((value) => ({
  value,
  name: words.duties[value],
}));

interface OwnDutiesProps {
  /* The office that is meant; else one's own. */
  office: string | undefined;
  onKept: () => Promise<void>;
}

export function OwnDuties({ office, onKept }: OwnDutiesProps) {
  const { organization } = useReader().acting_for;
  const offices = useResource("/organizations", { query: { limit: OFFICES_MAX } });
  const id = useId();
  const start = {
    organization: office ?? organization.id,
    email: "",
    duty: "primary" as Duty,
    verified: "",
    is_over: false,
  };
  const form = useForm(start, async ({ organization: where, email, ...said }) => {
    await request("put", "/organizations/{organization}/duties", {
      params: { organization: where },
      body: { ...said, person: email.trim(), verified: said.verified || undefined },
    });
    await onKept();
  });
  const { typed, type, error } = form;
  return (
    <FormFrame of={form} failed={text.failed} act={text.act} notice={text.notice}>
      <p>{text.about}</p>
      <SelectField
        label={text.organization}
        value={typed.organization}
        choices={(offices.data?.items ?? [organization]).map(({ id: value, name }) => ({
          value,
          name,
        }))}
        onChoice={(where) => type({ organization: where })}
      />
      <div className="fields-in-a-row">
        <TextField
          label={text.email}
          hint={text.emailHint}
          type="email"
          value={typed.email}
          onText={(email) => type({ email })}
          error={error("/person")}
        />
        <SelectField
          label={text.duty}
          value={typed.duty}
          choices={DUTIES}
          onChoice={(duty) => type({ duty })}
          error={error("/duty")}
        />
        <TextField
          label={text.verified}
          isOptional
          type="date"
          className="short"
          value={typed.verified}
          onText={(verified) => type({ verified })}
          error={error("/verified")}
        />
      </div>
      <Checkbox
        id={id}
        name={id}
        className="field"
        label={text.over}
        checked={typed.is_over}
        onChange={(event) => type({ is_over: event.target.checked })}
      />
    </FormFrame>
  );
}
