/*
 * Numbers in sentences.
 */
const SPELLED = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];

export function number(n: number): string {
  return n.toLocaleString("en-US");
}

/* "1 person", "612 people" */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/* "Two things": a number at the start of a sentence. */
export function spelled(n: number, one: string, many = `${one}s`): string {
  return `${SPELLED[n] ?? number(n)} ${n === 1 ? one : many}`;
}

const LISTING = new Intl.ListFormat("en-US", { type: "conjunction" });

/* "Guam, Maine, and Vermont" */
export function list(names: readonly string[]): string {
  return LISTING.format(names);
}

const CHOOSING = new Intl.ListFormat("en-US", { type: "disjunction" });

/* "Guam, Maine, or Vermont" */
export function either(names: readonly string[]): string {
  return CHOOSING.format(names);
}

/*
 * "Guam, Maine, and Vermont" in pieces, in their order: a name with its place in the list, or what
 * stands between.
 */
export function listPieces(names: readonly string[]): { said: string; at?: number }[] {
  let count = 0;
  return LISTING.formatToParts(names).map(({ type, value }) =>
    type === "element" ? { said: value, at: count++ } : { said: value },
  );
}
