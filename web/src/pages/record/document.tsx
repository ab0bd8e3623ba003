/*
 * The record's document: its plain text, line by line, as headings, lists and quotes.
 */
import type { ReactNode } from "react";
import type { Label } from "../../api/types";
import { LABELS } from "../../parts/chip";

type Kind = "title" | "section" | "part" | "item" | "more" | "quote" | "text";

const MARKS: readonly [mark: string, kind: Kind][] = [
  ["# ", "title"],
  ["## ", "section"],
  ["### ", "part"],
  ["- ", "item"],
  ["  ", "more"],
  ["> ", "quote"],
];

function read(line: string): { kind: Kind; words: string } {
  const found = MARKS.find(([mark]) => line.startsWith(mark));
  return found
    ? { kind: found[1], words: line.slice(found[0].length) }
    : { kind: "text", words: line };
}

/* The strip over the page says so, and each printed sheet. */
const EXERCISE = "EXERCISE EXERCISE EXERCISE";

const labelLine = (label: Label) => `TLP:${label.toUpperCase()}`;

/* The strictest label of what it tells; none where it tells nothing. */
export function labelOf(text: string): Label | undefined {
  const found = text.split("\n").find((line) => line.startsWith("TLP:"));
  return LABELS.find((label) => labelLine(label) === found);
}

export function titleOf(text: string): string | undefined {
  const found = text.split("\n").find((line) => line.startsWith("# "));
  return found?.slice("# ".length);
}

/* Items that follow each other are one list; a line that goes on belongs to its item. */
export function Document({ text, isPart = false }: { text: string; isPart?: boolean }) {
  const label = labelOf(text);
  const shown: ReactNode[] = [];
  let items: string[][] = [];
  const endList = () => {
    if (items.length) shown.push(<List key={shown.length} items={items} />);
    items = [];
  };
  for (const line of text.split("\n")) {
    const { kind, words } = read(line);
    if (kind === "item") items.push([words]);
    else if (kind === "more") items.at(-1)?.push(words);
    else {
      endList();
      const isOnThePage = words === EXERCISE || (label && words === labelLine(label));
      if (!words.trim() || isOnThePage) continue;
      shown.push(<Line key={shown.length} kind={kind} words={words} isPart={isPart} />);
    }
  }
  endList();
  return <div className="document">{shown}</div>;
}

function List({ items }: { items: string[][] }) {
  return (
    <ul className="rows">
      {items.map(([first, ...more], n) => (
        <li key={n}>
          {first}
          {more.map((words, line) => (
            <p key={line} className="second">
              {words}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Line({ kind, words, isPart }: { kind: Kind; words: string; isPart: boolean }) {
  const Section = isPart ? "h3" : "h2";
  const Part = isPart ? "h4" : "h3";
  switch (kind) {
    case "title":
      return null; // the page's own heading says it
    case "section":
      return <Section>{words}</Section>;
    case "part":
      return <Part>{words}</Part>;
    case "quote":
      return (
        <figure className="quote">
          <blockquote>{words}</blockquote>
        </figure>
      );
    default:
      return <p>{words}</p>;
  }
}
