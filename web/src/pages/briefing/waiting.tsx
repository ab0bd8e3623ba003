/*
 * Which other host is waited for, what happens by itself and when, and the ways on: call them, or
 * from two hours before go on without one that is silent. A no is not passed over: what it is to is
 * changed, or the briefing is called off.
 */
import { request } from "../../api/client";
import type { Approvals } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { NextStep } from "../../parts/next-step";
import { Failed } from "../../parts/states";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { dayAndTime, recentTime } from "../../time/time";
import { words } from "../../words";
import type { Awaited, HostRow } from "./approvals";

const text = words.waiting;

interface WaitingProps {
  briefing: string;
  approvals: Approvals;
  waitsFor: Awaited;
  onAnswer: (approvals: Approvals) => Promise<void>;
  onCallOff: () => void;
}

export function Waiting(props: WaitingProps) {
  return props.waitsFor.cell.word === "no" ? <Refused {...props} /> : <Silent {...props} />;
}

function Refused({ briefing, waitsFor: { host, cell }, onCallOff }: WaitingProps) {
  return (
    <NextStep
      what={text.no(host.organization.name, cell.scope)}
      more={
        <>
          {cell.reason && text.why(cell.reason)} {text.waysOn[cell.scope]}
        </>
      }
      acts={
        <>
          <Link className="usa-button" to={`/briefings/${briefing}/edit`}>
            {text.change[cell.scope]}
          </Link>
          <Call host={host} />
          <Act unstyled onAct={onCallOff}>
            {words.briefing.callOff}
          </Act>
        </>
      }
    />
  );
}

function Silent({ briefing, approvals, waitsFor, onAnswer }: WaitingProps) {
  const { host, cell } = waitsFor;
  const go = useAct(async () => {
    const asked = { params: { briefing }, body: { organization: host.organization.id } };
    await onAnswer((await request("post", "/briefings/{briefing}/approvals/without", asked)).data);
  });
  const name = host.organization.name;
  const mayGoOn = Date.parse(approvals.without_from) <= Date.now();
  return (
    <>
      {go.problem && <Failed problem={go.problem} what={text.notGone} />}
      <NextStep
        what={text.others(name, cell.scope, cell.is_again, approvals.open)}
        more={<More {...waitsFor} from={approvals.without_from} mayGoOn={mayGoOn} />}
        acts={
          <>
            <Call host={host} />
            {mayGoOn && (
              <Act isBusy={go.isBusy} onAct={() => go.run()}>
                {text.goOn(name)}
              </Act>
            )}
          </>
        }
      />
    </>
  );
}

interface MoreProps extends Awaited {
  from: string;
  mayGoOn: boolean;
}

function More({ host, cell, from, mayGoOn }: MoreProps) {
  const zone = useZone();
  const { approver, deputies } = host;
  const who = approver ? text.who(approver.name, deputies.length) : host.organization.name;
  return (
    <>
      {cell.due ? text.told(who, recentTime(new Date(cell.due), zone)) : text.notTold(who)}{" "}
      {mayGoOn ? text.goOnMore : text.from(dayAndTime(new Date(from), zone))}
    </>
  );
}

/* Where nobody is named, or without a number: who is on duty there. */
function Call({ host: { approver, organization } }: { host: HostRow }) {
  if (!approver?.phone) {
    return (
      <Link to={`/directory?q=${encodeURIComponent(organization.name)}`}>{text.whomToCall}</Link>
    );
  }
  return (
    <a className="usa-button usa-button--outline" href={`tel:${approver.phone}`}>
      {text.call(approver.name, approver.phone)}
    </a>
  );
}
