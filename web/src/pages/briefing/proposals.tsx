/*
 * One more host: who is proposed and what each host says, answered in place.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Approvals } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { TextAreaField, TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { useMembers } from "../../parts/organizations";
import { Failed } from "../../parts/states";
import { words } from "../../words";

const text = words.hosts;
type Proposal = Approvals["proposals"][number];

export interface HostActProps {
  briefing: string;
  approvals: Approvals;
  onAnswer: (approvals: Approvals) => Promise<void>;
}

function useSay({ briefing, onAnswer }: Omit<HostActProps, "approvals">) {
  return useAct(async (_, organization: string, is_approved: boolean, reason?: string) => {
    const asked = { params: { briefing, organization }, body: { is_approved, reason } };
    const path = "/briefings/{briefing}/hosts/{organization}";
    await onAnswer((await request("put", path, asked)).data);
  });
}

export function Proposals({ approvals, ...to }: HostActProps) {
  return approvals.proposals.map((proposal) => (
    <One key={proposal.organization.id} proposal={proposal} {...to} />
  ));
}

function One({ proposal, ...to }: Omit<HostActProps, "approvals"> & { proposal: Proposal }) {
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState("");
  const say = useSay(to);
  const { organization, voices } = proposal;
  const namesOf = (word: string) =>
    voices.filter((voice) => voice.word === word).map((voice) => voice.organization);
  const isMine = voices.some(({ is_own, word }) => is_own && word !== "yes");
  return (
    <section className="question-first proposal">
      <h2>{text.proposed(organization.name)}</h2>
      {say.problem && <Failed problem={say.problem} what={text.notKept} />}
      <p className="second">{text.voices(namesOf("yes"), namesOf("open"))}</p>
      {voices
        .filter(({ word }) => word === "no")
        .map((voice) => (
          <p key={voice.organization} className="second">
            {text.voiceNo(voice.organization, voice.reason ?? "")}
          </p>
        ))}
      {isRefusing && (
        <TextAreaField label={text.why} value={reason} onText={setReason} maxLength={1000} />
      )}
      {isMine && (
        <FormNotice says={text.proposalNotice(organization.name)}>
          {!isRefusing && (
            <Act isBusy={say.isBusy} onAct={() => say.run(organization.id, true)}>
              {text.yes(organization.name)}
            </Act>
          )}
          <Act
            outline
            isBusy={say.isBusy}
            onAct={() => (isRefusing ? say.run(organization.id, false, reason) : setRefusing(true))}
          >
            {text.no(organization.name)}
          </Act>
        </FormNotice>
      )}
    </section>
  );
}

/* Asks for one more; the other hosts are asked in their turn. */
export function AlsoHost({ approvals, ...to }: HostActProps) {
  const members = useMembers();
  const say = useSay(to);
  const [name, setName] = useState("");
  const [isUnknown, setUnknown] = useState(false);
  const hosts = approvals.hosts.map(({ organization }) => organization.id);
  const others = members.filter(({ id }) => !hosts.includes(id));
  const found = others.find((member) => member.name === name.trim());
  const ask = async () => {
    setUnknown(!found);
    if (!found) return;
    await say.run(found.id, true);
    setName("");
  };
  return (
    <div className="organizations">
      {say.problem && <Failed problem={say.problem} what={text.notKept} />}
      <TextField
        label={text.also}
        hint={text.alsoHint}
        value={name}
        onText={setName}
        suggestions={others.map((member) => member.name)}
        error={isUnknown ? text.noSuch : undefined}
      />
      <FormNotice says={text.alsoNotice}>
        <Act outline isBusy={say.isBusy} onAct={ask}>
          {found ? text.ask(found.name) : text.askAny}
        </Act>
      </FormNotice>
    </div>
  );
}
