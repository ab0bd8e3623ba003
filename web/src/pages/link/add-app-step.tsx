/*
 * After a password: the app on one's phone, still the second of the three screens' steps.
 */
import type { Session } from "../../api/types";
import { Act } from "../../parts/act";
import { PageHead } from "../../parts/page-head";
import { account } from "../../words/account";
import { useSpoken } from "../../words/spoken";
import { AddApp } from "../account/add-app";

interface AddAppStepProps {
  onAdded: (session: Session) => void;
  onLater: () => void;
}

export function AddAppStep({ onAdded, onLater }: AddAppStepProps) {
  const { link } = useSpoken();
  return (
    <div className="wrap link-page">
      <PageHead title={link.app.title} over={link.steps(2)} />
      <AddApp name={account.signIn.app} onAdded={onAdded} />
      <p>
        <Act unstyled onAct={onLater}>
          {link.app.later}
        </Act>
      </p>
    </div>
  );
}
