/*
 * The third screen: the recovery codes, and the one next step.
 */
import { useEffect, useState } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { PageHead } from "../../parts/page-head";
import { Failed, Loading } from "../../parts/states";
import { Link } from "../../shell/router";
import { useSpoken } from "../../words/spoken";
import { Codes } from "../account/codes";
import { StillWorking, useStillWorking } from "../tokens/still-working";

export function Done() {
  const { link, codes: codeWords } = useSpoken();
  const [codes, setCodes] = useState<string[]>();
  const still = useStillWorking();
  const make = useAct(async () => {
    setCodes((await request("post", "/account/recovery-codes")).data.codes);
  });
  useEffect(() => void make.run(), []); // once: new codes end the ones before
  return (
    <div className="wrap link-page">
      {make.problem && <Failed problem={make.problem} what={codeWords.notMade} again={make.run} />}
      <PageHead title={link.done.title} over={link.steps(3)} />
      {codes ? <Codes codes={codes} /> : !make.problem && <Loading />}
      <StillWorking of={still} />
      <p className="link-next">
        <Link className="usa-button" to="/">
          {link.done.next}
        </Link>
      </p>
    </div>
  );
}
