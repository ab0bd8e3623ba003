/*
 * What needs the reader's answer. The first question is framed and answered in place; the others
 * are rows.
 */
import type { ReactNode } from "react";
import type { Home } from "../../api/types";
import { ownTime, Times } from "../../parts/times";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { words } from "../../words";
import { Answering } from "../briefing/answering";

type Question = Home["questions"][number];

interface QuestionsProps {
  questions: Question[];
  onAnswer: () => Promise<void>;
}

export function Questions({ questions, onAnswer }: QuestionsProps) {
  const zone = useZone();
  const [first, ...others] = questions;
  if (!first) return null;
  return (
    <div className="questions">
      <section className="question-first">
        <h2>{titleOf(first)}</h2>
        <Times when={first.briefing.when} />
        <AboutIt question={first} />
        <Way question={first} onAnswer={onAnswer} isFirst />
      </section>
      <ul className="rows">
        {others.map((question) => (
          <li
            key={`${question.kind} ${question.briefing.id} ${question.words ?? question.absence?.reason}`}
            className="row-with-act"
          >
            <div>
              <b>{titleOf(question)}</b>
              <p className="second">{ownTime(question.briefing.when, zone)}</p>
            </div>
            <Way question={question} onAnswer={onAnswer} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function titleOf({ kind, count, briefing: { title }, words: said, absence }: Question): string {
  switch (kind) {
    case "invitation":
      return words.home.willYouJoin(title);
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
  onAnswer: () => Promise<void>;
  isFirst?: boolean;
}

/* How it is answered: here, or on a page of its own. */
function Way({ question: { kind, briefing }, onAnswer, isFirst }: WayProps): ReactNode {
  const at = `/briefings/${briefing.id}`;
  const look = isFirst ? "usa-button" : "";
  switch (kind) {
    case "invitation":
      return <Answering briefing={briefing.id} answered={undefined} onAnswer={onAnswer} />;
    case "usefulness":
      return (
        <Link className={look} to={`${at}/useful`}>
          {words.home.sayUseful}
        </Link>
      );
    case "send":
      return (
        <Link className={look} to={`${at}/audience`}>
          {words.home.seeWho}
        </Link>
      );
    case "approval":
      return (
        <Link className={look} to={at}>
          {words.home.look}
        </Link>
      );
    case "questions":
      return (
        <Link className={look} to={at}>
          {words.questions.look}
        </Link>
      );
    case "commitment":
      return (
        <Link className={look} to={at}>
          {words.commitments.look}
        </Link>
      );
    case "correction":
      return (
        <Link className={look} to={at}>
          {words.corrections.look}
        </Link>
      );
    case "absence":
      return (
        <Link className={look} to={at}>
          {words.absence.look}
        </Link>
      );
  }
}
