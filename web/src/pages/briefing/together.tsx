/*
 * What hosts agree to among themselves: the answers that are open for the reader, the matrix, and
 * who hosts it.
 */
import { useState } from "react";
import type { Approvals, Briefing } from "../../api/types";
import type { Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Ready } from "../../parts/states";
import { words } from "../../words";
import { ApprovalMatrix } from "./approvals";
import { Approving } from "./approving";
import { LeaveHosts, WhoAnswers } from "./own-host";
import { AlsoHost, Proposals, type HostActProps } from "./proposals";

const text = words.hosts;

interface TogetherProps {
  briefing: Briefing;
  approvals: Resource<Approvals>;
  /* Hosts or agenda may be others now. */
  onChange: () => Promise<void>;
}

export function Together({ briefing, approvals, onChange }: TogetherProps) {
  const isOpen = briefing.status === "draft" || briefing.status === "sent";
  const answered = async (now: Approvals) => {
    approvals.replace(now);
    await onChange();
  };
  return (
    <Ready of={approvals}>
      {(data) => (
        <>
          {isOpen && (
            <>
              <Approving
                briefing={briefing.id}
                approvals={data}
                onAnswer={approvals.replace}
                onStale={approvals.reload}
              />
              <Proposals briefing={briefing.id} approvals={data} onAnswer={answered} />
            </>
          )}
          <ApprovalMatrix approvals={data} />
          {isOpen && <HostActs briefing={briefing.id} approvals={data} onAnswer={answered} />}
        </>
      )}
    </Ready>
  );
}

function HostActs(props: HostActProps) {
  const [shown, show] = useState<"also" | "who">();
  const toggle = (which: "also" | "who") => () => show(shown === which ? undefined : which);
  const isAlone = props.approvals.hosts.length < 2;
  return (
    <div className="host-acts">
      <div className="acts">
        <Act unstyled onAct={toggle("also")}>
          {text.also}
        </Act>
        {!isAlone && (
          <Act unstyled onAct={toggle("who")}>
            {text.who}
          </Act>
        )}
        {!isAlone && <LeaveHosts briefing={props.briefing} />}
      </div>
      {shown === "also" && <AlsoHost {...props} />}
      {shown === "who" && <WhoAnswers {...props} />}
    </div>
  );
}
