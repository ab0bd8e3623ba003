/*
 * Every name of those who will see something, with their office, as far as one scrolls.
 */
import type { Pages } from "../api/use-pages";
import { More } from "./more";
import { Ready } from "./states";

type NamedPath = "/reach/people" | "/briefings/{briefing}/readers/people";

interface NameListProps {
  label: string;
  pages: Pages<NamedPath>;
}

export function NameList({ label, pages: { first, items, more } }: NameListProps) {
  return (
    <Ready of={first}>
      {() => (
        <div className="name-list" tabIndex={0} role="group" aria-label={label}>
          <ul className="plain-list">
            {items.map((person) => (
              <li key={person.id}>
                {person.name} <span className="second">{person.organization}</span>
              </li>
            ))}
          </ul>
          <More of={more} />
        </div>
      )}
    </Ready>
  );
}
