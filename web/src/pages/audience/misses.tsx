/*
 * Who will not get it, by why: our own reasons stand before theirs.
 */
import { useId, useState } from "react";
import type { MissGroup } from "../../api/types";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { WayOn } from "../../parts/way-on";
import { words } from "../../words";

const text = words.audience;
const SHOWN_AT_FIRST = 3;

export function Misses({ misses, total }: { misses: MissGroup[]; total: number }) {
  return (
    <Section title={text.misses} aside={total > 0 && text.missCount(total)}>
      {total === 0 && <Empty>{text.noMisses}</Empty>}
      {misses
        .filter(({ organizations }) => organizations.length > 0)
        .map((group) => (
          <Group key={group.reason} group={group} />
        ))}
    </Section>
  );
}

function Group({ group: { reason, organizations } }: { group: MissGroup }) {
  const id = useId();
  const [showsAll, setShowsAll] = useState(false);
  const { title, about } = text.missReasons[reason];
  const shown = showsAll ? organizations : organizations.slice(0, SHOWN_AT_FIRST);
  const said = new Set(organizations.map(({ words: why }) => why));
  const isSaidOnce = said.size === 1 && organizations.length > 1; // by the line above them
  const isLong = organizations.length > SHOWN_AT_FIRST;
  return (
    <section className="misses" aria-labelledby={id}>
      <div className="row-with-act">
        <h3 id={id}>{title}</h3>
        <b>{organizations.length.toLocaleString("en-US")}</b>
      </div>
      <div className="row-with-act second">
        <p>{about}</p>
        <WayOn reason={reason} of={title} />
      </div>
      <ul className="rows">
        {shown.map((organization) => (
          <li key={organization.id}>
            <b>{organization.name}</b>
            {organization.words && !isSaidOnce && <p className="second">{organization.words}</p>}
          </li>
        ))}
      </ul>
      {isLong && (
        <Act unstyled of={title} onAct={() => setShowsAll(!showsAll)}>
          {showsAll ? text.showFewer : text.showAll(organizations.length)}
        </Act>
      )}
    </section>
  );
}
