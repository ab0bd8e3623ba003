/*
 * How many states and territories somebody will join from, and those that nobody does: each leads
 * to who answers there.
 */
import { useState } from "react";
import type { Briefing } from "../../api/types";
import { Act } from "../../parts/act";
import { Link } from "../../shell/router";
import { words } from "../../words";

const text = words.briefing;
const SHOWN_AT_FIRST = 8; // more are a list that nobody reads

type PlacesOf = NonNullable<Briefing["places"]>;

export function Places({ of: places, isHeld }: { of: PlacesOf; isHeld: boolean }) {
  const { reached = 0, all = 0, missing = [] } = places;
  const told = isHeld ? text.placesSaidYes : text.placesReached;
  return (
    <div className="after-bars">
      <p>
        <b>{told(reached, all)}</b>
      </p>
      {missing.length > 0 && <Missing places={missing} />}
    </div>
  );
}

function Missing({ places }: { places: NonNullable<PlacesOf["missing"]> }) {
  const [showsAll, setShowsAll] = useState(false);
  const isLong = places.length > SHOWN_AT_FIRST + 1;
  const shown = isLong && !showsAll ? places.slice(0, SHOWN_AT_FIRST) : places;
  return (
    <>
      <p>
        {text.nobodyFrom}{" "}
        {text.placesList(shown.map(({ name }) => name)).map(({ said, at }, n) => {
          const place = at === undefined ? undefined : shown[at];
          if (!place) return said;
          return (
            <Link key={n} to={`/directory?jurisdiction=${place.code}`}>
              {said}
              <span className="read-only-aloud">, {words.waiting.whomToCall}</span>
            </Link>
          );
        })}
        .
      </p>
      <p className="second">{text.placesLead}</p>
      {isLong && (
        <Act unstyled of={text.placesOf} onAct={() => setShowsAll(!showsAll)}>
          {showsAll ? words.audience.showFewer : words.audience.showAll(places.length)}
        </Act>
      )}
    </>
  );
}
