/*
 * One's own account (B1, B5, B6): its state in the heading and, where something is open, the one
 * next step; then what one signs in with, where one is signed in, whom one acts for, how one is
 * reached, and the programs that act as oneself.
 */
import type { Account } from "../../api/types";
import { useResource, type Resource } from "../../api/use-resource";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { useReader } from "../../shell/session";
import { Offices } from "../../shell/who";
import { account as text } from "../../words/account";
import { Contact } from "./contact";
import { NextAccountStep } from "./next-account-step";
import { Sessions } from "./sessions";
import { SignInMeans } from "./sign-in-means";
import { stateOf } from "./state";
import { Tokens } from "./tokens";

export function AccountPage() {
  const account = useResource("/account");
  return (
    <div className="wrap account">
      <Head account={account.data} />
      <Ready of={account}>{(data) => <Parts account={data} resource={account} />}</Ready>
    </div>
  );
}

function Head({ account }: { account: Account | undefined }) {
  const { person, acting_for } = useReader();
  const title = account ? text.titles[stateOf(account)] : text.crumb;
  return <PageHead title={title} facts={[text.for(person.name, acting_for.organization.name)]} />;
}

/* What the parts of the page are given: the account, and how to show it anew. */
export interface AccountProps {
  account: Account;
  resource: Resource<Account>;
}

function Parts(props: AccountProps) {
  return (
    <>
      <NextAccountStep {...props} />
      <div className="columns one-to-one">
        <div>
          <SignInMeans {...props} />
          <Sessions {...props} />
        </div>
        <div>
          <ActingFor />
          <Contact {...props} />
          <Tokens />
        </div>
      </div>
    </>
  );
}

function ActingFor() {
  const { acting_for, affiliations = [] } = useReader();
  const { organization, roles } = acting_for;
  const others = affiliations.filter((one) => one.organization.id !== organization.id);
  return (
    <Section title={text.who.title}>
      <div className="account-part">
        <p>
          <b>{organization.name}</b>{" "}
          <span className="second">{roles.map((role) => text.who.roles[role]).join(", ")}</span>
        </p>
        <Status kind="done">{text.who.current}</Status>
        {others.length > 0 && (
          <>
            <p className="second">{text.who.about}</p>
            <Offices of={others} />
          </>
        )}
      </div>
    </Section>
  );
}
