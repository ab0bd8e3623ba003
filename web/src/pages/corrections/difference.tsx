/*
 * The old text and the new one in one: what was taken out is struck through, what was put in is
 * underlined, and both are said aloud.
 */
import { Fragment } from "react";
import { words } from "../../words";
import { wordsDiff, type Piece } from "./words-diff";

const text = words.corrections;

export function Difference({ before, after }: { before: string; after: string }) {
  return (
    <p className="corrected-text">
      {wordsDiff(before, after).map((piece, n) => (
        <Fragment key={n}>
          <Part piece={piece} />
        </Fragment>
      ))}
    </p>
  );
}

function Part({ piece: { kind, text: said } }: { piece: Piece }) {
  if (kind === "same") return said;
  const Tag = kind === "out" ? "del" : "ins";
  return (
    <>
      <Tag>
        <span className="read-only-aloud">{kind === "out" ? text.takenOut : text.putIn} </span>
        {said.trimEnd()}
        <span className="read-only-aloud">{text.endOfIt}</span>
      </Tag>
      {said.slice(said.trimEnd().length) || " "}
    </>
  );
}
