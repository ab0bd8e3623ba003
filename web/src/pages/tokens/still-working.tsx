/*
 * What a recovery leaves as it was (B5): the tokens by which programs act as this person, named so
 * that they are known again, and ended in one press.
 */
import { useState } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { More } from "../../parts/more";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { useSpoken } from "../../words/spoken";
import { isLive } from "./live";

/* Those that still work; undefined: not known yet. */
export function useStillWorking() {
  const { first, items, more } = usePages("/account/tokens");
  const [isEnded, setEnded] = useState(false);
  const end = useAct(async () => {
    await request("delete", "/account/tokens");
    setEnded(true);
    await first.reload();
  });
  const live = first.data && items.filter((token) => isLive(token));
  const isNone = live?.length === 0 && !more;
  return { live, more, end, isEnded, isNone, problem: first.problem, again: first.reload };
}

export function StillWorking({ of }: { of: ReturnType<typeof useStillWorking> }) {
  const { live, more, end, isEnded, isNone, problem, again } = of;
  const { tokensLeft: text } = useSpoken();
  if (problem) return <Failed problem={problem} what={text.notShown} again={again} />;
  if (!live || (isNone && !isEnded)) return null;
  if (isNone) {
    return (
      <p role="status" className="tokens-left">
        <Status kind="done">{text.ended}</Status>
      </p>
    );
  }
  return (
    <Section title={text.title} aside={more ? undefined : text.count(live.length)}>
      {end.problem && <Failed problem={end.problem} what={text.notEnded} />}
      <p className="account-part">{text.about}</p>
      <ul className="rows">
        {live.map(({ id, name, organization }) => (
          <li key={id}>
            <b>{name}</b>
            <p className="second">{organization}</p>
          </li>
        ))}
      </ul>
      <More of={more} />
      <p className="account-act">
        <Act outline isBusy={end.isBusy} onAct={end.run}>
          {more ? text.endAll : text.end(live.length)}
        </Act>
      </p>
    </Section>
  );
}
