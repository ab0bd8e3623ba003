/*
 * Who set a password and leaves the app for later: what still works, where there is anything.
 */
import { useEffect } from "react";
import { PageHead } from "../../parts/page-head";
import { Loading } from "../../parts/states";
import { Link, useRouter } from "../../shell/router";
import { useSpoken } from "../../words/spoken";
import { StillWorking, useStillWorking } from "../tokens/still-working";

export function Left() {
  const { link, tokensLeft } = useSpoken();
  const { go } = useRouter();
  const still = useStillWorking();
  const isNothing = still.isNone && !still.isEnded;
  useEffect(() => {
    if (isNothing) go("/account");
  }, [isNothing, go]);
  return (
    <div className="wrap link-page">
      <PageHead title={tokensLeft.head} over={link.steps(3)} />
      {still.live || still.problem ? <StillWorking of={still} /> : <Loading />}
      <p className="link-next">
        <Link className="usa-button" to="/account">
          {tokensLeft.next}
        </Link>
      </p>
    </div>
  );
}
