/*
 * A link by which somebody sets what they sign in with, in three screens (B5): what it is about,
 * which changes nothing; setting a passkey, or a password and an app; the recovery codes.
 */
import { useEffect, useRef, useState } from "react";
import { request } from "../../api/client";
import type { Session } from "../../api/types";
import { useAct } from "../../api/use-act";
import { PageHead } from "../../parts/page-head";
import { Failed, Loading } from "../../parts/states";
import { useRouter } from "../../shell/router";
import { isSignedIn, useSessions } from "../../shell/session";
import { useSpoken } from "../../words/spoken";
import { AddAppStep } from "./add-app-step";
import { Dead } from "./dead";
import { Done } from "./done";
import { Left } from "./left";
import { Look, type LinkAbout } from "./look";
import { SetUp } from "./set-up";

type Step = "look" | "set" | "app" | "left" | "done";

export function LinkPage() {
  const { session, problem, reload } = useSessions();
  const [secret] = useState(() => window.location.hash.slice(1));
  if (problem && !session) return <Wrapped problem={problem} again={reload} />;
  if (!session) return <Wrapped />;
  return <Steps secret={secret} session={session} />;
}

function Steps({ secret, session }: { secret: string; session: Session }) {
  const { setSession } = useSessions();
  const { go } = useRouter();
  const [step, setStep] = useState<Step>(secret ? "look" : "set");
  const [isShared, setShared] = useState(session.is_shared_computer ?? false);

  const open = useAct(async () => {
    const body = { secret, is_shared_computer: isShared };
    const { data } = await request("post", "/session/link", { body });
    go("/link", { replace: true }); // the secret is of no more use
    setSession(data);
    setStep("set");
  });
  const takeTo = (next: Step) => (answer: Session) => {
    setSession(answer);
    setStep(next);
    window.scrollTo(0, 0);
  };

  if (step === "look") {
    return (
      <Looking
        secret={secret}
        isShared={isShared}
        onShared={setShared}
        onBegin={open.run}
        isBusy={open.isBusy}
        problem={open.problem}
      />
    );
  }
  if (step === "set" && session.needs !== "setup") return <Dead />;
  if (step === "set") {
    return <SetUp isShared={isShared} onPasskey={takeTo("done")} onPassword={takeTo("app")} />;
  }
  if (!isSignedIn(session)) return <Dead />;
  if (step === "app") {
    return <AddAppStep onAdded={takeTo("done")} onLater={() => setStep("left")} />;
  }
  if (step === "left") return <Left />;
  return <Done />;
}

type LookingProps = Omit<Parameters<typeof Look>[0], "about"> & { secret: string };

/* What a link is about is asked once: a program that opens links for a look leaves no trace. */
function Looking({ secret, ...look }: LookingProps) {
  const [about, setAbout] = useState<LinkAbout>();
  const ask = useAct(async () => {
    setAbout((await request("post", "/session/link/about", { body: { secret } })).data);
  });
  const isAsked = useRef(false);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    void ask.run();
  });
  if (ask.problem?.status === 404) return <Dead />;
  if (ask.problem) return <Wrapped problem={ask.problem} again={ask.run} />;
  if (!about) return <Wrapped />;
  return <Look about={about} {...look} />;
}

type FailedProps = Parameters<typeof Failed>[0];

function Wrapped({ problem, again }: Partial<FailedProps>) {
  const { link: text } = useSpoken();
  return (
    <div className="wrap">
      {problem ? <Failed problem={problem} again={again} /> : <Loading />}
      <PageHead title={text.looking} />
    </div>
  );
}
