/*
 * Lists: bars, tables, the long list, and names as far as one scrolls; each empty too.
 */
import { useState } from "react";
import type { Reply } from "../../api/types";
import { Bars } from "../../parts/bars";
import { LongList } from "../../parts/long-list";
import { More } from "../../parts/more";
import { NameList } from "../../parts/name-list";
import { Organizations } from "../../parts/organizations";
import { Rows } from "../../parts/rows";
import { Empty } from "../../parts/states";
import { Status } from "../../parts/status";
import { words } from "../../words";
import { Pattern } from "./patterns";
import { inEachState, longGroups, membersNamed, peopleNamed, type Say } from "./samples";

const text = words.patterns;
type NamePage = Reply<"/reach/people", "get">;

export function Lists({ say }: { say: Say }) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(["Alabama"]));
  const toggle = (title: string) => {
    const next = new Set(closed);
    if (!next.delete(title)) next.add(title);
    setClosed(next);
  };
  const long = { label: words.audience.list, columns: Object.values(words.audience.columns) };
  return (
    <>
      <Pattern name={text.bars}>
        <Bars
          of={[
            { name: say(words.answers.yes), value: 389 },
            { name: words.answers.no, value: 52 },
            { name: words.answers.open, value: 0 },
          ]}
          all={612}
        />
        <Bars of={[{ name: words.answers.yes, value: 0 }]} all={0} />
      </Pattern>
      <Pattern name={text.table}>
        <Table say={say} />
        <Empty>{say(text.emptyTable)}</Empty>
      </Pattern>
      <Pattern name={text.longList}>
        <LongList {...long} groups={longGroups(say)} closed={closed} onToggle={toggle} />
        <LongList
          {...long}
          label={text.longListEmpty}
          groups={[]}
          closed={closed}
          onToggle={toggle}
        />
      </Pattern>
      <Names say={say} />
    </>
  );
}

function Table({ say }: { say: Say }) {
  return (
    <Rows
      rows={peopleNamed(say)}
      keyOf={({ id }) => id}
      columns={[
        { name: text.columns.name, cell: ({ name }) => name },
        { name: text.columns.office, cell: ({ organization }) => organization },
        { name: text.columns.state, cell: () => <Status kind="open">{say(text.open)}</Status> },
      ]}
    />
  );
}

function Names({ say }: { say: Say }) {
  const [chosen, setChosen] = useState<readonly string[]>(["identity--0"]);
  const items = peopleNamed(say);
  const more = async () => undefined;
  return (
    <Pattern name={text.names}>
      {inEachState<NamePage>({ items, next: "more" }).map((first, n) => (
        <NameList
          key={n}
          label={text.names}
          pages={{ first, items: first.data ? items : [], more: first.data ? more : undefined }}
        />
      ))}
      <Organizations
        label={say(text.field)}
        hint={say(text.hint)}
        members={membersNamed(say)}
        chosen={chosen}
        onChoose={setChosen}
      />
      <More of={more} />
    </Pattern>
  );
}
