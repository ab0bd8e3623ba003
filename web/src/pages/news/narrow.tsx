/*
 * The questions by which the list of what came in is narrowed, as the address answers them.
 */
import { useEffect, useState } from "react";
import { request } from "../../api/client";
import type { Problem } from "../../api/problem";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chooser, type Found } from "../../parts/chooser";
import { LABELS } from "../../parts/chip";
import { choicesOf } from "../../parts/choices";
import { SelectField, type Choice } from "../../parts/field";
import { findMembers } from "../../parts/find-whom";
import { Link, useRouter } from "../../shell/router";
import { words } from "../../words";
import { news as text } from "../../words/news";
import { addressFor, isNarrowed, NOTHING, VALUES_MAX, type Asked } from "./asked";
import { FoldedTicks } from "./folded-ticks";

const KINDS = choicesOf<string>({ ...words.home.kinds, answer: text.answers }).sort((a, b) =>
  a.name.localeCompare(b.name),
);
const LABEL_CHOICES = LABELS.map((value) => ({ value, name: `TLP:${value.toUpperCase()}` }));
const SINCE = [{ value: "", name: text.anySince }, ...choicesOf(text.sinceChoices)];

/* Those that the reader reads; Members has a page of its own. Undefined: not known yet. */
function useCollections(chosen: readonly string[]): Choice<string>[] | undefined {
  const { data } = useResource("/collections");
  const read = data?.items.filter(({ may_read, alias }) => may_read && alias !== "members");
  return read?.map(({ id, alias, title }) => ({
    value: alias && chosen.includes(alias) ? alias : id,
    name: title,
  }));
}

/* An address has only the ids of who shared it. */
function useNames(ids: readonly string[]): Record<string, string> {
  const [names, setNames] = useState<Record<string, string>>({});
  const asked = ids.slice(0, VALUES_MAX).join(" ");
  useEffect(() => {
    const leaving = new AbortController();
    const name = async (organization: string) => {
      const params = { organization };
      const found = await request("get", "/organizations/{organization}", {
        params,
        signal: leaving.signal,
      }).catch(() => undefined);
      if (leaving.signal.aborted) return;
      setNames((all) => ({ ...all, [organization]: found?.data.name ?? text.gone }));
    };
    for (const id of asked.split(" ").filter(Boolean)) void name(id);
    return () => leaving.abort();
  }, [asked]);
  return names;
}

/* What can be ticked, and so be taken out again; of what is not known yet, all. */
function known(values: readonly string[], choices: Choice<string>[] | undefined) {
  return choices ? values.filter((one) => choices.some(({ value }) => value === one)) : values;
}

interface NarrowProps {
  asked: Asked;
  problem: Problem | undefined;
}

export function Narrow({ asked, problem }: NarrowProps) {
  const { go } = useRouter();
  const [typed, setTyped] = useState(asked);
  const [chosen, choose] = useState<Found[]>(asked.organization.map((id) => ({ id, name: "" })));
  const names = useNames(asked.organization);
  const collections = useCollections(asked.collection);
  const next: Asked = {
    kind: known(typed.kind, KINDS),
    organization: chosen.map(({ id }) => id),
    label: known(typed.label, LABEL_CHOICES),
    collection: known(typed.collection, collections),
    since: SINCE.some(({ value }) => value === typed.since) ? typed.since : undefined,
  };
  const errorOf = (name: keyof typeof NOTHING) =>
    next[name]!.length > VALUES_MAX
      ? text.tooMany(VALUES_MAX)
      : problem?.fieldMessage(`/${name}`, text.wrong);
  const ticks = (name: "kind" | "label" | "collection") => ({
    ticked: next[name],
    onTick: (ticked: string[]) => setTyped({ ...typed, [name]: ticked }),
    error: errorOf(name),
  });
  return (
    <form
      role="search"
      aria-label={text.narrow}
      className="narrow"
      onSubmit={(event) => {
        event.preventDefault();
        go(addressFor(next));
      }}
    >
      <FoldedTicks legend={text.kind} none={text.anyKind} choices={KINDS} {...ticks("kind")} />
      <FoldedTicks
        legend={text.label}
        none={text.anyLabel}
        choices={LABEL_CHOICES}
        {...ticks("label")}
      />
      <FoldedTicks
        legend={text.collection}
        none={text.anyCollection}
        choices={collections ?? []}
        {...ticks("collection")}
      />
      <SelectField
        label={text.since}
        value={next.since ?? ""}
        choices={SINCE}
        onChoice={(since) => setTyped({ ...typed, since })}
        error={problem?.fieldMessage("/since", text.wrong)}
      />
      <Chooser
        label={text.source}
        hint={text.sourceHint}
        chosen={chosen.map(({ id, name, more }) => ({
          id,
          name: name || (names[id] ?? text.naming),
          more,
        }))}
        find={findMembers}
        onChoose={choose}
        error={errorOf("organization")}
      />
      <div className="narrow-acts">
        <Act isSubmit>{text.act}</Act>
        {isNarrowed(asked) && <Link to="/new">{text.clear}</Link>}
      </div>
    </form>
  );
}
