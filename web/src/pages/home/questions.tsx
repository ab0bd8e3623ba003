/*
 * What needs the reader's answer. The first question is framed and answered in place; the others
 * are rows.
 */
import { useState } from "react";
import type { Briefing, Home } from "../../api/types";
import { ExerciseWord } from "../../parts/exercise-strip";
import { FormNotice } from "../../parts/form-notice";
import { useOnSheet } from "../../parts/sheet";
import { Status } from "../../parts/status";
import { ownTime, Times } from "../../parts/times";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { words } from "../../words";
import { Answering } from "../briefing/answering";
import { NotRight, saidByPhone } from "../briefing/not-right";
import { CameToNothing } from "../delegate/came-to-nothing";
import { Judging } from "./judging";

type Question = Home["questions"][number];

interface QuestionsProps {
  questions: Question[];
  onAnswer: () => Promise<void>;
}

export function Questions({ questions, onAnswer }: QuestionsProps) {
  const [judged, setJudged] = useState<Judged>();
  const [answered, setAnswered] = useState<Briefing>();
  const answer = async (briefing: Briefing) => {
    setAnswered(briefing);
    await onAnswer();
  };
  const judge = async (said: Judged) => {
    setJudged(said);
    await onAnswer();
  };
  return (
    <>
      {judged && <Thanks for={judged} />}
      {answered && <Answered of={answered} />}
      {questions.length > 0 && <Asked questions={questions} onAnswer={answer} onJudge={judge} />}
    </>
  );
}

/* What was said of which briefing. */
interface Judged {
  briefing: string;
  value: number;
}

function Thanks({ for: { briefing, value } }: { for: Judged }) {
  return (
    <p role="status" className="judged">
      <Status kind="done">{words.useful.kept}</Status>{" "}
      <Link to={`/briefings/${briefing}/useful?step=${value}`}>{words.useful.addWords}</Link>
    </p>
  );
}

/* What one has just said, since the question is gone. */
function Answered({ of: { id, title, my_answer } }: { of: Briefing }) {
  if (!my_answer?.answer) return null;
  return (
    <p role="status" className="judged">
      <Status kind="done">{words.briefing.youSaid[my_answer.answer]}</Status>{" "}
      <Link to={`/briefings/${id}`}>{title}</Link>
    </p>
  );
}

interface AskedProps {
  questions: Question[];
  onAnswer: (briefing: Briefing) => Promise<void>;
  onJudge: (said: Judged) => Promise<void>;
}

function Asked({ questions, onAnswer, onJudge }: AskedProps) {
  const zone = useZone();
  useOnSheet(questions.map(({ briefing }) => briefing.label));
  const [first, ...others] = questions;
  if (!first) return null;
  const isFramed = first.kind === "invitation";
  const notice = questions.some(({ kind }) => kind === "invitation") && (
    <FormNotice says={words.home.notice} />
  );
  return (
    <div className="questions">
      <section className="question-first">
        <h2>{titleOf(first)}</h2>
        <ExerciseWord of={first.briefing} />
        <CameToNothing newcomer={first.newcomer} />
        {first.kind === "noted" && <NotRight of={first.briefing.my_answer} />}
        <Times when={first.briefing.when} />
        <AboutIt question={first} />
        <Way question={first} onAnswer={onAnswer} onJudge={onJudge} isFirst />
        {isFramed && notice}
      </section>
      {!isFramed && notice}
      <ul className="rows">
        {others.map((question) => (
          <li key={keyOf(question)} className="row-with-act">
            <div>
              <b>{titleOf(question)}</b>
              <p className="second">
                <ExerciseWord of={question.briefing} /> {ownTime(question.briefing.when, zone)}
              </p>
              <CameToNothing newcomer={question.newcomer} />
              {question.kind === "noted" && <NotRight of={question.briefing.my_answer} />}
            </div>
            <Way question={question} onAnswer={onAnswer} onJudge={onJudge} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function keyOf({ kind, briefing, words: said, absence }: Question): string {
  return [kind, briefing.id, said, absence?.reason].join(" ");
}

function titleOf({ kind, count, briefing, words: said, absence }: Question): string {
  const { title } = briefing;
  switch (kind) {
    case "invitation":
      return words.home.willYouJoin(title);
    case "noted":
      return words.noted.mineTo(saidByPhone(briefing.my_answer) ?? "", title);
    case "usefulness":
      return words.home.wasUseful(title);
    case "send":
      return words.home.notSent(title);
    case "approval":
      return words.home.approve(title);
    case "questions":
      return words.questions.waiting(count ?? 0, title);
    case "commitment":
      return words.commitments.mine(said ?? title);
    case "correction":
      return words.corrections.onHome(count ?? 1, title);
    case "widening":
      return words.onward.onHome(count ?? 1, title);
    case "absence":
      return absence ? words.absence.onHome(absence, title) : title;
  }
}

function AboutIt({ question: { about, briefing } }: { question: Question }) {
  return (
    <p className="question-about">
      {about && `${about} `}
      <Link to={`/briefings/${briefing.id}`}>{words.home.planned}</Link>
    </p>
  );
}

interface WayProps {
  question: Question;
  onAnswer: (briefing: Briefing) => Promise<void>;
  onJudge: (said: Judged) => Promise<void>;
  isFirst?: boolean;
}

/* The page on which it is answered, below the briefing, and what the way there is called. */
const PAGES: Record<
  Exclude<Question["kind"], "invitation" | "noted" | "usefulness">,
  [page: string, name: string]
> = {
  send: ["/audience", words.home.seeWho],
  approval: ["", words.home.look],
  questions: ["", words.questions.look],
  commitment: ["", words.commitments.look],
  correction: ["", words.corrections.look],
  widening: ["", words.onward.look],
  absence: ["", words.absence.look],
};

/* How it is answered: here, or on a page of its own. */
function Way({ question: { kind, briefing }, onAnswer, onJudge, isFirst }: WayProps) {
  if (kind === "invitation" || kind === "noted")
    return <Answering briefing={briefing.id} answered={undefined} onAnswer={onAnswer} />;
  if (kind === "usefulness") {
    const { id } = briefing;
    return <Judging briefing={briefing} onSaid={(value) => onJudge({ briefing: id, value })} />;
  }
  const [page, name] = PAGES[kind];
  return (
    <Link className={isFirst ? "usa-button" : ""} to={`/briefings/${briefing.id}${page}`}>
      {name}
    </Link>
  );
}
