/*
 * Whether one will join, answered where it is asked: one press, and the answer is kept. Who cannot
 * may send someone else.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { AnswerWord, Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Failed } from "../../parts/states";
import { words } from "../../words";
import { SendSomeone } from "../delegate/send-someone";

interface AnsweringProps {
  briefing: string;
  answered: AnswerWord | undefined;
  onAnswer: (briefing: Briefing) => Promise<void> | void;
}

export function Answering({ briefing, answered, onAnswer }: AnsweringProps) {
  const [isSending, setSending] = useState(false);
  const act = useAct(async (_, answer: AnswerWord) => {
    const asked = { params: { briefing }, body: { answer } };
    await onAnswer((await request("put", "/briefings/{briefing}/answer", asked)).data);
  });
  return (
    <>
      {act.problem && <Failed problem={act.problem} what={words.home.notKept} />}
      <div className="acts">
        {answered !== "yes" && (
          <Act isBusy={act.isBusy} onAct={() => act.run("yes")}>
            {words.home.yes}
          </Act>
        )}
        {answered !== "no" && (
          <Act outline isBusy={act.isBusy} onAct={() => act.run("no")}>
            {words.home.no}
          </Act>
        )}
        {!isSending && (
          <Act unstyled isBusy={act.isBusy} onAct={() => setSending(true)}>
            {words.home.someoneElse}
          </Act>
        )}
      </div>
      {isSending && (
        <SendSomeone briefing={briefing} onAnswer={onAnswer} onClose={() => setSending(false)} />
      )}
    </>
  );
}
