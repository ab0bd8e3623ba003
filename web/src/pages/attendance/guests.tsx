/*
 * Who came without an invitation: noted by a host, by the directory or by a name.
 */
import { useEffect, useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Attendance, Officer } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { useOpening } from "../../parts/opening";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { Opened } from "../../parts/two-step";
import { words } from "../../words";

const text = words.guests;
const OFFERED_MAX = 20;
const TYPED_MIN = 2;
const SETTLED_MS = 250;
const PATH = "/briefings/{briefing}/guests";

type Guest = Attendance["guests"][number];

interface GuestsProps {
  briefing: string;
  guests: readonly Guest[];
  onChange: () => Promise<void>;
}

export function Guests({ briefing, guests, onChange }: GuestsProps) {
  const adding = useOpening();
  return (
    <Section
      title={text.title}
      aside={guests.length > 0 && text.count(guests.length)}
      className="guests"
    >
      {guests.length > 0 && (
        <ul className="rows">
          {guests.map((guest) => (
            <Row key={guest.id} briefing={briefing} guest={guest} onChange={onChange} />
          ))}
        </ul>
      )}
      {adding.isOpen ? (
        <Add briefing={briefing} onChange={onChange} onClose={adding.close} />
      ) : (
        <p className="mark-all">
          <Act outline takesFocus={adding.takesFocus} onAct={adding.open}>
            {text.add}
          </Act>
        </p>
      )}
    </Section>
  );
}

interface RowProps {
  briefing: string;
  guest: Guest;
  onChange: () => Promise<void>;
}

function Row({ briefing, guest: { id, person }, onChange }: RowProps) {
  const act = useAct(async () => {
    await request("delete", `${PATH}/{guest}`, { params: { briefing, guest: id } });
    await onChange();
  });
  return (
    <li>
      {act.problem && <Failed problem={act.problem} what={text.notDropped} />}
      <div className="row-with-act">
        <div>
          {person.name}
          <p className="second">{person.organization ?? text.byName}</p>
        </div>
        <Act unstyled of={person.name} isBusy={act.isBusy} onAct={act.run}>
          {text.drop}
        </Act>
      </div>
    </li>
  );
}

type AddProps = Omit<GuestsProps, "guests"> & { onClose: () => void };

/* One field: what is chosen out of the directory is somebody known, anything else a name. */
function Add({ briefing, onChange, onClose }: AddProps) {
  const [typed, setTyped] = useState("");
  const [fault, setFault] = useState<string>();
  const officers = useOfficers(typed);
  const known = officers.find((one) => nameOf(one) === typed.trim());
  const act = useAct(async (idempotencyKey) => {
    const body = known
      ? { person: known.person, organization: known.organization.id }
      : { name: typed.trim() };
    await request("post", PATH, { params: { briefing }, body, idempotencyKey });
    await onChange();
    onClose();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setFault(typed.trim() ? undefined : text.needsName);
    if (typed.trim()) void act.run();
  };
  return (
    <Opened>
      <form onSubmit={submit} noValidate>
        {act.problem && <Failed problem={act.problem} what={text.notAdded} />}
        <TextField
          label={text.who}
          hint={text.whoHint}
          value={typed}
          onText={(next) => {
            setTyped(next);
            setFault(undefined);
          }}
          suggestions={officers.map(nameOf)}
          maxLength={200}
          error={fault ?? act.problem?.fieldMessage("/name")}
        />
        <p className="second" role="status">
          {typed.trim() && (known ? text.isKnown : text.isName)}
        </p>
        <FormNotice says={text.notice}>
          <Act isSubmit isBusy={act.isBusy}>
            {text.addAct}
          </Act>
          <Act unstyled onAct={onClose}>
            {text.leave}
          </Act>
        </FormNotice>
      </form>
    </Opened>
  );
}

function nameOf({ name, organization }: Officer): string {
  return `${name}, ${organization.name}`;
}

/* Those of the directory whom the words may mean; asked for when the typing rests. What was found
 * stays until the next answer. */
function useOfficers(typed: string): Officer[] {
  const [q, setQ] = useState("");
  const [found, setFound] = useState<Officer[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setQ(typed.trim()), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = { q: q.length < TYPED_MIN ? undefined : q, limit: OFFERED_MAX };
  const { data } = useResource("/directory", { query });
  useEffect(() => {
    if (data) setFound(data.items);
  }, [data]);
  return found;
}
