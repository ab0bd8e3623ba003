/*
 * What is shown of a text that was corrected (B22).
 */
import assert from "node:assert/strict";
import test from "node:test";
import { wordsDiff } from "../../web/src/pages/corrections/words-diff";

function marked(before: string, after: string): string {
  return wordsDiff(before, after)
    .map(({ kind, text }) =>
      kind === "same" ? text : `${kind === "out" ? "-" : "+"}[${text}]`,
    )
    .join("");
}

/* B22: words that stay stand once; both texts can be read off the pieces. */
test("a difference keeps the words that stay", () => {
  assert.equal(marked("a b c", "a x c"), "a -[b ]+[x ]c");
  assert.equal(marked("same", "same"), "same");
  assert.equal(marked("", "all new"), "+[all new]");
  assert.equal(marked("gone", ""), "-[gone]");
  assert.equal(
    marked("eleven of fourteen", "twelve of fourteen"),
    "-[eleven ]+[twelve ]of fourteen",
  );
});

test("both texts are whole in the pieces, however long they are", () => {
  const before = Array.from({ length: 3000 }, (_, n) => `w${n % 7}\n`).join("");
  const after = Array.from({ length: 3000 }, (_, n) => `w${n % 5} `).join("");
  for (const [one, two] of [
    [before, after],
    [before.slice(0, 400), after.slice(0, 400)],
  ] as const) {
    const pieces = wordsDiff(one, two);
    const whole = (left: "out" | "in") =>
      pieces
        .filter(({ kind }) => kind !== left)
        .map(({ text }) => text)
        .join("");
    assert.equal(whole("in"), one);
    assert.equal(whole("out"), two);
  }
});
