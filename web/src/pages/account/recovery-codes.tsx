/*
 * Recovery codes: how many are left, and ten new ones, shown once.
 */
import { useState } from "react";
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Failed } from "../../parts/states";
import { Opened, TwoStep } from "../../parts/two-step";
import { account, codes as codeWords } from "../../words/account";
import type { AccountProps } from "./account";
import { Codes } from "./codes";

const text = account.signIn;

export function RecoveryCodes({ account: shown, resource }: AccountProps) {
  const [codes, setCodes] = useState<string[]>();
  const make = useAct(async () => {
    setCodes((await request("post", "/account/recovery-codes")).data.codes);
    await resource.reload();
  });
  const hasSome = shown.recovery_codes > 0;
  const isOfUse = shown.authenticators.length > 0; // they stand in for one that is lost
  return (
    <>
      <b>{text.codes}</b>
      <p className="second">{isOfUse ? text.codesLeft(shown.recovery_codes) : text.codesLater}</p>
      {!isOfUse ? null : codes ? (
        <Opened>
          <Codes codes={codes} />
        </Opened>
      ) : hasSome ? (
        <TwoStep
          ask={text.newCodes}
          of={text.codes}
          about={text.newCodesAbout}
          act={text.newCodes}
          doing={make}
          failed={codeWords.notMade}
          keep={text.cancel}
        />
      ) : (
        <>
          {make.problem && <Failed problem={make.problem} what={codeWords.notMade} />}
          <Act unstyled isBusy={make.isBusy} onAct={make.run}>
            {text.newCodes}
          </Act>
        </>
      )}
    </>
  );
}
