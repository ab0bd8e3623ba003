/*
 * A briefing to its hosts: what is still open, the agenda, how the answers stand.
 */
import { useState } from "react";
import type { Briefing } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Bars } from "../../parts/bars";
import { Section } from "../../parts/section";
import { TwiceNote } from "../../parts/times";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { longDay } from "../../time/time";
import { words } from "../../words";
import { Promised } from "../commitments/commitments";
import { FreshCorrections, SeenCorrections, useCorrections } from "../corrections/corrections";
import { Requests } from "../onward/requests";
import { Materials } from "../materials/materials";
import { Agenda } from "./agenda";
import { Questions } from "../questions/questions";
import { AnswerTable } from "./answer-table";
import { CallOff } from "./call-off";
import { HostStep } from "./host-step";
import { JoinLater, JoinNow } from "./join";
import { Places } from "./places";
import { Needs } from "./needs";
import { Together } from "./together";

const text = words.briefing;

interface HostViewProps {
  briefing: Briefing;
  etag: string | undefined;
  onChange: (briefing: Briefing, etag?: string) => void;
  onReload: () => Promise<void>;
}

const POLL_SECONDS = 60;

export function HostView({ briefing, etag, onChange, onReload }: HostViewProps) {
  const [isCallingOff, setCallingOff] = useState(false);
  const asked = { params: { briefing: briefing.id } };
  const approvals = useResource("/briefings/{briefing}/approvals", asked, POLL_SECONDS);
  const corrections = useCorrections(briefing.id);
  const isOpen = briefing.status === "draft" || briefing.status === "sent";
  return (
    <>
      <FreshCorrections briefing={briefing} corrections={corrections} />
      <HostStep
        briefing={briefing}
        approvals={approvals}
        onChange={onReload}
        onCallOff={() => setCallingOff(true)}
      />
      {isCallingOff && (
        <CallOff
          briefing={briefing}
          etag={etag}
          onChange={onChange}
          onClose={() => setCallingOff(false)}
        />
      )}
      <JoinNow briefing={briefing} />
      <div className="columns two-to-one">
        <div>
          <Together briefing={briefing} approvals={approvals} onChange={onReload} />
          <Requests briefing={briefing} onChange={onReload} />
          <Agenda briefing={briefing} />
          <About briefing={briefing} />
          <SeenCorrections briefing={briefing} corrections={corrections} onCorrect={onReload} />
          <Materials briefing={briefing} />
          {briefing.status !== "draft" && <Questions briefing={briefing} />}
          {briefing.status === "sent" && <Needs briefing={briefing} />}
          {briefing.status !== "draft" && <AnswerTable briefing={briefing} onChange={onReload} />}
        </div>
        <div>
          <Answers briefing={briefing} />
          <TwiceHour briefing={briefing} />
          <OddHoursNote briefing={briefing} />
          <Promised briefing={briefing} />
          <JoinLater briefing={briefing} />
          {isOpen && !isCallingOff && (
            <Act unstyled onAct={() => setCallingOff(true)}>
              {text.callOff}
            </Act>
          )}
        </div>
      </div>
    </>
  );
}

export function About({ briefing: { about } }: { briefing: Briefing }) {
  if (!about) return null;
  return (
    <Section title={text.about}>
      <p className="long-text">{about}</p>
    </Section>
  );
}

function Answers({ briefing }: { briefing: Briefing }) {
  const { counts, places } = briefing;
  if (!counts || briefing.status === "draft") return null;
  const order = ["yes", "delegate", "no", "open"] as const;
  const bars = order.map((word) => ({ name: words.answers[word], value: counts[word] }));
  return (
    <Section title={text.answersTitle} aside={text.invited(counts.invited)}>
      <Bars of={bars} all={counts.invited} />
      <Kept briefing={briefing} />
      {places?.all ? <Places of={places} isHeld={briefing.status === "held"} /> : null}
    </Section>
  );
}

/* Where the exchange does not keep it for good (B27). */
function Kept({ briefing }: { briefing: Briefing }) {
  const zone = useZone();
  const { answers_kept_until: answers, kept_until: whole } = briefing;
  const day = (until: string) => longDay(new Date(until), zone);
  return (
    <>
      {answers && answers !== whole && (
        <p className="second after-bars">{text.keptUntil(day(answers))}</p>
      )}
      {whole && <p className="second after-bars">{text.wholeKeptUntil(day(whole))}</p>}
    </>
  );
}

function TwiceHour({ briefing: { when, id, status } }: { briefing: Briefing }) {
  if (!when.is_first_of_two) return null;
  return (
    <Section title={text.twiceTitle}>
      <TwiceNote when={when} />
      {(status === "draft" || status === "sent") && (
        <Link to={`/briefings/${id}/edit`}>{text.anotherTime}</Link>
      )}
    </Section>
  );
}

function OddHoursNote({ briefing: { odd_hours, id } }: { briefing: Briefing }) {
  const odd = odd_hours ?? [];
  if (odd.length === 0) return null;
  const people = odd.reduce((sum, hours) => sum + hours.people, 0);
  return (
    <Section title={text.oddTitle}>
      <p>
        <b>{text.oddPeople(people)}</b>{" "}
        <Link to={`/briefings/${id}/audience`}>{text.whoWillGet}</Link>
      </p>
      <ul className="rows">
        {odd.map(text.oddHours).map(([head, where]) => (
          <li key={head}>
            {head}
            <p className="second">{where}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
