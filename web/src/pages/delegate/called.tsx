/*
 * What a second person says who has called somebody that was vouched for: it was them, or it could
 * not be confirmed.
 */
import { request } from "../../api/client";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Failed } from "../../parts/states";
import { TwoStep } from "../../parts/two-step";
import { words } from "../../words";

const text = words.newcomer;

interface CalledProps {
  person: string;
  name: string;
  organization: string;
  onSaid: () => Promise<void>;
}

export function Called({ person, name, organization, onSaid }: CalledProps) {
  const say = useAct(async (_, is_them: boolean) => {
    const asked = { params: { person }, body: { organization, is_them } };
    await request("put", "/people/{person}/call", asked);
    await onSaid();
  });
  const refuse = { ...say, run: () => say.run(false) };
  return (
    <div className="acts called">
      {say.problem && <Failed problem={say.problem} what={text.notSaid} />}
      <Act isBusy={say.isBusy} onAct={() => say.run(true)}>
        {text.itWas(name)}
      </Act>
      <TwoStep
        ask={text.itWasNot}
        of={name}
        about={text.refusing(name)}
        act={text.refuse(name)}
        doing={refuse}
        failed={text.notSaid}
        keep={text.later}
      />
    </div>
  );
}
