/*
 * Two texts, word by word: what stays, what was taken out, what was put in.
 */
export interface Piece {
  kind: "same" | "out" | "in";
  text: string;
}

/* Beyond this, comparing each word with each takes too long: one text stands behind the other. */
const COMPARED_MAX = 4_000_000;

/* Words, each with the blanks behind it. */
function wordsOf(text: string): string[] {
  return text.match(/\S+\s*|^\s+/g) ?? [];
}

/* How many words two ends of the texts have in common: [i][j] for those from i and from j on. */
function commonCounts(one: readonly string[], two: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: one.length + 1 }, () => new Uint16Array(two.length + 1));
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = two.length - 1; j >= 0; j--)
      rows[i]![j] =
        one[i] === two[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
  return rows;
}

function add(pieces: Piece[], kind: Piece["kind"], text: string): void {
  const last = pieces.at(-1);
  if (text === "") return;
  if (last?.kind === kind) last.text += text;
  else pieces.push({ kind, text });
}

export function wordsDiff(before: string, after: string): Piece[] {
  const one = wordsOf(before);
  const two = wordsOf(after);
  const pieces: Piece[] = [];
  let i = 0;
  let j = 0;
  if (one.length * two.length <= COMPARED_MAX) {
    const common = commonCounts(one, two);
    while (i < one.length && j < two.length) {
      if (one[i] === two[j]) {
        add(pieces, "same", one[i++]!);
        j++;
      } else if (common[i + 1]![j]! >= common[i]![j + 1]!) add(pieces, "out", one[i++]!);
      else add(pieces, "in", two[j++]!);
    }
  }
  add(pieces, "out", one.slice(i).join(""));
  add(pieces, "in", two.slice(j).join(""));
  return pieces;
}
