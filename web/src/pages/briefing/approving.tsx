/*
 * The answers of one's own organization, given where they are asked: what each covers, yes, or no
 * with what would have to change.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Approvals, ApprovalScope } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { Link } from "../../shell/router";
import { words } from "../../words";
import { isOpen } from "./approvals";

const text = words.approvals;

interface ApprovingProps {
  briefing: string;
  approvals: Approvals;
  onAnswer: (approvals: Approvals) => void;
  /* The answer did not fit what is there now: look again. */
  onStale: () => Promise<void>;
}

export function Approving({ briefing, approvals, onAnswer, onStale }: ApprovingProps) {
  const own = approvals.hosts.find(({ is_own }) => is_own);
  const open = own?.cells.filter(isOpen) ?? [];
  if (open.length === 0 || approvals.hosts.length < 2) return null;
  return (
    <section className="question-first approving">
      <h2>{text.mine(open.length)}</h2>
      {approvals.may_answer ? (
        <ul className="rows">
          {open.map(({ scope }) => (
            <li key={scope}>
              <One
                scope={scope}
                briefing={briefing}
                state={approvals.states[scope]}
                onAnswer={onAnswer}
                onStale={onStale}
              />
            </li>
          ))}
        </ul>
      ) : (
        <p>{text.notYours}</p>
      )}
      {approvals.may_answer && <FormNotice says={text.notice} />}
    </section>
  );
}

type OneProps = Omit<ApprovingProps, "approvals"> & { scope: ApprovalScope; state: string };

function One({ scope, briefing, state, onAnswer, onStale }: OneProps) {
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const act = useAct(async (_, is_approved: boolean) => {
    const body = { scope, state, is_approved, reason: is_approved ? undefined : reason };
    const asked = { params: { briefing }, body };
    onAnswer((await request("put", "/briefings/{briefing}/approvals", asked)).data);
  });
  const isStale = act.problem?.status === 409;
  return (
    <>
      {act.problem && (
        <Failed
          problem={act.problem}
          what={text.notKept}
          again={isStale ? () => onStale().then(act.forget) : undefined}
        />
      )}
      <p>
        {text.covers[scope]}{" "}
        {scope === "audience" && (
          <Link to={`/briefings/${briefing}/audience`}>{text.whoWillGet}</Link>
        )}
      </p>
      {isRefusing && (
        <TextAreaField label={text.reason} value={reason} onText={setReason} maxLength={1000} />
      )}
      <div className="acts">
        {isRefusing ? (
          <>
            <Act isBusy={act.isBusy} onAct={() => act.run(false)}>
              {text.sayNo(scope)}
            </Act>
            <Act unstyled onAct={() => setRefusing(false)}>
              {text.close}
            </Act>
          </>
        ) : (
          <>
            <Act isBusy={act.isBusy} onAct={() => act.run(true)}>
              {text.approve(scope)}
            </Act>
            <Act outline onAct={() => setRefusing(true)}>
              {text.refuseOf(scope)}
            </Act>
          </>
        )}
      </div>
    </>
  );
}
