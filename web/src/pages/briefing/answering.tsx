/*
 * Whether one will join, answered where it is asked: one press, and the answer is kept. Who cannot
 * may send someone else, who says on their own what they need.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { AnswerWord, Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Failed } from "../../parts/states";
import { useOpening } from "../../parts/opening";
import { Opened } from "../../parts/two-step";
import { words } from "../../words";
import { SendSomeone } from "../delegate/send-someone";
import { NeedsField } from "./needs";

interface AnsweringProps {
  briefing: string;
  answered: AnswerWord | undefined;
  /* What they wrote beside an answer before. */
  said?: string;
  onAnswer: (briefing: Briefing) => Promise<void> | void;
}

export function Answering({ briefing, answered, said, onAnswer }: AnsweringProps) {
  const sending = useOpening();
  const [note, setNote] = useState(said);
  const act = useAct(async (_, answer: AnswerWord) => {
    const asked = { params: { briefing }, body: { answer, note: note?.trim() || undefined } };
    await onAnswer((await request("put", "/briefings/{briefing}/answer", asked)).data);
  });
  return (
    <>
      {act.problem && <Failed problem={act.problem} what={words.home.notKept} />}
      {note !== undefined && !sending.isOpen && (
        <Opened isQuiet={said !== undefined}>
          <NeedsField note={note} onNote={setNote} />
        </Opened>
      )}
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
        {!sending.isOpen && (
          <Act unstyled isBusy={act.isBusy} takesFocus={sending.takesFocus} onAct={sending.open}>
            {words.home.someoneElse}
          </Act>
        )}
        {note === undefined && !sending.isOpen && (
          <Act unstyled isBusy={act.isBusy} onAct={() => setNote("")}>
            {words.needs.begin}
          </Act>
        )}
      </div>
      {sending.isOpen && (
        <Opened>
          <SendSomeone
            briefing={briefing}
            hasAnswered={answered !== undefined}
            onAnswer={onAnswer}
            onClose={sending.close}
          />
        </Opened>
      )}
    </>
  );
}
