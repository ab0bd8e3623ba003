/*
 * Behind the link that the old address was mailed: stopping a change of somebody's contact (B5).
 * Opening it changes nothing.
 */
import { useState } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { PageHead } from "../../parts/page-head";
import { Failed } from "../../parts/states";
import { Link, useRouter } from "../../shell/router";
import { contactStop as text } from "../../words/account";

export function ContactPage() {
  const { go } = useRouter();
  const [secret] = useState(() => window.location.hash.slice(1));
  const [isStopped, setStopped] = useState(false);
  const stop = useAct(async () => {
    await request("post", "/account/contact/refuse", { body: { secret } });
    setStopped(true);
    go("/contact", { replace: true }); // the heading has changed, and takes the focus
  });
  if (isStopped) {
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
      {stop.problem && <Failed problem={stop.problem} what={text.notStopped} />}
      <PageHead title={text.title} />
      <p className="link-about">{text.about}</p>
      <p className="link-about">{text.yes}</p>
      <Act isBusy={stop.isBusy} onAct={stop.run}>
        {text.act}
      </Act>
    </div>
  );
}
