/*
 * Behind the links that a change of somebody's contact mails (B5): the old address stops it, the
 * new one confirms it. Opening one changes nothing.
 */
import { useState } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { PageHead } from "../../parts/page-head";
import { Failed } from "../../parts/states";
import { Link, useRouter } from "../../shell/router";
import { useSpoken } from "../../words/spoken";

export function ContactPage() {
  const { contactStop } = useSpoken();
  return <MailedLink text={contactStop} path="/contact" does="/account/contact/refuse" />;
}

export function ContactConfirmPage() {
  const { contactConfirm } = useSpoken();
  return (
    <MailedLink text={contactConfirm} path="/contact/confirm" does="/account/contact/confirm" />
  );
}

interface MailedLinkProps {
  text: ReturnType<typeof useSpoken>["contactStop"];
  path: string;
  does: "/account/contact/refuse" | "/account/contact/confirm";
}

function MailedLink({ text, path, does }: MailedLinkProps) {
  const { go } = useRouter();
  const [secret] = useState(() => window.location.hash.slice(1));
  const [isDone, setDone] = useState(false);
  const act = useAct(async () => {
    await request("post", does, { body: { secret } });
    setDone(true);
    go(path, { replace: true }); // the heading has changed, and takes the focus
  });
  if (isDone) {
    return (
      <div className="wrap">
        <PageHead title={text.done} />
        <p className="link-about">{text.then}</p>
        <Link className="usa-button" to="/account">
          {text.toAccount}
        </Link>
      </div>
    );
  }
  return (
    <div className="wrap">
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      <PageHead title={text.title} />
      <p className="link-about">{text.about}</p>
      <p className="link-about">{text.else}</p>
      <Act isBusy={act.isBusy} onAct={act.run}>
        {text.act}
      </Act>
    </div>
  );
}
