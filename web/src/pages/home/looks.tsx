/*
 * Somebody asks by name who was given a thing, and the reader is the second person (R2).
 */
import { request } from "../../api/client";
import type { Look } from "../../api/types";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { Failed } from "../../parts/states";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { words } from "../../words";

const text = words.looks;

interface LooksProps {
  looks: readonly Look[];
  onSaid: () => Promise<void>;
}

export function Looks({ looks, onSaid }: LooksProps) {
  return looks.map((one) => <Asked key={one.id} look={one} onSaid={onSaid} />);
}

function Asked({ look, onSaid }: { look: Look; onSaid: () => Promise<void> }) {
  const zone = useZone();
  const say = useAct(async (_, agrees: boolean) => {
    await request("put", "/looks/{look}", { params: { look: look.id }, body: { agrees } });
    await onSaid();
  });
  return (
    <section className="question-first look-asked">
      <h2>{text.asks(look.asked_by, look.source)}</h2>
      <p>
        <ExerciseWord of={look} /> {look.label && <Chip label={look.label} />}{" "}
        <Link to={`/objects/${look.object}`}>{look.title}</Link>
      </p>
      {look.reason && <p>{text.why(look.reason)}</p>}
      <p className="second">
        {text.consequence} {look.due && dayAndTime(new Date(look.due), zone)}.
      </p>
      {say.problem && <Failed problem={say.problem} what={text.notSaid} />}
      <div className="acts form-acts">
        <Act isBusy={say.isBusy} of={look.title} onAct={() => say.run(true)}>
          {text.agree}
        </Act>
        <Act outline isBusy={say.isBusy} of={look.title} onAct={() => say.run(false)}>
          {text.refuse}
        </Act>
      </div>
    </section>
  );
}
