/*
 * The third screen: the recovery codes, and the one next step.
 */
import { useEffect, useState } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { PageHead } from "../../parts/page-head";
import { Failed, Loading } from "../../parts/states";
import { Link } from "../../shell/router";
import { codes as codeWords, link } from "../../words/account";
import { Codes } from "../account/codes";

const text = link.done;

export function Done() {
  const [codes, setCodes] = useState<string[]>();
  const make = useAct(async () => {
    setCodes((await request("post", "/account/recovery-codes")).data.codes);
  });
  useEffect(() => void make.run(), []); // once: new codes end the ones before
  return (
    <div className="wrap link-page">
      {make.problem && <Failed problem={make.problem} what={codeWords.notMade} again={make.run} />}
      <PageHead title={text.title} over={link.steps(3)} />
      {codes ? <Codes codes={codes} /> : !make.problem && <Loading />}
      <p className="link-next">
        <Link className="usa-button" to="/">
          {text.next}
        </Link>
      </p>
    </div>
  );
}
