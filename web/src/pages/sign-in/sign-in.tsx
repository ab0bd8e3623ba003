/*
 * Signing in: on a demo exchange by sitting down in somebody's chair, else with a passkey, or with
 * e-mail address and password and, where the account asks for it, a second step (B6).
 */
import { useEffect, useState } from "react";
import type { Session } from "../../api/types";
import { PageHead } from "../../parts/page-head";
import { useRouter } from "../../shell/router";
import { useSessions } from "../../shell/session";
import { useSpoken } from "../../words/spoken";
import { Chairs } from "./chairs";
import { FirstStep } from "./first-step";
import { Help } from "./help";
import { SecondStep } from "./second-step";

type Needs = Session["needs"];

export function SignIn() {
  const { session, setSession, isOver } = useSessions();
  const { go } = useRouter();
  const { signIn: text } = useSpoken();
  const [wantsPassword, setWantsPassword] = useState(false);
  const [needs, setNeeds] = useState<Needs>(isOver ? undefined : session?.needs);
  useTitleGivenBack();

  const take = (answer: Session) => {
    setNeeds(answer.needs);
    setSession(answer);
  };
  // Whoever has opened a link and come back later goes on where they were.
  useEffect(() => {
    if (needs === "setup") go("/link", { replace: true });
  }, [needs, go]);

  if (needs === "totp" || needs === "passkey") {
    return <SecondStep needs={needs} onAnswer={take} onBack={() => setNeeds(undefined)} />;
  }
  if (session?.exchange.is_demo && !wantsPassword) {
    return <Chairs onAnswer={take} onPassword={() => setWantsPassword(true)} />;
  }
  return (
    <div className="wrap sign-in">
      {isOver && <Over isShared={session?.is_shared_computer ?? false} />}
      <PageHead title={isOver ? text.overTitle : text.title} />
      <div className="columns two-to-one">
        <FirstStep onAnswer={take} email={isOver ? session?.person?.email : undefined} />
        <Help contact={session?.exchange.contact} />
      </div>
    </div>
  );
}

function Over({ isShared }: { isShared: boolean }) {
  const { signIn: text } = useSpoken();
  return (
    <p role="alert" className="sign-in-over">
      {isShared ? text.overShared : text.over}
    </p>
  );
}

/* The page underneath has its own, which comes back with it. */
function useTitleGivenBack() {
  const [title] = useState(document.title);
  useEffect(
    () => () => {
      document.title = title;
    },
    [title],
  );
}
