/*
 * A new sign-in link for who has lost theirs: whoever makes it has called the number on file (B5).
 */
import { Checkbox, ErrorMessage } from "@trussworks/react-uswds";
import { useState } from "react";
import { request } from "../../api/client";
import type { Person } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Linked } from "../../parts/reach";
import { Failed } from "../../parts/states";
import { Opened } from "../../parts/two-step";
import { office } from "../../words/account";
import type { Made } from "./made-link";

const text = office.recover;

interface RecoverProps {
  person: Person;
  onLink: (made: Made) => Promise<void>;
}

export function Recover({ person, onLink }: RecoverProps) {
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) {
    return (
      <Act unstyled of={person.name} onAct={() => setOpen(true)}>
        {text.act}
      </Act>
    );
  }
  const made = (one: Made) => {
    setOpen(false);
    return onLink(one);
  };
  return <Form person={person} onLink={made} onClose={() => setOpen(false)} />;
}

function Form({ person, onLink, onClose }: RecoverProps & { onClose: () => void }) {
  const [isSure, setSure] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const make = useAct(async (idempotencyKey) => {
    const asked = {
      params: { person: person.id },
      body: { organization: person.affiliations[0]?.organization.id },
      idempotencyKey,
    };
    await onLink((await request("post", "/people/{person}/link", asked)).data);
  });
  const send = async () => {
    setMissing(!isSure);
    if (isSure) await make.run();
  };
  return (
    <Opened>
      {make.problem && <Failed problem={make.problem} what={text.notMade} />}
      <h2>{text.title(person.name)}</h2>
      <p>
        <Linked text={person.phone ? text.call(person.phone) : text.noPhone} />
      </p>
      {isMissing && <ErrorMessage id={`missing-${person.id}`}>{text.calledNeeded}</ErrorMessage>}
      <Checkbox
        id={`called-${person.id}`}
        name="called"
        label={person.phone ? text.called : text.met}
        checked={isSure}
        aria-describedby={isMissing ? `missing-${person.id}` : undefined}
        onChange={(event) => {
          setSure(event.target.checked);
          setMissing(false);
        }}
      />
      <div className="acts">
        <Act isBusy={make.isBusy} onAct={send}>
          {text.send(person.name)}
        </Act>
        <Act unstyled onAct={onClose}>
          {text.cancel}
        </Act>
      </div>
    </Opened>
  );
}
