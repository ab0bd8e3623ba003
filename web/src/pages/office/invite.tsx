/*
 * Inviting somebody: who, how to know them, and what they may do.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Person, Role } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { SelectField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { NOBODY, PersonFields } from "../../parts/person-fields";
import { Failed } from "../../parts/states";
import { Ticks } from "../../parts/ticks";
import { Opened } from "../../parts/two-step";
import { useReader } from "../../shell/session";
import { office } from "../../words/account";
import type { Made } from "./made-link";

const text = office.invite;
const ROLES: readonly Role[] = ["member", "publisher", "observer", "admin", "steward"];

interface InviteProps {
  people: Person[];
  onMade: (made: Made) => Promise<void>;
  onClose: () => void;
}

/* One's own office, and those of the people one manages already. */
function useOffices(people: Person[]) {
  const { acting_for } = useReader();
  const all = [acting_for, ...people.flatMap(({ affiliations }) => affiliations)];
  const names = new Map(all.map(({ organization: { id, name } }) => [id, name]));
  return [...names].map(([value, name]) => ({ value, name }));
}

export function Invite({ people, onMade, onClose }: InviteProps) {
  const offices = useOffices(people);
  const choices = useRoles();
  const [organization, setOrganization] = useState(offices[0]?.value ?? "");
  const [person, setPerson] = useState(NOBODY);
  const [roles, setRoles] = useState<Role[]>(["member"]);
  const act = useAct(async (idempotencyKey) => {
    const body = { organization, ...person, roles };
    await onMade((await request("post", "/people", { body, idempotencyKey })).data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  const fault = (field: string) => act.problem?.fieldMessage(field);
  return (
    <Opened>
      <form onSubmit={submit} noValidate>
        {act.problem && <Failed problem={act.problem} what={text.notInvited} />}
        <h2>{text.title}</h2>
        {offices.length > 1 && (
          <SelectField
            label={text.organization}
            value={organization}
            choices={offices}
            onChoice={setOrganization}
            error={fault("/organization")}
          />
        )}
        <PersonFields of={person} onChange={setPerson} text={text} problem={act.problem} />
        <Ticks
          legend={text.roles}
          error={fault("/roles")}
          choices={choices}
          ticked={roles}
          onTick={setRoles}
        />
        <FormNotice says={text.notice}>
          <Act isSubmit isBusy={act.isBusy}>
            {text.send(person.name.trim())}
          </Act>
          <Act unstyled onAct={onClose}>
            {text.cancel}
          </Act>
        </FormNotice>
      </form>
    </Opened>
  );
}

/* Only a steward makes somebody a steward. */
function useRoles() {
  const isSteward = useReader().acting_for.roles.includes("steward");
  return ROLES.filter((role) => role !== "steward" || isSteward).map((value) => ({
    value,
    name: text.role[value],
  }));
}
