/*
 * Choosing organizations by name: a field that suggests members, and what is chosen as a list.
 */
import { useState } from "react";
import type { Organization } from "../api/types";
import { useResource } from "../api/use-resource";
import { words } from "../words";
import { Act } from "./act";
import { TextField } from "./field";

const text = words.hosts;
const MEMBERS_MAX = 500;

export function useMembers(): readonly Organization[] {
  return useResource("/organizations", { query: { limit: MEMBERS_MAX } }).data?.items ?? [];
}

interface OrganizationsProps {
  label: string;
  hint: string;
  members: readonly Organization[];
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
}

export function Organizations({ label, hint, members, chosen, onChoose }: OrganizationsProps) {
  const [name, setName] = useState("");
  const [isUnknown, setUnknown] = useState(false);
  const left = members.filter(({ id }) => !chosen.includes(id));
  const add = () => {
    const found = left.find((member) => member.name === name.trim());
    setUnknown(!found);
    if (!found) return;
    onChoose([...chosen, found.id]);
    setName("");
  };
  const nameOf = (id: string) => members.find((member) => member.id === id)?.name ?? id;
  return (
    <div className="organizations">
      <div className="organizations-add">
        <TextField
          label={label}
          hint={hint}
          isOptional
          value={name}
          onText={setName}
          suggestions={left.map((member) => member.name)}
          error={isUnknown ? text.noSuch : undefined}
        />
        <Act outline onAct={add} of={label}>
          {text.add}
        </Act>
      </div>
      {chosen.length > 0 && (
        <ul className="rows">
          {chosen.map((id) => (
            <li key={id} className="row-with-act">
              <span>{nameOf(id)}</span>
              <Act
                unstyled
                onAct={() => onChoose(chosen.filter((other) => other !== id))}
                of={nameOf(id)}
              >
                {text.takeOut}
              </Act>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
