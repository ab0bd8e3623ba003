/*
 * Who answered what, to hosts: those who have not stand first.
 */
import { Table } from "@trussworks/react-uswds";
import type { Answer } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status, type StatusKind } from "../../parts/status";
import { useZone } from "../../shell/session";
import { briefTime, zoneName } from "../../time/time";
import { words } from "../../words";

const text = words.briefing;

export function AnswerTable({ briefing }: { briefing: string }) {
  const { first, items, more } = usePages("/briefings/{briefing}/answers", {
    params: { briefing },
  });
  const zone = useZone();
  const open = items.filter(({ answer }) => answer === "open");
  const answered = items.filter(({ answer }) => answer !== "open");
  return (
    <Section title={text.whoAnswered} aside={text.answersZone(zoneName(new Date(), zone))}>
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 && <Empty>{text.noAnswers}</Empty>}
            <Table className="rows-table" fullWidth>
              <tbody>
                {[...open, ...answered].map((answer) => (
                  <Row key={answer.person.id ?? answer.person.name} answer={answer} zone={zone} />
                ))}
              </tbody>
            </Table>
            {more && (
              <Act unstyled onAct={more}>
                {words.lists.more}
              </Act>
            )}
          </>
        )}
      </Ready>
    </Section>
  );
}

const KINDS: Record<Answer["answer"], StatusKind> = {
  yes: "done",
  no: "none",
  delegate: "none",
  open: "open",
};

function Row({ answer, zone }: { answer: Answer; zone: string }) {
  const { person, delegate, note } = answer;
  return (
    <tr>
      <th scope="row">
        {person.name}
        <p className="second">{person.organization}</p>
      </th>
      <td>
        <Status kind={KINDS[answer.answer]}>{words.answers[answer.answer]}</Status>
        {delegate && <p className="second">{text.delegateTo(delegate.name)}</p>}
        {note && <p className="second">“{note}”</p>}
      </td>
      <td className="second nowrap">
        {answer.answered && briefTime(new Date(answer.answered), zone)}
      </td>
    </tr>
  );
}
