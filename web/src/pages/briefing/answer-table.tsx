/*
 * Who answered what, to hosts: those who have not, or not themselves, stand first. For them a host
 * notes what they said by phone.
 */
import { Table } from "@trussworks/react-uswds";
import { useState } from "react";
import type { Answer, Briefing } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { answerWords } from "../../parts/answer-words";
import { More } from "../../parts/more";
import { useOpening } from "../../parts/opening";
import { Phone } from "../../parts/reach";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status, type StatusKind } from "../../parts/status";
import { useReader, useZone } from "../../shell/session";
import { briefTime, zoneName } from "../../time/time";
import { words } from "../../words";
import { NoteAnswer } from "./note-answer";

const text = words.briefing;

interface AnswerTableProps {
  briefing: Briefing;
  onChange: () => Promise<void>;
}

export function AnswerTable({ briefing, onChange }: AnswerTableProps) {
  const { first, items, more } = usePages("/briefings/{briefing}/answers", {
    params: { briefing: briefing.id },
  });
  const [noted, setNoted] = useState<ReadonlyMap<string, Answer>>(new Map()); // since it was read
  const zone = useZone();
  const isPublisher = useReader().acting_for.roles.includes("publisher");
  const all = items.map((answer) => noted.get(keyOf(answer)) ?? answer);
  const note = (answer: Answer) => {
    setNoted(new Map(noted).set(keyOf(answer), answer));
    void onChange();
  };
  return (
    <Section title={text.whoAnswered} aside={text.answersZone(zoneName(new Date(), zone))}>
      <Ready of={first}>
        {() => (
          <>
            {all.length === 0 && <Empty>{text.noAnswers}</Empty>}
            <Table className="rows-table answers" fullWidth>
              <tbody>
                {[...all.filter(isAwaited), ...all.filter((one) => !isAwaited(one))].map((one) => (
                  <Row
                    key={keyOf(one)}
                    answer={one}
                    briefing={briefing.id}
                    mayNote={isPublisher && briefing.status === "sent" && isAwaited(one)}
                    onNote={note}
                  />
                ))}
              </tbody>
            </Table>
            <More of={more} />
          </>
        )}
      </Ready>
    </Section>
  );
}

function keyOf({ person }: Answer): string {
  return person.id ?? person.name;
}

/* What a host noted is still to be said by its person. */
function isAwaited({ answer, noted_by }: Answer): boolean {
  return answer === "open" || noted_by !== undefined;
}

const KINDS: Record<Answer["answer"], StatusKind> = {
  yes: "done",
  no: "none",
  delegate: "none",
  open: "open",
};

interface RowProps {
  answer: Answer;
  briefing: string;
  mayNote: boolean;
  onNote: (answer: Answer) => void;
}

function Row({ answer, briefing, mayNote, onNote }: RowProps) {
  const noting = useOpening();
  const zone = useZone();
  const { person, delegate, note, noted_by, phone } = answer;
  const keep = (now: Answer) => {
    noting.close();
    onNote(now);
  };
  return (
    <>
      <tr>
        <th scope="row">
          {person.name}
          <p className="second">{person.organization}</p>
        </th>
        <td>
          <Status kind={KINDS[answer.answer]}>{answerWords(answer.answer, noted_by)}</Status>
          {delegate && <p className="second">{text.delegateTo(delegate.name)}</p>}
          {note && <p className="second">“{note}”</p>}
          {mayNote && phone && (
            <p className="second nowrap">
              <Phone number={phone}>{words.noted.call(phone)}</Phone>
            </p>
          )}
        </td>
        <td className="second nowrap">
          {answer.answered && <p>{briefTime(new Date(answer.answered), zone)}</p>}
          {mayNote && !noting.isOpen && (
            <Act unstyled of={person.name} takesFocus={noting.takesFocus} onAct={noting.open}>
              {noted_by ? words.noted.again : words.noted.begin}
            </Act>
          )}
        </td>
      </tr>
      {noting.isOpen && person.id && (
        <tr className="noting">
          <td colSpan={3}>
            <NoteAnswer
              briefing={briefing}
              person={person.id}
              name={person.name}
              onNote={keep}
              onClose={noting.close}
            />
          </td>
        </tr>
      )}
    </>
  );
}
