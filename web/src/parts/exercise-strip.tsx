/*
 * The strip that every page of an exercise carries, on screen and on paper.
 */
import { words } from "../words";

export function ExerciseStrip({ about = words.exercise.about }: { about?: string }) {
  return (
    <div className="exercise-strip" role="region" aria-label={words.exercise.name}>
      <p className="wrap">
        <b>{words.exercise.word}</b> {about}
      </p>
    </div>
  );
}
