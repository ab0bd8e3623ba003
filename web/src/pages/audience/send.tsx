/*
 * The bar that sends: what happens, how many people, and how far it is once it goes.
 */
import { useEffect, useState, type ReactNode } from "react";
import { request } from "../../api/client";
import type { Problem } from "../../api/problem";
import type { Audience, Briefing, Sending } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { Focused } from "../../parts/focused";
import { FormNotice } from "../../parts/form-notice";
import { SendBar } from "../../parts/send-bar";
import { Failed } from "../../parts/states";
import { Link } from "../../shell/router";
import { words } from "../../words";
import { neededFrom, type Awaited } from "../briefing/approvals";

const text = words.audience;
const { waiting } = words;
const PROGRESS_SECONDS = 1;

interface SendProps {
  briefing: Briefing;
  audience: Audience;
  onChange: () => Promise<void>;
}

export function Send({ briefing, audience, onChange }: SendProps) {
  const [isUnderWay, setUnderWay] = useState(false);
  const params = { briefing: briefing.id };
  const approvals = useResource("/briefings/{briefing}/approvals", { params }).data;
  const waitsFor = approvals && neededFrom(approvals);
  const back = <Link to={`/briefings/${briefing.id}`}>{text.back}</Link>;
  const send = useAct(async (key, people: number, urgent_because?: string) => {
    await request("post", "/briefings/{briefing}/send", {
      params,
      idempotencyKey: key,
      body: { people, urgent_because },
    });
    setUnderWay(true);
  });
  if (isUnderWay) return <Progress briefing={briefing.id} back={back} onDone={onChange} />;

  if (waitsFor && audience.people > 0) {
    return (
      <Blocked
        waitsFor={waitsFor}
        back={back}
        problem={send.problem}
        onSend={
          approvals.is_standing_audience ? (why) => send.run(audience.people, why) : undefined
        }
        people={audience.people}
      />
    );
  }
  const invited = audience.already_invited ?? 0;
  const left = audience.people;
  const hasChanged = send.problem?.status === 409;
  return (
    <SendBar
      about={
        <>
          {send.problem && <Failed problem={send.problem} what={text.notSent} again={onChange} />}
          <p>{hasChanged ? text.changed : text.notice}</p>
          <Odd audience={audience} />
        </>
      }
      acts={
        <>
          {back}
          {left > 0 && briefing.status !== "cancelled" ? (
            <Act isBusy={send.isBusy} onAct={() => send.run(left)}>
              {invited > 0 ? text.sendRest(left) : text.send(left)}
            </Act>
          ) : (
            invited > 0 && <span>{text.allSent}</span>
          )}
        </>
      }
    />
  );
}

interface BlockedProps {
  waitsFor: Awaited;
  back: ReactNode;
  problem: Problem | undefined;
  /* Absent: not all hosts have agreed to this audience. */
  onSend: ((why: string) => Promise<void>) | undefined;
  people: number;
}

/* A host has not approved: said, and where the rule allows it sent in urgency all the same. */
function Blocked({ waitsFor: { host, cell }, back, problem, onSend, people }: BlockedProps) {
  const [isUrgent, setUrgent] = useState(false);
  const [why, setWhy] = useState("");
  const said =
    cell.word === "no"
      ? waiting.no(host.organization.name, cell.scope)
      : waiting.lacks(host.organization.name, cell.scope);
  return (
    <SendBar
      about={
        <>
          {problem && <Failed problem={problem} what={text.notSent} />}
          <p>
            <b>{said}</b> {waiting.blocked}
          </p>
          {onSend && isUrgent && (
            <>
              <TextField
                label={waiting.urgentWhy}
                hint={waiting.urgentMore}
                value={why}
                onText={setWhy}
                maxLength={1000}
              />
              <FormNotice says={waiting.urgentNotice} />
            </>
          )}
        </>
      }
      acts={
        <>
          {back}
          {onSend && !isUrgent && (
            <Act unstyled onAct={() => setUrgent(true)}>
              {waiting.urgent}
            </Act>
          )}
          {onSend && isUrgent && why.trim() && (
            <Act onAct={() => onSend(why.trim())}>{waiting.sendUrgent(people)}</Act>
          )}
        </>
      }
    />
  );
}

function Odd({ audience }: { audience: Audience }) {
  const people = audience.odd_hours?.reduce((sum, hours) => sum + hours.people, 0) ?? 0;
  return people > 0 ? <p>{text.odd(people)}</p> : null;
}

interface ProgressProps {
  briefing: string;
  back: ReactNode;
  onDone: () => Promise<void>;
}

function Progress({ briefing, back, onDone }: ProgressProps) {
  const sending = useResource(
    "/briefings/{briefing}/send",
    { params: { briefing } },
    PROGRESS_SECONDS,
  );
  const isDone = sending.data?.is_done ?? false;
  useEffect(() => {
    if (isDone) void onDone();
  }, [isDone]); // once, when it is done
  const progressed = (
    <Focused>
      <Progressed sending={sending.data} />
    </Focused>
  );
  return <SendBar about={progressed} acts={back} />;
}

function Progressed({ sending }: { sending: Sending | undefined }) {
  if (!sending) return <p role="status">{words.states.loading}</p>;
  const { written, total, mailed, is_done } = sending;
  return (
    <>
      <p role="status">
        <b>{is_done ? text.done : text.progress(written, total)}</b>{" "}
        {mailed !== undefined && text.mailed(mailed)}
      </p>
      <progress value={written} max={total} aria-label={text.progress(written, total)} />
      {!is_done && <p>{text.goesOn}</p>}
    </>
  );
}
