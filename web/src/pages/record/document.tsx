/*
 * The record's document: its plain text, line by line, as headings, lists and quotes.
 */
import type { ReactNode } from "react";

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

/* Items that follow each other are one list; a line that goes on belongs to its item. */
export function Document({ text }: { text: string }) {
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
      if (words.trim()) shown.push(<Line key={shown.length} kind={kind} words={words} />);
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
          {more.map((words) => (
            <p key={words} className="second">
              {words}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Line({ kind, words }: { kind: Kind; words: string }) {
  switch (kind) {
    case "title":
      return null; // the page's own heading says it
    case "section":
      return <h2>{words}</h2>;
    case "part":
      return <h3>{words}</h3>;
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
