/*
 * Whom somebody vouched for, to be called by the reader before they are sent to a briefing.
 */
import type { Home } from "../../api/types";
import { ExerciseWord } from "../../parts/exercise-strip";
import { Linked } from "../../parts/reach";
import { Link } from "../../shell/router";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { words } from "../../words";
import { Called } from "../delegate/called";

const text = words.newcomer;

interface NewcomersProps {
  newcomers: Home["newcomers"];
  onSaid: () => Promise<void>;
}

export function Newcomers({ newcomers, onSaid }: NewcomersProps) {
  return newcomers.map((one) => (
    <section key={one.id + one.organization.id} className="question-first newcomer-asked">
      <h2>
        <Linked text={text.call(one.name, one.phone)} />
      </h2>
      <p>{text.from(one.organization.name, one.vouched_by)}</p>
      <ToWhat newcomer={one} />
      <Called person={one.id} name={one.name} organization={one.organization.id} onSaid={onSaid} />
    </section>
  ));
}

/* The briefing, where the reader may read it. */
function ToWhat({ newcomer }: { newcomer: Home["newcomers"][number] }) {
  const zone = useZone();
  const { briefing, title, start } = newcomer;
  if (!briefing || !title || !start) return <p className="second">{text.waits}</p>;
  return (
    <p className="second">
      <ExerciseWord of={newcomer} /> <Link to={`/briefings/${briefing}`}>{title}</Link>,{" "}
      {dayAndTime(new Date(start), zone)}. {text.before}
    </p>
  );
}
