/*
 * Who was missing, by why; the hosts' own omission stands last and says so.
 */
import { useState } from "react";
import type { Attendance } from "../../api/types";
import { Act } from "../../parts/act";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { WayOn, WhomToCall } from "../../parts/way-on";
import { Link } from "../../shell/router";
import { words } from "../../words";

const text = words.closing;
type MissingGroup = Attendance["missing"][number];
const SHOWN_AT_FIRST = 3;

const ORDER: readonly MissingGroup["reason"][] = [
  "invited-and-absent",
  "declined",
  "not-reached",
  "not-a-member",
  "not-asked",
];

interface MissingProps {
  briefing: string;
  attendance: Attendance;
}

export function Missing({ briefing, attendance }: MissingProps) {
  const groups = ORDER.flatMap((reason) =>
    attendance.missing.filter((group) => group.reason === reason && group.organizations.length),
  );
  return (
    <Section
      title={text.missingTitle}
      aside={<Link to={`/briefings/${briefing}/missing`}>{words.absence.overTheSeries}</Link>}
    >
      {groups.length === 0 && <Empty>{text.nobodyMissing}</Empty>}
      {groups.map((group) => (
        <Group key={group.reason} group={group} />
      ))}
      <p className="second after-bars">{text.onlyHosts}</p>
    </Section>
  );
}

function Group({ group: { reason, organizations } }: { group: MissingGroup }) {
  const [showsAll, setShowsAll] = useState(false);
  const { title, about } = text.missingReasons[reason];
  const shown = showsAll ? organizations : organizations.slice(0, SHOWN_AT_FIRST);
  return (
    <section className="missing">
      <div className="row-with-act">
        <h3>{title}</h3>
        <b>{organizations.length.toLocaleString("en-US")}</b>
      </div>
      <div className="row-with-act second">
        <p>{about}</p>
        <WayOn reason={reason} of={title} />
        {organizations.length > SHOWN_AT_FIRST && (
          <Act unstyled of={title} onAct={() => setShowsAll(!showsAll)}>
            {showsAll ? words.audience.showFewer : words.audience.showAll(organizations.length)}
          </Act>
        )}
      </div>
      <ul className="rows">
        {shown.map((organization) => (
          <li key={organization.id} className="row-with-act">
            {organization.name}
            <WhomToCall reason={reason} of={organization} />
          </li>
        ))}
      </ul>
    </section>
  );
}
