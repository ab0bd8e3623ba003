/*
 * With whom: the kinds of organizations whose duty officers are invited, which is all that most
 * briefings need; what narrows them, and who else is invited; and what that means together.
 */
import { Checkbox, ErrorMessage, Fieldset } from "@trussworks/react-uswds";
import { useState } from "react";
import type { Duty, Sector } from "../../api/types";
import { Chooser } from "../../parts/chooser";
import { words } from "../../words";
import { findMembers, findOfficers, findParents, findPlaces } from "./find-whom";
import { inWords, isNarrowed, type Whom } from "./whom";

const text = words.whom;

const SECTORS: readonly Sector[] = [
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
];
const DUTIES: readonly Duty[] = ["primary", "stand-in", "after-hours"];

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
        fault={fault}
        name="sectors"
        all={SECTORS}
        ticked={whom.sectors}
        words={words.sectors}
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

interface TicksProps<V extends string> {
  legend: string;
  fault?: string;
  name: string;
  all: readonly V[];
  ticked: readonly V[];
  words: Record<V, string>;
  onTick: (ticked: V[]) => void;
}

function Ticks<V extends string>({ legend, fault, name, all, ticked, ...more }: TicksProps<V>) {
  const toggle = (value: V, isIn: boolean) =>
    more.onTick(all.filter((one) => (one === value ? isIn : ticked.includes(one))));
  return (
    <Fieldset legend={legend} className="whom">
      {fault && <ErrorMessage>{fault}</ErrorMessage>}
      <div className="whom-choices">
        {all.map((value) => (
          <Checkbox
            key={value}
            id={`${name}-${value}`}
            name={name}
            label={more.words[value]}
            checked={ticked.includes(value)}
            onChange={(event) => toggle(value, event.target.checked)}
          />
        ))}
      </div>
    </Fieldset>
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
        name="duties"
        all={DUTIES}
        ticked={whom.duties}
        words={words.duties}
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
