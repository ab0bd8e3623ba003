/*
 * With whom: the kinds of organizations whose duty officers are invited, which is all that most
 * briefings need; what narrows them, and who else is invited; and what that means together.
 */
import { useState } from "react";
import type { Duty } from "../../api/types";
import { choicesOf } from "../../parts/choices";
import { Chooser } from "../../parts/chooser";
import { findMembers, findOfficers, findParents, findPlaces } from "../../parts/find-whom";
import { Ticks } from "../../parts/ticks";
import { words } from "../../words";
import { inWords, isNarrowed, type Whom } from "./whom";

const text = words.whom;

const SECTORS = (
  [
    "state",
    "territorial",
    "local",
    "tribal",
    "federal",
    "association",
    "platform",
    "vendor",
    "research",
    "civil-society",
    "other",
  ] as const
).map((value) => ({ value, name: words.sectors[value] }));
const DUTIES = choicesOf<Duty>(words.duties);

interface WhomProps {
  whom: Whom;
  fault?: string;
  onWhom: (changes: Partial<Whom>) => void;
}

export function WhomQuestion({ whom, fault, onWhom }: WhomProps) {
  const [opensAtOnce] = useState(isNarrowed(whom));
  return (
    <>
      <Ticks
        legend={words.make.withWhomHint}
        error={fault}
        className="whom"
        choices={SECTORS}
        ticked={whom.sectors}
        onTick={(sectors) => onWhom({ sectors })}
      />
      <p className="whom-says" role="status">
        {inWords(whom)}
      </p>
      <details className="whom-more" open={opensAtOnce}>
        <summary>
          <b>{text.more}</b> <span className="second">{text.moreAbout}</span>
        </summary>
        <div className="whom-columns">
          <Narrowing whom={whom} onWhom={onWhom} />
          <Adding whom={whom} onWhom={onWhom} />
        </div>
      </details>
    </>
  );
}

function Narrowing({ whom, onWhom }: WhomProps) {
  return (
    <div>
      <h3>{text.narrow}</h3>
      <Chooser
        label={text.places}
        hint={text.placesHint}
        chosen={whom.places}
        find={findPlaces}
        onChoose={(places) => onWhom({ places })}
      />
      <Ticks
        legend={text.duties}
        className="whom"
        choices={DUTIES}
        ticked={whom.duties}
        onTick={(duties) => onWhom({ duties })}
      />
    </div>
  );
}

function Adding({ whom, onWhom }: WhomProps) {
  return (
    <div>
      <h3>{text.add}</h3>
      <Chooser
        label={text.associations}
        hint={text.associationsHint}
        chosen={whom.associations}
        find={findParents}
        onChoose={(associations) => onWhom({ associations })}
      />
      <Chooser
        label={text.organizations}
        hint={text.organizationsHint}
        chosen={whom.organizations}
        find={findMembers}
        onChoose={(organizations) => onWhom({ organizations })}
      />
      <Chooser
        label={text.people}
        hint={text.peopleHint}
        chosen={whom.people}
        find={findOfficers}
        onChoose={(people) => onWhom({ people })}
      />
    </div>
  );
}
