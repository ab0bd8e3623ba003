/*
 * Sending someone else: those who may go in one's place, by the rule, and one press that sends
 * them. A refusal names the rule, here and to nobody else.
 */
import { Fieldset, Radio } from "@trussworks/react-uswds";
import { useId, useState } from "react";
import { request } from "../../api/client";
import type { Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { FormNotice } from "../../parts/form-notice";
import { Empty, Failed, Ready } from "../../parts/states";
import { words } from "../../words";
import { Newcomer } from "./newcomer";

const text = words.delegate;

/* Chosen instead of a person's id. */
const NEWCOMER = "newcomer";

interface SendSomeoneProps {
  briefing: string;
  hasAnswered: boolean;
  onAnswer: (briefing: Briefing) => Promise<void> | void;
  onClose: () => void;
}

export function SendSomeone({ briefing, hasAnswered, onAnswer, onClose }: SendSomeoneProps) {
  const name = useId();
  const people = useResource("/briefings/{briefing}/delegates", { params: { briefing } });
  const [chosen, setChosen] = useState<string>();
  const act = useAct(async (_, delegate: string) => {
    const asked = { params: { briefing }, body: { answer: "delegate" as const, delegate } };
    await onAnswer((await request("put", "/briefings/{briefing}/answer", asked)).data);
  });
  return (
    <div className="send-someone">
      {act.problem && <Failed problem={act.problem} what={words.home.notKept} />}
      <Ready of={people}>
        {({ items }) => {
          const person = items.find(({ id }) => id === chosen);
          return (
            <>
              {items.length === 0 && <Empty>{text.nobody}</Empty>}
              <Fieldset legend={text.who}>
                {items.length > 0 && <p className="second">{text.rule}</p>}
                {items.map((one) => (
                  <Radio
                    key={one.id}
                    id={`${name}${one.id}`}
                    name={name}
                    label={
                      <>
                        {one.name} <span className="second">{one.organization}</span>
                      </>
                    }
                    checked={one.id === chosen}
                    onChange={() => setChosen(one.id)}
                  />
                ))}
                <Radio
                  id={`${name}newcomer`}
                  name={name}
                  label={text.newcomer}
                  checked={chosen === NEWCOMER}
                  onChange={() => setChosen(NEWCOMER)}
                />
              </Fieldset>
              {chosen === NEWCOMER && <Newcomer briefing={briefing} onAnswer={onAnswer} />}
              {person?.id && (
                <FormNotice says={text.notice}>
                  <Act isBusy={act.isBusy} onAct={() => act.run(person.id!)}>
                    {text.act(person.name)}
                  </Act>
                </FormNotice>
              )}
            </>
          );
        }}
      </Ready>
      <Act unstyled onAct={onClose}>
        {hasAnswered ? text.close : text.closeUnanswered}
      </Act>
    </div>
  );
}
