/*
 * How far it may go, and in the same frame whom that reaches.
 */
import { useState } from "react";
import type { Reach } from "../../api/types";
import { usePages } from "../../api/use-pages";
import type { Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { LABELS } from "../../parts/chip";
import { LabelChoice } from "../../parts/label-choice";
import { NameList } from "../../parts/name-list";
import { Failed } from "../../parts/states";
import { words } from "../../words";
import type { Draft } from "./draft";

const text = words.tell;
type ToldLabel = Draft["label"];

/* RED is for people who are named, and this goes to partners. */
const TOLD_LABELS = LABELS.filter((label): label is ToldLabel => label !== "red");

interface WhoWillSeeProps {
  label: ToldLabel;
  reach: Resource<Reach>;
  onLabel: (label: ToldLabel) => void;
}

export function WhoWillSee({ label, reach, onLabel }: WhoWillSeeProps) {
  const [isEveryName, setEveryName] = useState(false);
  return (
    <div className="tell-who">
      <LabelChoice
        legend={text.label}
        value={label}
        labels={TOLD_LABELS}
        onLabel={(chosen) => onLabel(chosen as ToldLabel)}
      />
      <div className="tell-reach" aria-live="polite">
        <h2>{text.who}</h2>
        {reach.problem && <Failed problem={reach.problem} again={reach.reload} />}
        {reach.data ? <Sizes reach={reach.data} /> : <p className="second">{text.counting}</p>}
      </div>
      {!isEveryName && (
        <Act unstyled onAct={() => setEveryName(true)}>
          {text.everyName}
        </Act>
      )}
      {isEveryName && <EveryName key={label} label={label} />}
    </div>
  );
}

function Sizes({ reach }: { reach: Reach }) {
  const { people, organizations, sectors, missed, missed_sectors } = reach;
  return (
    <>
      <p className="tell-size">{people ? text.size(people, organizations) : text.nobody}</p>
      <ul className="rows tell-sectors">
        {[...sectors]
          .sort((one, other) => other.people - one.people)
          .map(({ sector, people: n }) => (
            <li key={sector}>
              <span>{words.sectors[sector]}</span>
              <b>{text.number(n)}</b>
            </li>
          ))}
      </ul>
      <p className="tell-not">
        {text.notThem(
          missed,
          missed_sectors.map(({ sector }) => sector),
        )}{" "}
        {text.ownOffice}
      </p>
    </>
  );
}

function EveryName({ label }: { label: ToldLabel }) {
  const pages = usePages("/reach/people", { query: { label, limit: 200 } });
  return <NameList label={text.everyName} pages={pages} />;
}
