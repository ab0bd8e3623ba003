/*
 * At most four facts in one line under a heading, split by hairlines.
 */
import type { ReactNode } from "react";

export type FactList = (ReactNode | false | undefined)[];

export function Facts({ of: facts }: { of: FactList }) {
  const shown = facts.filter(Boolean);
  if (shown.length === 0) return null;
  return (
    <ul className="facts plain-list">
      {shown.map((fact, n) => (
        <li key={n}>{fact}</li>
      ))}
    </ul>
  );
}
