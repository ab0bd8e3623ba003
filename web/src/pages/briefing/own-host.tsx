/*
 * What concerns one's own organization as a host: who answers for it, and leaving.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Approvals } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { SelectField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Failed } from "../../parts/states";
import { useRouter } from "../../shell/router";
import { words } from "../../words";
import type { HostActProps } from "./proposals";

const text = words.hosts;

function colleaguesOf(approvals: Approvals) {
  return approvals.colleagues.map(({ id = "", name }) => ({ value: id, name }));
}

export function WhoAnswers({ briefing, approvals, onAnswer }: HostActProps) {
  const own = approvals.hosts.find(({ is_own }) => is_own);
  const [names, setNames] = useState([
    own?.approver?.id ?? approvals.colleagues[0]?.id ?? "",
    own?.deputies[0]?.id ?? "",
    own?.deputies[1]?.id ?? "",
  ]);
  const act = useAct(async () => {
    const [approver = "", ...others] = names;
    const body = { approver, deputies: others.filter(Boolean) };
    const asked = { params: { briefing }, body };
    await onAnswer((await request("put", "/briefings/{briefing}/approvers", asked)).data);
  });
  const choices = colleaguesOf(approvals);
  const choose = (at: number) => (id: string) =>
    setNames(names.map((name, n) => (n === at ? id : name)));
  return (
    <div>
      {act.problem && <Failed problem={act.problem} what={text.notNamed} />}
      <div className="fields-in-a-row">
        {names.map((name, n) => (
          <SelectField
            key={n}
            label={n === 0 ? text.approver : text.deputy(n)}
            value={name}
            choices={n === 0 ? choices : [{ value: "", name: text.nobody }, ...choices]}
            onChoice={choose(n)}
          />
        ))}
      </div>
      <FormNotice says={text.answersNotice}>
        <Act outline isBusy={act.isBusy} onAct={() => act.run()}>
          {text.keep}
        </Act>
      </FormNotice>
    </div>
  );
}

export function LeaveHosts({ briefing }: { briefing: string }) {
  const [isLeaving, setLeaving] = useState(false);
  const { go } = useRouter();
  const act = useAct(async () => {
    await request("delete", "/briefings/{briefing}/hosts", { params: { briefing } });
    go("/briefings");
  });
  if (!isLeaving) {
    return (
      <Act unstyled onAct={() => setLeaving(true)}>
        {text.leave}
      </Act>
    );
  }
  return (
    <div className="call-off">
      {act.problem && <Failed problem={act.problem} what={text.notLeft} />}
      <p>{text.leaveMore}</p>
      <div className="acts">
        <Act isBusy={act.isBusy} onAct={() => act.run()}>
          {text.leaveAct}
        </Act>
        <Act unstyled onAct={() => setLeaving(false)}>
          {text.stay}
        </Act>
      </div>
    </div>
  );
}
