/*
 * Before something is said of a briefing: how many people will see it, and to hosts every name.
 */
import { useState, type ReactNode } from "react";
import type { Reply } from "../api/types";
import { usePages } from "../api/use-pages";
import { useResource, type Resource } from "../api/use-resource";
import { words } from "../words";
import { Act } from "./act";
import { Focused } from "./focused";
import { NameList } from "./name-list";
import { Failed } from "./states";

const text = words.whoReads;
const NAMES_A_PAGE = 200;

interface WhoReadsProps {
  briefing: string;
  /* What it is about: an item or a question; absent: the briefing. */
  of?: string;
}

export function WhoReads({ briefing, of }: WhoReadsProps) {
  const asked = { params: { briefing }, query: { of: of || undefined } };
  const readers = useResource("/briefings/{briefing}/readers", asked);
  return <Readers of={readers} names={<Names key={of} briefing={briefing} of={of} />} />;
}

interface ReadersProps {
  of: Resource<Reply<"/briefings/{briefing}/readers", "get">>;
  /* For hosts. */
  names: ReactNode;
}

export function Readers({ of: { data, problem, reload }, names }: ReadersProps) {
  const [isEveryName, setEveryName] = useState(false);
  return (
    <div className="who-reads">
      {problem && <Failed problem={problem} again={reload} />}
      <div aria-live="polite">
        {!data && !problem && <p className="second">{text.counting}</p>}
        {data && <p>{text.size(data.people, data.organizations)}</p>}
        {data && !data.has_names && <p className="second">{text.hidden}</p>}
      </div>
      {data?.has_names && !isEveryName && (
        <Act unstyled onAct={() => setEveryName(true)}>
          {text.everyName}
        </Act>
      )}
      {data?.has_names && isEveryName && <Focused>{names}</Focused>}
    </div>
  );
}

function Names({ briefing, of }: WhoReadsProps) {
  const pages = usePages("/briefings/{briefing}/readers/people", {
    params: { briefing },
    query: { of: of || undefined, limit: NAMES_A_PAGE },
  });
  return <NameList label={text.names} pages={pages} />;
}
