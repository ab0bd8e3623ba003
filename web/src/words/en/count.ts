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

/* "Guam, Maine, and Vermont"; of many the first `max`, "and 49 others". */
export function list(names: readonly string[], max = names.length): string {
  const left = names.length - max;
  const shown = left > 1 ? [...names.slice(0, max), `${number(left)} others`] : names;
  return new Intl.ListFormat("en-US", { type: "conjunction" }).format(shown);
}
