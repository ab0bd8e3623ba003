/*
 * The first screen: who invites, to what, what is kept of whoever joins and who sees it. Only its
 * button opens the link.
 */
import { Checkbox } from "@trussworks/react-uswds";
import type { Problem } from "../../api/problem";
import type { Reply } from "../../api/types";
import { Act } from "../../parts/act";
import { FormNotice } from "../../parts/form-notice";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Failed } from "../../parts/states";
import { isSignedIn, useSessions, useZone } from "../../shell/session";
import { SignOut } from "../../shell/who";
import { useSpoken } from "../../words/spoken";

export type LinkAbout = Reply<"/session/link/about", "post">;

interface LookProps {
  about: LinkAbout;
  isShared: boolean;
  onShared: (isShared: boolean) => void;
  onBegin: () => Promise<void>;
  isBusy: boolean;
  problem: Problem | undefined;
}

type LinkWords = ReturnType<typeof useSpoken>["link"];

function titleOf(
  { by, is_newcomer, organization }: LinkAbout,
  exchange: string,
  text: LinkWords,
): string {
  if (!is_newcomer) return text.again(organization);
  if (!by.organization) return text.invitedPlain(exchange);
  return text.invited(text.by(by.person, by.organization), exchange);
}

export function Look(props: LookProps) {
  const { about, problem } = props;
  const { link: text, dayAndTime } = useSpoken();
  const { session } = useSessions();
  const zone = useZone();
  const starts = new Date(about.starts);
  const doesWait = starts.getTime() > Date.now();
  const exchange = session?.exchange.name ?? "";
  return (
    <div className="wrap link-page">
      {problem && <Failed problem={problem} what={text.notBegun} />}
      <PageHead
        title={doesWait ? text.waits(dayAndTime(starts, zone)) : titleOf(about, exchange, text)}
        over={text.steps(1)}
        facts={[
          <b key="whom">{text.forWhom(about.name, about.organization)}</b>,
          about.email,
          text.until(dayAndTime(new Date(about.expires), zone)),
        ]}
      />
      {doesWait ? <p className="link-about">{text.waitsAbout}</p> : <Open {...props} />}
    </div>
  );
}

function Open(props: LookProps) {
  const { session } = useSessions();
  const { link: text } = useSpoken();
  const { about } = props;
  const isElse = isSignedIn(session) && session.person.email !== about.email;
  return (
    <>
      <p className="link-about">{about.is_newcomer ? text.aboutNew : text.aboutAgain}</p>
      {isElse ? (
        <SomebodyElse signedIn={session.person.name} meant={about.name} />
      ) : (
        <Begin {...props} />
      )}
      <Section title={text.kept.title}>
        <dl className="kept">
          {text.kept.rows.map(([what, who]) => (
            <div key={what}>
              <dt>{what}</dt>
              <dd>{who}</dd>
            </div>
          ))}
        </dl>
        <FormNotice says={text.kept.voluntary} />
      </Section>
    </>
  );
}

function Begin({ about, isShared, onShared, onBegin, isBusy }: LookProps) {
  const { link: text, signIn } = useSpoken();
  return (
    <div className="link-begin">
      <Checkbox
        id="link-shared"
        name="shared"
        label={signIn.shared}
        labelDescription={signIn.sharedHint}
        checked={isShared}
        onChange={(event) => onShared(event.target.checked)}
      />
      <Act isBusy={isBusy} onAct={onBegin}>
        {text.begin(about.name)}
      </Act>
      <p className="second">{text.nothingYet}</p>
    </div>
  );
}

/* The link stays in the address, so that it is there again once the other is gone. */
function SomebodyElse({ signedIn, meant }: { signedIn: string; meant: string }) {
  const { link: text } = useSpoken();
  return (
    <section className="next-step" aria-label={text.wrongTitle}>
      <div>
        <p>
          <b>{text.wrongTitle}</b>
        </p>
        <p className="second">{text.wrong(signedIn, meant)}</p>
      </div>
      <div className="next-step-acts">
        <SignOut isStaying>{text.wrongAct(signedIn)}</SignOut>
      </div>
    </section>
  );
}
