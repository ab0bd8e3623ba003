/*
 * To hosts: who asks to pass an item on that its label keeps, answered in place.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Briefing, Widening } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { words } from "../../words";

const text = words.onward;

interface RequestsProps {
  briefing: Briefing;
  /* An item is under another label now. */
  onChange: () => Promise<void>;
}

/* Nothing where nobody waits. */
export function Requests({ briefing, onChange }: RequestsProps) {
  const list = useResource("/briefings/{briefing}/widenings", {
    params: { briefing: briefing.id },
  });
  const open = list.data?.items.filter(({ state }) => state === "open") ?? [];
  if (open.length === 0 || !list.data?.may_answer) return null;
  const answered = async () => {
    await list.reload();
    await onChange();
  };
  return (
    <Section title={text.requests} aside={open.length}>
      <ul className="rows">
        {open.map((one) => (
          <li key={one.id}>
            <One briefing={briefing} one={one} onAnswer={answered} />
          </li>
        ))}
      </ul>
      <FormNotice says={text.answerNotice} />
    </Section>
  );
}

interface OneProps {
  briefing: Briefing;
  one: Widening;
  onAnswer: () => Promise<void>;
}

function One({ briefing, one: { id, item, asked_by, words: said }, onAnswer }: OneProps) {
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const about = briefing.items.find((other) => other.id === item);
  const act = useAct(async (_, is_granted: boolean) => {
    const body = is_granted ? { is_granted, label: "amber" as const } : { is_granted, reason };
    const asked = { params: { briefing: briefing.id, widening: id }, body };
    await request("put", "/briefings/{briefing}/widenings/{widening}/answer", asked);
    await onAnswer();
  });
  return (
    <>
      <p>
        <b>{text.request(asked_by.organization ?? asked_by.name, about?.title ?? text.gone)}</b>
      </p>
      {said && <p>“{said}”</p>}
      <p className="second">{text.consequence}</p>
      {act.problem && <Failed problem={act.problem} what={text.notAnswered} />}
      {isRefusing && (
        <TextAreaField
          label={text.why}
          value={reason}
          onText={setReason}
          rows={2}
          maxLength={500}
        />
      )}
      <div className="acts">
        {isRefusing ? (
          <>
            <Act isBusy={act.isBusy} onAct={() => act.run(false)}>
              {text.sayNo}
            </Act>
            <Act unstyled onAct={() => setRefusing(false)}>
              {text.close}
            </Act>
          </>
        ) : (
          <>
            {about && (
              <Act isBusy={act.isBusy} of={about.title} onAct={() => act.run(true)}>
                {text.yes}
              </Act>
            )}
            <Act outline of={about?.title} onAct={() => setRefusing(true)}>
              {text.no}
            </Act>
          </>
        )}
      </div>
    </>
  );
}
