/*
 * How far a file is on its way.
 */
import { words } from "../../words";

/* `done` is from 0 to 1; undefined: nothing is on its way. */
export function Sending({ done }: { done: number | undefined }) {
  if (done === undefined) return null;
  const said = words.materials.sending(done);
  return (
    <p className="material-sending" role="status">
      <progress value={done} max={1} aria-label={said} /> {said}
    </p>
  );
}
