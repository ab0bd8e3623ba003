/*
 * Who one is and for whom one acts (B1), in the header: the way to one's account, to another of
 * one's offices, and out.
 */
import { useEffect, useId, useState } from "react";
import { request } from "../api/client";
import type { SignedIn } from "../api/types";
import { useAct } from "../api/use-act";
import { Act } from "../parts/act";
import { Failed } from "../parts/states";
import { words } from "../words";
import { Link, useRouter } from "./router";
import { useSessions } from "./session";

const text = words.who;

export function Who({ reader }: { reader: SignedIn }) {
  const { path } = useRouter();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  useEffect(() => setOpen(false), [path]);
  const others = (reader.affiliations ?? []).filter(
    ({ organization }) => organization.id !== reader.acting_for.organization.id,
  );
  return (
    <div className="who">
      <p>
        <b>{reader.person.name}</b> {text.acting} <b>{reader.acting_for.organization.name}</b>
      </p>
      <div className="who-acts">
        {others.length > 0 && (
          <button
            type="button"
            className="usa-button usa-button--unstyled"
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setOpen(!isOpen)}
          >
            {text.change}
          </button>
        )}
        <Link to="/account">{text.account}</Link>
        <SignOut />
      </div>
      <div id={id} className="who-others" hidden={!isOpen}>
        <Offices of={others} onDone={() => setOpen(false)} />
      </div>
    </div>
  );
}

interface OfficesProps {
  of: NonNullable<SignedIn["affiliations"]>;
  onDone?: () => void;
}

/* A change of office is another session: every page begins anew, at home. */
export function Offices({ of: affiliations, onDone }: OfficesProps) {
  const { setSession, say } = useSessions();
  const { go } = useRouter();
  const change = useAct(async (_, id: string, name: string) => {
    const { data } = await request("patch", "/session", { body: { acting_for: id } });
    onDone?.();
    setSession(data);
    go("/");
    say(text.now(name));
  });
  return (
    <>
      {change.problem && <Failed problem={change.problem} what={text.notChanged} />}
      <ul className="plain-list">
        {affiliations.map(({ organization }) => (
          <li key={organization.id}>
            <Act
              outline
              isBusy={change.isBusy}
              onAct={() => change.run(organization.id, organization.name)}
            >
              {text.actFor(organization.name)}
            </Act>
          </li>
        ))}
      </ul>
    </>
  );
}

interface SignOutProps {
  children?: string;
  /* The page shows something to anyone: one stays on it. */
  isStaying?: boolean;
}

export function SignOut({ children = text.signOut, isStaying }: SignOutProps) {
  const { reload } = useSessions();
  const { go } = useRouter();
  const leave = useAct(async () => {
    await request("delete", "/session");
    sessionStorage.clear();
    localStorage.clear();
    if (!isStaying) go("/");
    await reload();
  });
  return (
    <>
      <Act unstyled onAct={leave.run}>
        {children}
      </Act>
      {leave.problem && <Failed problem={leave.problem} what={text.notSignedOut} />}
    </>
  );
}
