/*
 * How one is called and reached, of which a change waits a day (B5), and the zone of one's times.
 */
import { useState, type FormEvent, type ReactNode } from "react";
import { request } from "../../api/client";
import type { Account } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { SelectField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { PersonFields } from "../../parts/person-fields";
import { Address } from "../../parts/reach";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { useSessions, useZone } from "../../shell/session";
import { browserZone, dayAndTime } from "../../time/time";
import { words } from "../../words";
import { account } from "../../words/account";
import type { AccountProps } from "./account";

const text = account.contact;

export function Contact({ account: shown, resource }: AccountProps) {
  const [isChanging, setChanging] = useState(false);
  return (
    <Section title={text.title}>
      <Details of={shown} />
      {shown.waiting && <Waiting of={shown} onWithdrawn={resource.reload} />}
      {isChanging ? (
        <Change
          of={shown}
          onChanged={(next) => {
            resource.replace(next);
            setChanging(false);
          }}
          onClose={() => setChanging(false)}
        />
      ) : (
        <p className="account-act">
          <Act unstyled onAct={() => setChanging(true)}>
            {text.change}
          </Act>
        </p>
      )}
      <Zone account={shown} resource={resource} />
    </Section>
  );
}

function Details({
  of: { name, email, phone },
}: {
  of: Pick<Account, "name" | "email" | "phone">;
}) {
  const rows: [string, ReactNode][] = [
    [text.name, name],
    [text.email, <Address key="email" of={email} />],
    [text.phone, phone ?? text.noPhone],
  ];
  return (
    <dl className="details">
      {rows.map(([what, is]) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>{is}</dd>
        </div>
      ))}
    </dl>
  );
}

interface WaitingProps {
  of: Account;
  onWithdrawn: () => Promise<void>;
}

function Waiting({ of: { waiting, email }, onWithdrawn }: WaitingProps) {
  const zone = useZone();
  const withdraw = useAct(async () => {
    await request("delete", "/account/contact");
    await onWithdrawn();
  });
  if (!waiting) return null;
  return (
    <div className="account-waiting">
      {withdraw.problem && <Failed problem={withdraw.problem} what={text.notChanged} />}
      <p>
        <b>{text.waits(dayAndTime(new Date(waiting.due), zone))}</b>
      </p>
      <Details of={waiting} />
      {waiting.is_unconfirmed && <p>{text.unconfirmed(waiting.email)}</p>}
      <p className="second">{text.told(email)}</p>
      <Act unstyled isBusy={withdraw.isBusy} onAct={withdraw.run}>
        {text.withdraw}
      </Act>
    </div>
  );
}

interface ChangeProps {
  of: Account;
  onChanged: (account: Account) => void;
  onClose: () => void;
}

function Change({ of: shown, onChanged, onClose }: ChangeProps) {
  const { name, email, phone = "" } = shown;
  const [person, setPerson] = useState({ name, email, phone });
  const act = useAct(async () => {
    onChanged((await request("put", "/account/contact", { body: person })).data);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form onSubmit={submit} noValidate className="account-form">
      {act.problem && <Failed problem={act.problem} what={text.notChanged} />}
      <p className="second">{text.about}</p>
      <PersonFields isOwn of={person} onChange={setPerson} text={text} problem={act.problem} />
      <FormNotice says={text.notice} className="account-act">
        <Act isSubmit isBusy={act.isBusy}>
          {text.act}
        </Act>
        <Act unstyled onAct={onClose}>
          {text.keep}
        </Act>
      </FormNotice>
    </form>
  );
}

function zoneChoices(own: string) {
  const known = Object.entries(words.zones).map(([value, name]) => ({ value, name }));
  const browser = { value: "", name: account.zone.browser(browserZone()) };
  const isKnown = own === "" || own in words.zones;
  return [browser, ...known, ...(isKnown ? [] : [{ value: own, name: own }])];
}

function Zone({ account: shown, resource }: AccountProps) {
  const { reload } = useSessions();
  const [isKept, setKept] = useState(false);
  const keep = useAct(async (_, timezone: string) => {
    setKept(false);
    resource.replace((await request("patch", "/account", { body: { timezone } })).data);
    await reload();
    setKept(true);
  });
  const own = shown.timezone ?? "";
  return (
    <>
      {keep.problem && <Failed problem={keep.problem} what={account.zone.notKept} />}
      <SelectField
        label={account.zone.label}
        value={own}
        choices={zoneChoices(own)}
        onChoice={(timezone) => void keep.run(timezone)}
      />
      <p role="status" className="second">
        {isKept && account.zone.kept}
      </p>
    </>
  );
}
