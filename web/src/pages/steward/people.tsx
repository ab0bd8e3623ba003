/*
 * Everyone with an account, for whom they act, and taking access away or giving it back.
 */
import { request } from "../../api/client";
import type { PersonRow } from "../../api/types";
import { useAct } from "../../api/use-act";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { Empty, Failed, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { words } from "../../words";
import { steward } from "../../words/steward";
import { ExchangePage } from "./frame";
import { Rows } from "./rows";

const text = steward.people;

export function PeoplePage() {
  const { first, items, more } = usePages("/people");
  const title = first.data ? text.head(items.length, !!more) : steward.exchange.nav.people;
  const act = useAct(async (_key: string, person: PersonRow) => {
    await request("patch", "/people/{person}", {
      params: { person: person.id },
      body: { is_suspended: !person.is_suspended },
    });
    await first.reload();
  });
  return (
    <ExchangePage part="people" title={title}>
      {act.problem && <Failed problem={act.problem} what={steward.exchange.failed} />}
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.none}</Empty>}
            {items.length > 0 && <People people={items} onChange={act.run} />}
            {more && <Act onAct={more}>{words.lists.more}</Act>}
          </>
        )}
      </Ready>
    </ExchangePage>
  );
}

interface PeopleProps {
  people: PersonRow[];
  onChange: (person: PersonRow) => Promise<void>;
}

function People({ people, onChange }: PeopleProps) {
  return (
    <Rows
      rows={people}
      keyOf={({ id }) => id}
      columns={[
        {
          name: text.columns.name,
          cell: ({ name, email }) => (
            <>
              {name}
              <p className="second">{email}</p>
            </>
          ),
        },
        {
          name: text.columns.offices,
          cell: ({ affiliations }) => (
            <ul className="plain-list">
              {affiliations.map(({ organization, roles }) => (
                <li key={organization.id}>{text.role(organization.name, roles)}</li>
              ))}
            </ul>
          ),
        },
        { name: text.columns.state, cell: (person) => <State person={person} /> },
        {
          name: text.columns.next,
          cell: (person) => (
            <Act unstyled of={person.name} onAct={() => onChange(person)}>
              {person.is_suspended ? text.reinstate : text.suspend}
            </Act>
          ),
        },
      ]}
    />
  );
}

function State({ person }: { person: PersonRow }) {
  if (person.is_suspended) return <Status kind="late">{text.suspended}</Status>;
  if (!person.has_password) return <Status kind="open">{text.waits}</Status>;
  return <Status kind="done">{text.active}</Status>;
}
