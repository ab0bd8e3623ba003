/*
 * What belongs to an exercise says so: a strip over every page that shows some of it, on screen and
 * on paper; and a word beside it in a list of other things.
 */
import { useIsExercise } from "../api/exercise";
import { useFrameWords } from "../shell/language";
import { useSessions } from "../shell/session";
import { words } from "../words";

/* On an exchange that is nothing but an exercise, more is invented than what the page shows. */
export function ExerciseStrip({ isWhole }: { isWhole: boolean }) {
  const { exercise: text } = useFrameWords();
  return (
    <div className="exercise-strip" role="region" aria-label={text.name}>
      <p className="wrap">
        <b>{text.word}</b> {isWhole ? text.about : text.part}
        {isWhole && <span className="exercise-more">{text.more}</span>}.
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
