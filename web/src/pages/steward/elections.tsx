/*
 * Elections besides the federal day: the list, adding one, changing one, and a sheet of them.
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { Election } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chooser, type Found } from "../../parts/chooser";
import { SelectField, TextField } from "../../parts/field";
import { findPlaces, placeFound, placeName } from "../../parts/find-whom";
import { FormFrame } from "../../parts/form";
import { Rows } from "../../parts/rows";
import { Section } from "../../parts/section";
import { Empty, Failed, Ready } from "../../parts/states";
import { useForm } from "../../parts/use-form";
import { useZone } from "../../shell/session";
import { dateOnly, daysUntilDate, longDay } from "../../time/time";
import { words } from "../../words";
import { elections as text, steward } from "../../words/steward";
import { ElectionSheet } from "./election-sheet";
import { ExchangePage } from "./frame";

const KINDS = (Object.keys(text.kinds) as Election["kind"][]).map((value) => ({
  value,
  name: text.kinds[value],
}));

export function ElectionsPage() {
  const elections = useResource("/elections");
  const [changing, change] = useState<Election>();
  const remove = useAct(async (_key: string, { id }: Election) => {
    await request("delete", "/elections/{election}", { params: { election: id } });
    change(undefined);
    await elections.reload();
  });
  const keep = async () => {
    change(undefined);
    await elections.reload();
  };
  const found = elections.data?.items;
  return (
    <ExchangePage
      part="elections"
      title={found ? text.head(found.length) : steward.exchange.nav.elections}
      facts={[text.about]}
    >
      {remove.problem && <Failed problem={remove.problem} what={steward.exchange.failed} />}
      <Ready of={elections}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{text.none}</Empty>
          ) : (
            <List elections={items} onChange={change} onRemove={remove.run} />
          )
        }
      </Ready>
      <Section title={changing ? text.edit(changing.name) : text.add}>
        <ElectionForm key={changing?.id ?? ""} of={changing} onKept={keep} />
        {changing && (
          <Act unstyled onAct={() => change(undefined)}>
            {text.leave}
          </Act>
        )}
      </Section>
      <ElectionSheet onKept={elections.reload} />
    </ExchangePage>
  );
}

interface ListProps {
  elections: Election[];
  onChange: (election: Election) => void;
  onRemove: (election: Election) => Promise<void>;
}

function List({ elections, onChange, onRemove }: ListProps) {
  return (
    <Rows
      rows={elections}
      keyOf={({ id }) => id}
      columns={[
        { name: text.columns.name, cell: ({ name }) => name },
        { name: text.columns.where, cell: ({ place }) => placeName(place) },
        { name: text.columns.kind, cell: ({ kind }) => text.kinds[kind] },
        { name: text.columns.date, cell: ({ date }) => <Day date={date} /> },
        {
          name: text.columns.next,
          cell: (election) => (
            <span className="acts">
              <Act unstyled of={election.name} onAct={() => onChange(election)}>
                {text.change}
              </Act>
              <Act unstyled of={election.name} onAct={() => onRemove(election)}>
                {text.remove}
              </Act>
            </span>
          ),
        },
      ]}
    />
  );
}

function Day({ date }: { date: string }) {
  const zone = useZone();
  const day = dateOnly(date);
  const days = daysUntilDate(date, zone);
  const far = days > 0 ? words.times.inDays(days) : words.times.today;
  return (
    <>
      {longDay(day, "UTC")}
      <p className="second">{days < 0 ? text.over : far}</p>
    </>
  );
}

interface Typed {
  name: string;
  place: Found[];
  kind: Election["kind"];
  date: string;
}

const EMPTY: Typed = { name: "", place: [], kind: "primary", date: "" };

function ElectionForm({ of: old, onKept }: { of?: Election; onKept: () => Promise<void> }) {
  const start = old ? { ...old, place: [placeFound(old.place)] } : EMPTY;
  const form = useForm(start, async ({ name, place, kind, date }, idempotencyKey) => {
    const body = { name, jurisdiction: place[0]?.id ?? "", kind, date };
    if (old) {
      await request("put", "/elections/{election}", { params: { election: old.id }, body });
    } else {
      await request("post", "/elections", { body, idempotencyKey });
    }
    await onKept();
  });
  const { typed, type, error } = form;
  return (
    <FormFrame
      of={form}
      failed={old ? text.editFailed : text.addFailed}
      act={old ? text.editAct : text.addAct}
    >
      <TextField
        label={text.name}
        hint={text.nameHint}
        maxLength={100}
        value={typed.name}
        onText={(name) => type({ name })}
        error={error("/name")}
      />
      <Chooser
        isOne
        label={text.where}
        hint={text.whereHint}
        chosen={typed.place}
        find={findPlaces}
        onChoose={(place) => type({ place })}
        error={error("/jurisdiction")}
      />
      <div className="fields-in-a-row">
        <SelectField
          label={text.kind}
          value={typed.kind}
          choices={KINDS}
          onChoice={(kind) => type({ kind: kind as Election["kind"] })}
          error={error("/kind")}
        />
        <TextField
          type="date"
          label={text.date}
          value={typed.date}
          onText={(date) => type({ date })}
          error={error("/date")}
        />
      </div>
    </FormFrame>
  );
}
