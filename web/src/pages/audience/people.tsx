/*
 * The exact list of people, by state, with what narrows it.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useState } from "react";
import type { Audience, Duty, Invitee } from "../../api/types";
import { Act } from "../../parts/act";
import { SelectField, TextField, type Choice } from "../../parts/field";
import { LongList, type LongGroup } from "../../parts/long-list";
import { Section } from "../../parts/section";
import { Empty } from "../../parts/states";
import { dateOnly, shortDay, wallClock, wallTime, zoneName } from "../../time/time";
import { words } from "../../words";
import {
  csvOf,
  everyoneIn,
  filtered,
  NO_FILTER,
  peopleIn,
  type Filter,
  type PeopleGroup,
} from "./filter";

const text = words.audience;

const DUTIES: readonly Choice<Duty | "any">[] = [
  { value: "any", name: text.everyDuty },
  { value: "primary", name: words.duties.primary },
  { value: "stand-in", name: words.duties["stand-in"] },
  { value: "after-hours", name: words.duties["after-hours"] },
];

export function People({ audience }: { audience: Audience }) {
  const [filter, setFilter] = useState(NO_FILTER);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const groups = filtered(audience, filter);
  const toggle = (title: string) => {
    const next = new Set(closed);
    if (!next.delete(title)) next.add(title);
    setClosed(next);
  };
  const all = everyoneIn(audience);
  if (all === 0) {
    return (
      <Section title={text.willGet}>
        <Empty>{text.noPeople}</Empty>
      </Section>
    );
  }
  return (
    <Section title={text.willGet} aside={text.size(all, audience.organizations)}>
      <Filters audience={audience} filter={filter} onFilter={setFilter} />
      <a className="usa-skipnav skip-list" href="#after-list">
        {words.lists.skip}
      </a>
      <LongList
        label={text.list}
        columns={Object.values(text.columns)}
        groups={groups.map(lines)}
        closed={closed}
        onToggle={toggle}
      />
      {groups.length === 0 && <Empty>{text.nobody}</Empty>}
      <div id="after-list" className="after-list second" tabIndex={-1}>
        <p role="status">
          {text.showing(peopleIn(groups), all)} {text.keeps}
        </p>
        <div className="acts">
          <Act
            unstyled
            onAct={() => setClosed(new Set(closed.size ? [] : groups.map(({ title }) => title)))}
          >
            {closed.size ? text.openAll : text.closeAll}
          </Act>
          <Act unstyled onAct={() => saveCsv(groups)}>
            {text.csv}
          </Act>
        </div>
      </div>
    </Section>
  );
}

interface FiltersProps {
  audience: Audience;
  filter: Filter;
  onFilter: (filter: Filter) => void;
}

function Filters({ audience, filter, onFilter }: FiltersProps) {
  const odd = audience.odd_hours?.reduce((sum, { people }) => sum + people, 0) ?? 0;
  return (
    <div className="filters">
      <TextField
        label={text.find}
        type="search"
        value={filter.text}
        onText={(sought) => onFilter({ ...filter, text: sought })}
      />
      <SelectField
        label={text.duty}
        value={filter.duty}
        choices={DUTIES}
        onChoice={(duty) => onFilter({ ...filter, duty })}
      />
      {odd > 0 && (
        <Checkbox
          id="odd-only"
          name="odd-only"
          label={text.oddOnly(odd)}
          checked={filter.oddOnly}
          onChange={(event) => onFilter({ ...filter, oddOnly: event.target.checked })}
        />
      )}
    </div>
  );
}

function theirTime({ local, timezone }: Invitee): string {
  return `${wallTime(local)} ${zoneName(wallClock(local), timezone)}`;
}

function dutyOf({ duty, checked }: Invitee): string {
  if (!duty) return "";
  const day = checked && shortDay(dateOnly(checked), "UTC");
  return [words.duties[duty], day].filter(Boolean).join(", ");
}

function lines({ title, people }: PeopleGroup): LongGroup {
  const offices = new Set(people.map(({ organization }) => organization)).size;
  const times = new Set(people.map(theirTime));
  const time = times.size === 1 ? [...times][0] : "";
  return {
    title,
    cells: [text.people(people.length), text.offices(offices), time],
    rows: people.map((one) => ({
      key: one.id,
      cells: [one.name, dutyOf(one), one.organization, theirTime(one)],
    })),
  };
}

function saveCsv(groups: PeopleGroup[]): void {
  const address = URL.createObjectURL(new Blob([csvOf(groups)], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = text.csvFile;
  link.click();
  URL.revokeObjectURL(address);
}
