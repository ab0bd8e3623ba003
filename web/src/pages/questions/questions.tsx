/*
 * Questions to a briefing, by item, with what the hosts answered: for hosts, who answer, and for
 * who is invited, who ask.
 */
import type { Briefing, Question, Questions as Asked } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Section } from "../../parts/section";
import { useOnSheet } from "../../parts/sheet";
import { Empty, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { useZone } from "../../shell/session";
import { recentTime } from "../../time/time";
import { words } from "../../words";
import { Answer } from "./answer";
import { Ask } from "./ask";

const text = words.questions;
const POLL_SECONDS = 60;

export function Questions({ briefing }: { briefing: Briefing }) {
  const asked = { params: { briefing: briefing.id } };
  const resource = useResource("/briefings/{briefing}/questions", asked, POLL_SECONDS);
  const items = resource.data?.items ?? [];
  const open = items.filter(({ answer }) => !answer).length;
  useOnSheet(items.map(({ label }) => label));
  return (
    <Section title={text.title} aside={items.length > 0 && text.open(open)}>
      <Ready of={resource}>
        {(data) => (
          <>
            {items.length === 0 && <Empty>{data.may_ask ? text.noneMine : text.none}</Empty>}
            {groupsOf(briefing, data).map(({ id, title, questions }) => (
              <div key={id} className="question-group">
                <h3>{title}</h3>
                <ul className="rows">
                  {questions.map((question) => (
                    <Row
                      key={question.id}
                      question={question}
                      briefing={briefing.id}
                      mayAnswer={data.may_answer}
                      onChange={resource.reload}
                    />
                  ))}
                </ul>
              </div>
            ))}
            {data.may_ask && <Ask briefing={briefing} asked={data} onAsk={resource.reload} />}
          </>
        )}
      </Ready>
    </Section>
  );
}

interface Group {
  id: string;
  title: string;
  questions: Question[];
}

/* In the order of the agenda; what is about the whole, or an item that was dropped, comes last. */
function groupsOf(briefing: Briefing, { items }: Asked): Group[] {
  const known = new Set(briefing.items.map(({ id }) => id));
  const groups = briefing.items.map(({ id, title }) => ({
    id,
    title,
    questions: items.filter(({ item }) => item === id),
  }));
  const rest = items.filter(({ item }) => !item || !known.has(item));
  return [...groups, { id: "", title: text.whole, questions: rest }].filter(
    ({ questions }) => questions.length > 0,
  );
}

interface RowProps {
  question: Question;
  briefing: string;
  mayAnswer: boolean;
  onChange: () => Promise<void>;
}

function Row({ question, briefing, mayAnswer, onChange }: RowProps) {
  const zone = useZone();
  const { content, asked_by, asked, answer } = question;
  const who = asked_by ? text.by(asked_by.name, asked_by.organization) : text.someone;
  return (
    <li>
      <p className="question-words">{content}</p>
      <p className="second">
        {who} · {recentTime(new Date(asked), zone)}
      </p>
      {answer?.words && (
        <p className="question-answer">
          <b>{text.answered}</b> {answer.words}
        </p>
      )}
      {answer?.is_on_call && <Status kind="done">{text.onCall}</Status>}
      {!answer && <Status kind="open">{text.stillOpen}</Status>}
      {mayAnswer && <Answer question={question} briefing={briefing} onAnswer={onChange} />}
    </li>
  );
}
