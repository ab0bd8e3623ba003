/*
 * For which of one's organizations one acts, and signing out.
 */
import { request } from "../../api/client";
import type { Affiliation } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { PageHead } from "../../parts/page-head";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { SignOut } from "../../shell/header";
import { useRouter } from "../../shell/router";
import { useReader, useSessions } from "../../shell/session";
import { words } from "../../words";

export function Who() {
  const reader = useReader();
  const { setSession } = useSessions();
  const { go } = useRouter();
  const change = useAct(async (_, id: string) => {
    setSession((await request("patch", "/session", { body: { acting_for: id } })).data);
    go("/");
  });
  const current = reader.acting_for.organization.id;
  return (
    <div className="wrap">
      {change.problem && <Failed problem={change.problem} what={words.who.notChanged} />}
      <PageHead title={words.who.title} facts={[words.who.about]} />
      <ul className="rows">
        {(reader.affiliations ?? []).map((one) => (
          <Row
            key={one.organization.id}
            one={one}
            isCurrent={one.organization.id === current}
            onTake={() => change.run(one.organization.id)}
          />
        ))}
      </ul>
      <p>
        <SignOut />
      </p>
    </div>
  );
}

interface RowProps {
  one: Affiliation;
  isCurrent: boolean;
  onTake: () => Promise<void>;
}

function Row({ one: { organization }, isCurrent, onTake }: RowProps) {
  return (
    <li className="row-with-act">
      <div>
        <b>{organization.name}</b>
        <p className="second">{words.sectors[organization.sector]}</p>
      </div>
      {isCurrent ? (
        <Status kind="done">{words.who.current}</Status>
      ) : (
        <Act outline onAct={onTake}>
          {words.who.actFor(organization.name)}
        </Act>
      )}
    </li>
  );
}
