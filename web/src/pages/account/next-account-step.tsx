/*
 * The one thing that an account lacks, or that its owner should know of.
 */
import { request } from "../../api/client";
import type { Account } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { NextStep } from "../../parts/next-step";
import { Failed } from "../../parts/states";
import { useReader, useZone } from "../../shell/session";
import { dayAndTime, recentTime } from "../../time/time";
import { account as text } from "../../words/account";
import type { AccountProps } from "./account";
import { stateOf } from "./state";

export function NextAccountStep({ account, resource }: AccountProps) {
  const state = stateOf(account);
  const link = account.links[0];
  const { roles } = useReader().acting_for;
  const manages = roles.includes("admin") || roles.includes("steward");
  if (state === "linkMade" && link) {
    return <LinkStep link={link} onRefused={resource.reload} />;
  }
  if (state === "onePassword") {
    return <NextStep what={text.steps.second} more={manages && text.office} />;
  }
  if (state === "noCodes") return <NextStep what={text.steps.codes} more={text.steps.codesMore} />;
  return null;
}

interface LinkStepProps {
  link: Account["links"][number];
  onRefused: () => Promise<void>;
}

/* Somebody else's doing, which may be somebody else's plan. */
function LinkStep({ link, onRefused }: LinkStepProps) {
  const zone = useZone();
  const refuse = useAct(async () => {
    await request("delete", "/account/links");
    await onRefused();
  });
  const starts = new Date(link.starts);
  const who = [link.person, link.organization].filter(Boolean).join(", ");
  const isOpen = starts.getTime() <= Date.now();
  return (
    <>
      {refuse.problem && <Failed problem={refuse.problem} what={text.links.notRefused} />}
      <NextStep
        what={text.links.by(who || text.links.console, recentTime(new Date(link.made), zone))}
        more={isOpen ? text.links.open : text.links.opens(dayAndTime(starts, zone))}
        acts={
          <Act isBusy={refuse.isBusy} onAct={refuse.run}>
            {text.links.refuse}
          </Act>
        }
      />
    </>
  );
}
