/*
 * Inviting somebody: who, how to know them, and what they may do.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Person, Role } from "../../api/types";
import { useAct } from "../../api/use-act";
import { SelectField } from "../../parts/field";
import { OpenedForm } from "../../parts/opened-form";
import { NOBODY, PersonFields } from "../../parts/person-fields";
import { Ticks } from "../../parts/ticks";
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
  const fault = (field: string) => act.problem?.fieldMessage(field);
  return (
    <OpenedForm
      of={act}
      onSend={act.run}
      onClose={onClose}
      failed={text.notInvited}
      title={text.title}
      notice={text.notice}
      act={text.send(person.name.trim())}
      cancel={text.cancel}
    >
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
    </OpenedForm>
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
