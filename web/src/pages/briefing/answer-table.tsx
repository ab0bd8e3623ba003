/*
 * Who answered what, to hosts.
 */
import { Table } from "@trussworks/react-uswds";
import type { Answer } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { useZone } from "../../shell/session";
import { recentTime } from "../../time/time";
import { words } from "../../words";

const text = words.briefing;

export function AnswerTable({ briefing }: { briefing: string }) {
  const { first, items, more } = usePages("/briefings/{briefing}/answers", {
    params: { briefing },
  });
  const answered = items.filter(({ answer }) => answer !== "open");
  return (
    <Section title={text.whoAnswered}>
      <Ready of={first}>
        {() => (
          <>
            {answered.length === 0 && <Empty>{text.noAnswers}</Empty>}
            <Table className="rows-table" fullWidth>
              <tbody>
                {answered.map((answer) => (
                  <Row key={answer.person.id ?? answer.person.name} answer={answer} />
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

function Row({ answer }: { answer: Answer }) {
  const zone = useZone();
  const { person, delegate, note } = answer;
  return (
    <tr>
      <th scope="row">
        {person.name}
        <p className="second">{person.organization}</p>
      </th>
      <td>
        <Status kind={answer.answer === "yes" ? "done" : "none"}>
          {words.answers[answer.answer]}
        </Status>
        {delegate && <p className="second">{text.delegateTo(delegate.name)}</p>}
        {note && <p className="second">“{note}”</p>}
      </td>
      <td className="second">{answer.answered && recentTime(new Date(answer.answered), zone)}</td>
    </tr>
  );
}
