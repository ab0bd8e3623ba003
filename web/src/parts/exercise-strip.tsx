/*
 * What belongs to an exercise says so: a strip over every page that shows some of it, on screen and
 * on paper; and a word beside it in a list of other things.
 */
import { useIsExercise } from "../api/exercise";
import { useSessions } from "../shell/session";
import { words } from "../words";

/* On an exchange that is nothing but an exercise, more is invented than what the page shows. */
export function ExerciseStrip({ isWhole }: { isWhole: boolean }) {
  return (
    <div className="exercise-strip" role="region" aria-label={words.exercise.name}>
      <p className="wrap">
        <b>{words.exercise.word}</b> {isWhole ? words.exercise.about : words.exercise.part}
        {isWhole && <span className="exercise-more">{words.exercise.more}</span>}.
      </p>
    </div>
  );
}

/* Nothing, where the strip says it of everything here. */
export function ExerciseWord({ of }: { of: { is_exercise?: boolean } }) {
  const { session } = useSessions();
  if (!of.is_exercise || session?.exchange.is_exercise) return null;
  return <b className="exercise-word">{words.exercise.word}</b>;
}

/* For the head and the foot of a printed sheet. */
export function ExercisePrinted() {
  return useIsExercise() && <b className="exercise-word">{words.exercise.word}</b>;
}
