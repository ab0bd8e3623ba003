/*
 * A briefing to somebody who is invited: their answer first, then what is planned and how to join.
 */
import type { Briefing } from "../../api/types";
import { Act } from "../../parts/act";
import { FormNotice } from "../../parts/form-notice";
import { NextStep } from "../../parts/next-step";
import { Focused } from "../../parts/focused";
import { useOpening } from "../../parts/opening";
import { Section } from "../../parts/section";
import { Status } from "../../parts/status";
import { Times } from "../../parts/times";
import { Link } from "../../shell/router";
import { words } from "../../words";
import { FreshCorrections, SeenCorrections, useCorrections } from "../corrections/corrections";
import { Noted } from "../absence/noted";
import { Promised } from "../commitments/commitments";
import { CameToNothing } from "../delegate/came-to-nothing";
import { Materials } from "../materials/materials";
import { Questions } from "../questions/questions";
import { Agenda } from "./agenda";
import { Answering } from "./answering";
import { JoinLater, JoinNow } from "./join";
import { NotRight, saidByPhone } from "./not-right";
import { About } from "./host-view";

const text = words.briefing;

interface InviteeViewProps {
  briefing: Briefing;
  onChange: (briefing: Briefing) => void;
}

export function InviteeView({ briefing, onChange }: InviteeViewProps) {
  const isAhead = briefing.status === "sent";
  const corrections = useCorrections(briefing.id);
  return (
    <>
      <FreshCorrections briefing={briefing} corrections={corrections} />
      {briefing.status === "cancelled" && (
        <NextStep what={text.calledOff(briefing.cancelled_because ?? "")} />
      )}
      {briefing.is_usefulness_due && <SayUseful briefing={briefing} />}
      {isAhead && <MyAnswer briefing={briefing} onChange={onChange} />}
      <JoinNow briefing={briefing} />
      {!isAhead && <Noted briefing={briefing} />}
      <div className="columns two-to-one">
        <div>
          <Agenda briefing={briefing} />
          <About briefing={briefing} />
          <SeenCorrections briefing={briefing} corrections={corrections} />
          <Materials briefing={briefing} />
          <Questions briefing={briefing} />
        </div>
        <div>
          {isAhead && <JoinLater briefing={briefing} />}
          <Promised briefing={briefing} />
          <Section title={text.hosts}>
            <ul className="rows">
              {briefing.hosts.map(({ organization }) => (
                <li key={organization.id}>{organization.name}</li>
              ))}
            </ul>
          </Section>
        </div>
      </div>
    </>
  );
}

function SayUseful({ briefing }: { briefing: Briefing }) {
  const act = (
    <Link className="usa-button" to={`/briefings/${briefing.id}/useful`}>
      {words.useful.say}
    </Link>
  );
  return <NextStep what={words.home.wasUseful(briefing.title)} acts={act} />;
}

function MyAnswer({ briefing, onChange }: InviteeViewProps) {
  const answer = briefing.my_answer?.answer;
  const newcomer = briefing.my_answer?.newcomer;
  const changing = useOpening();
  const keep = (changed: Briefing) => {
    if (changing.isOpen) changing.close();
    onChange(changed);
  };
  const host = briefing.my_answer?.noted_by;
  const isWaiting = newcomer?.standing === "waits";
  if (((answer && !host) || isWaiting) && !changing.isOpen) {
    return (
      <p className="my-answer" role="status">
        <Said answer={briefing.my_answer} />{" "}
        {briefing.my_answer?.note && <>{words.needs.yours(briefing.my_answer.note)} </>}
        <Act unstyled takesFocus={changing.takesFocus} onAct={changing.open}>
          {text.change}
        </Act>
      </p>
    );
  }
  return (
    <section className="question-first my-answer">
      <Focused isQuiet={!changing.isOpen}>
        <h2>{saidByPhone(briefing.my_answer) ?? words.home.willYouJoin(briefing.title)}</h2>
      </Focused>
      <NotRight of={briefing.my_answer} />
      <CameToNothing newcomer={newcomer} />
      <Times when={briefing.when} />
      <div className="question-about">
        <Answering
          briefing={briefing.id}
          answered={host ? undefined : answer}
          said={briefing.my_answer?.note}
          onAnswer={keep}
        />
        <FormNotice says={words.home.notice} />
      </div>
    </section>
  );
}

function Said({ answer: mine }: { answer: Briefing["my_answer"] }) {
  if (mine?.newcomer?.standing === "waits")
    return <Status kind="open">{words.newcomer.waitsFor(mine.newcomer.name)}</Status>;
  if (!mine?.answer) return null;
  return (
    <Status kind="done">
      {mine.delegate ? text.delegateTo(mine.delegate) : text.youSaid[mine.answer]}
    </Status>
  );
}
