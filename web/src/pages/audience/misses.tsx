/*
 * Who will not get it, by why: our own reasons stand before theirs.
 */
import { useId, useState } from "react";
import type { MissGroup } from "../../api/types";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { OwnWayOn, WayOn, WhomToCall } from "../../parts/way-on";
import { Link } from "../../shell/router";
import { words } from "../../words";

const text = words.audience;
const SHOWN_AT_FIRST = 3;

interface MissesProps {
  misses: MissGroup[];
  total: number;
  /* Where its label can still be changed; absent: it cannot. */
  edit?: string;
}

export function Misses({ misses, total, edit }: MissesProps) {
  return (
    <Section title={text.misses} aside={total > 0 && text.missCount(total)}>
      {total === 0 && <Empty>{text.noMisses}</Empty>}
      {misses
        .filter(({ organizations }) => organizations.length > 0)
        .map((group) => (
          <Group key={group.reason} group={group} edit={edit} />
        ))}
    </Section>
  );
}

function Group({ group, edit }: { group: MissGroup; edit: string | undefined }) {
  const { reason, organizations } = group;
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
        <span className="acts">
          {reason === "ceiling" && edit && <Link to={edit}>{words.wayOnOwn.label}</Link>}
          <WayOn reason={reason} of={title} />
        </span>
      </div>
      <ul className="rows">
        {shown.map((organization) => (
          <li key={organization.id} className="row-with-act">
            <div>
              <b>{organization.name}</b>
              {organization.words && !isSaidOnce && <p className="second">{organization.words}</p>}
            </div>
            <span className="acts">
              <WhomToCall reason={reason} of={organization} />
              <OwnWayOn reason={reason} of={organization} />
            </span>
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
