/*
 * One person: who, how to reach them, whether they are in; and what one can do for or against them.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Person } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Address, Phone } from "../../parts/reach";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { TwoStep } from "../../parts/two-step";
import { useReader, useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { words } from "../../words";
import { account, office } from "../../words/account";
import { Called } from "../delegate/called";
import type { Made } from "./made-link";
import { Recover } from "./recover";

const text = office.row;

interface PersonRowProps {
  person: Person;
  onLink: (made: Made) => Promise<void>;
  onChanged: () => Promise<void>;
}

export function PersonRow({ person, onLink, onChanged }: PersonRowProps) {
  const isMe = useReader().person.id === person.id;
  return (
    <li className="person">
      <div>
        <b>{person.name}</b>
        <p className="second">
          <Address of={person.email} />,{" "}
          {person.phone ? <Phone number={person.phone} /> : text.noPhone}
        </p>
        <p className="second">{person.affiliations.map(roleWords).join("; ")}</p>
      </div>
      <div className="person-state">
        {person.is_suspended && <Status kind="late">{text.suspended}</Status>}
        <Waiting person={person} onChanged={onChanged} />
        <NotCalled person={person} onChanged={onChanged} />
      </div>
      {!isMe && (
        <div className="person-acts">
          <Recover person={person} onLink={onLink} />
          <Suspend person={person} onChanged={onChanged} />
        </div>
      )}
    </li>
  );
}

function roleWords({ organization, roles }: Person["affiliations"][number]): string {
  const names = roles.map((role) => account.who.roles[role]);
  return `${organization.name}: ${names.join(", ")}`;
}

type ChangeProps = Omit<PersonRowProps, "onLink">;

/* A link that waits: another steward than its maker may end the wait, after a call (B5). */
function Waiting({ person, onChanged }: ChangeProps) {
  const zone = useZone();
  const { acting_for } = useReader();
  const confirm = useAct(async () => {
    await request("post", "/people/{person}/link/confirm", { params: { person: person.id } });
    await onChanged();
  });
  const link = person.waiting_link;
  if (!link) return null;
  const by = link.person ?? link.organization ?? text.console;
  const mayConfirm = acting_for.roles.includes("steward") && !link.is_mine;
  return (
    <>
      <Status kind="open">{text.waits(by, dayAndTime(new Date(link.starts), zone))}</Status>
      {mayConfirm ? (
        <TwoStep
          ask={office.confirm.act}
          of={person.name}
          about={office.confirm.about(person.phone ?? text.noPhone)}
          act={office.confirm.send(person.name)}
          doing={confirm}
          failed={office.confirm.notConfirmed}
          keep={office.confirm.cancel}
        />
      ) : (
        link.is_mine && <p className="second">{office.confirm.mine}</p>
      )}
    </>
  );
}

/* Somebody vouched for them, and a second person calls (B12). */
function NotCalled({ person, onChanged }: ChangeProps) {
  const newcomer = person.newcomer;
  if (!newcomer || person.is_suspended) return null;
  const phone = newcomer.phone ?? person.phone ?? text.noPhone;
  return (
    <>
      <Status kind="open">{words.newcomer.notCalled(newcomer.ceiling.toUpperCase())}</Status>
      <p className="second">
        {newcomer.vouched_by
          ? words.newcomer.vouchedBy(newcomer.vouched_by, phone)
          : words.newcomer.onFile(phone)}
      </p>
      {newcomer.may_say && (
        <Called
          person={person.id}
          name={person.name}
          organization={newcomer.organization.id}
          onSaid={onChanged}
        />
      )}
    </>
  );
}

function Suspend({ person, onChanged }: ChangeProps) {
  const [isSuspended, setSuspended] = useState(person.is_suspended);
  const put = useAct(async (_, next: boolean) => {
    const asked = { params: { person: person.id }, body: { is_suspended: next } };
    await request("patch", "/people/{person}", asked);
    setSuspended(next);
    await onChanged();
  });
  const suspend = { ...put, run: () => put.run(true) };
  if (isSuspended) {
    return (
      <>
        {put.problem && <Failed problem={put.problem} what={office.suspend.notDone} />}
        <Act unstyled of={person.name} isBusy={put.isBusy} onAct={() => put.run(false)}>
          {office.suspend.back}
        </Act>
      </>
    );
  }
  return (
    <TwoStep
      ask={office.suspend.act}
      of={person.name}
      about={office.suspend.about}
      act={office.suspend.send(person.name)}
      doing={suspend}
      failed={office.suspend.notDone}
      keep={office.suspend.cancel}
    />
  );
}
