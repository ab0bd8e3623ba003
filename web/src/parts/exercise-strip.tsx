/*
 * The strip that every page of an exercise carries, on screen and on paper.
 */
import { words } from "../words";

export function ExerciseStrip() {
  return (
    <div className="exercise-strip" role="region" aria-label={words.exercise.name}>
      <p className="wrap">
        <b>{words.exercise.word}</b> {words.exercise.about}
        <span className="exercise-more">{words.exercise.more}</span>.
      </p>
    </div>
  );
}
