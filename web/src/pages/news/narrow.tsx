/*
 * The questions by which the list of what came in is narrowed, as the address answers them.
 */
import { useState } from "react";
import type { Problem } from "../../api/problem";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chooser, type Found } from "../../parts/chooser";
import { LABELS } from "../../parts/chip";
import { SelectField, type Choice } from "../../parts/field";
import { findMembers } from "../../parts/find-whom";
import { Link, useRouter } from "../../shell/router";
import { words } from "../../words";
import { news as text } from "../../words/news";
import { addressFor, isNarrowed, type Asked } from "./asked";

interface NarrowProps {
  asked: Asked;
  problem: Problem | undefined;
}

export function Narrow(props: NarrowProps) {
  const { organization } = props.asked;
  return organization ? <ByName id={organization} {...props} /> : <Ask {...props} />;
}

/* An address has only the id of who shared it. */
function ByName({ id, ...props }: NarrowProps & { id: string }) {
  const { data, problem } = useResource("/organizations/{organization}", {
    params: { organization: id },
  });
  const name = data?.name ?? (problem ? text.gone : text.naming);
  return <Ask key={name} source={{ id, name }} {...props} />;
}

function choices(first: string, named: Record<string, string>): Choice<string>[] {
  const all = Object.entries(named).map(([value, name]) => ({ value, name }));
  return [{ value: "", name: first }, ...all];
}

const KINDS = choices(
  text.anyKind,
  Object.fromEntries(
    Object.entries({ ...words.home.kinds, answer: text.answers }).sort(([, a], [, b]) =>
      a.localeCompare(b),
    ),
  ),
);
const LABEL_CHOICES = choices(
  text.anyLabel,
  Object.fromEntries(LABELS.map((label) => [label, `TLP:${label.toUpperCase()}`])),
);
const SINCE = choices(text.anySince, text.sinceChoices);

/* Those that the reader reads; Members has a page of its own. */
function useCollections(chosen: string | undefined): Choice<string>[] {
  const { data } = useResource("/collections");
  const read = data?.items.filter(({ may_read, alias }) => may_read && alias !== "members") ?? [];
  const named = read.map(({ id, alias, title }) => ({
    value: alias && alias === chosen ? alias : id,
    name: title,
  }));
  return [{ value: "", name: text.anyCollection }, ...named];
}

function Ask({ asked, problem, source }: NarrowProps & { source?: Found }) {
  const { go } = useRouter();
  const [typed, setTyped] = useState(asked);
  const [chosen, choose] = useState(source);
  const collections = useCollections(asked.collection);
  const select = (name: keyof Asked, label: string, among: Choice<string>[]) => (
    <SelectField
      label={label}
      value={among.some(({ value }) => value === typed[name]) ? typed[name]! : ""}
      choices={among}
      onChoice={(value) => setTyped({ ...typed, [name]: value })}
      error={problem?.fieldMessage(`/${name}`, text.wrong)}
    />
  );
  return (
    <form
      role="search"
      aria-label={text.narrow}
      className="narrow"
      onSubmit={(event) => {
        event.preventDefault();
        go(addressFor({ ...typed, organization: chosen?.id }));
      }}
    >
      {select("kind", text.kind, KINDS)}
      {select("label", text.label, LABEL_CHOICES)}
      {select("collection", text.collection, collections)}
      {select("since", text.since, SINCE)}
      <Chooser
        label={text.source}
        hint={text.sourceHint}
        chosen={chosen ? [chosen] : []}
        find={findMembers}
        onChoose={(all) => choose(all.at(-1))}
        error={problem?.fieldMessage("/organization", text.wrong)}
      />
      <div className="narrow-acts">
        <Act isSubmit>{text.act}</Act>
        {isNarrowed(asked) && <Link to="/new">{text.clear}</Link>}
      </div>
    </form>
  );
}
