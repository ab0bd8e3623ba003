/*
 * The people whose accounts one manages (B3, B5): inviting, a new sign-in link for who has lost
 * theirs, confirming one that waits, suspending.
 */
import { useState } from "react";
import type { Person } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Empty, Failed, Ready } from "../../parts/states";
import { Link } from "../../shell/router";
import { useReader } from "../../shell/session";
import { office as text } from "../../words/account";
import { Invite } from "./invite";
import { MadeLink, type Made } from "./made-link";
import { PersonRow } from "./person-row";

type Shown = "list" | "invite" | Made;

export function OfficePage() {
  const people = usePages("/people");
  const [shown, setShown] = useState<Shown>("list");
  if (people.first.problem?.status === 403) return <NotYet {...people.first} />;
  const { items, more, first } = people;
  const made = (one: Made) => {
    setShown(one);
    window.scrollTo(0, 0);
    return first.reload();
  };
  const waiting = items.filter(({ waiting_link }) => waiting_link).length;
  return (
    <div className="wrap office">
      <PageHead
        title={first.data ? text.head(items.length, !!more) : text.title}
        facts={[text.about, waiting > 0 && <b key="waiting">{text.waiting(waiting)}</b>]}
        acts={
          <>
            <Link to="/office/tokens">{text.toTokens}</Link>
            {shown === "list" && <Act onAct={() => setShown("invite")}>{text.invite.act}</Act>}
          </>
        }
      />
      {shown === "invite" && (
        <Invite people={items} onMade={made} onClose={() => setShown("list")} />
      )}
      {typeof shown === "object" && (
        <MadeLink key={shown.link?.id} {...shown} onDone={() => setShown("list")} />
      )}
      <Ready of={first}>
        {() => <List people={items} onLink={made} onChanged={first.reload} more={more} />}
      </Ready>
    </div>
  );
}

interface ListProps {
  people: Person[];
  onLink: (made: Made) => Promise<void>;
  onChanged: () => Promise<void>;
  more: (() => Promise<void>) | undefined;
}

function List({ people, onLink, onChanged, more }: ListProps) {
  if (people.length === 0) return <Empty>{text.empty}</Empty>;
  return (
    <>
      <ul className="rows">
        {people.map((person) => (
          <PersonRow key={person.id} person={person} onLink={onLink} onChanged={onChanged} />
        ))}
      </ul>
      <More of={more} />
    </>
  );
}

/* Not theirs to see, or, for who manages people, not before a second step. */
function NotYet({ problem }: Pick<ReturnType<typeof usePages<"/people">>["first"], "problem">) {
  const { roles } = useReader().acting_for;
  const manages = roles.includes("admin") || roles.includes("steward");
  return (
    <div className="wrap">
      {problem && <Failed problem={problem} />}
      <PageHead title={manages ? text.title : text.notYours} />
      {manages && (
        <p>
          <Link to="/account">{text.toAccount}</Link>
        </p>
      )}
    </div>
  );
}
