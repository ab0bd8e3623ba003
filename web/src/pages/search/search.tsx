/*
 * Search over what one may read: the words asked for stand in the address, so that a search can be
 * kept and sent on.
 */
import { useState } from "react";
import type { SearchHit } from "../../api/types";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { ExerciseWord } from "../../parts/exercise-strip";
import { SelectField, TextField } from "../../parts/field";
import { More } from "../../parts/more";
import { PageHead } from "../../parts/page-head";
import { Empty, Ready } from "../../parts/states";
import { Link, useRouter } from "../../shell/router";
import { useZone } from "../../shell/session";
import { recentTime } from "../../time/time";
import { steward } from "../../words/steward";

const text = steward.search;

const TYPES = Object.entries(text.types).map(([value, name]) => ({ value, name }));

export function SearchPage() {
  const { path } = useRouter();
  const asked = new URLSearchParams(path.split("?")[1] ?? "");
  const q = asked.get("q")?.trim() ?? "";
  const type = asked.get("type") ?? "";
  return (
    <div className="wrap">
      {q ? (
        <Found key={path} q={q} type={type} />
      ) : (
        <>
          <PageHead title={text.title} />
          <Ask q={q} type={type} />
          <Empty>{text.start}</Empty>
        </>
      )}
    </div>
  );
}

interface AskProps {
  q: string;
  type: string;
}

function Ask({ q, type }: AskProps) {
  const { go } = useRouter();
  const [typed, setTyped] = useState({ q, type });
  return (
    <form
      role="search"
      className="filter"
      onSubmit={(event) => {
        event.preventDefault();
        const query = new URLSearchParams({ q: typed.q.trim() });
        if (typed.type) query.set("type", typed.type);
        go(`/search?${query}`);
      }}
    >
      <TextField
        label={text.field}
        hint={text.hint}
        type="search"
        maxLength={200}
        value={typed.q}
        onText={(value) => setTyped({ ...typed, q: value })}
      />
      <SelectField
        label={text.type}
        value={typed.type}
        choices={[{ value: "", name: text.anyType }, ...TYPES]}
        onChoice={(value) => setTyped({ ...typed, type: value })}
      />
      <Act isSubmit>{text.act}</Act>
    </form>
  );
}

function Found({ q, type }: AskProps) {
  const { first, items, more } = usePages("/search", { query: { q, type: type || undefined } });
  return (
    <>
      <PageHead title={first.data ? text.found(items.length, !!more, q) : text.title} />
      <Ask q={q} type={type} />
      <Ready of={first}>
        {({ behind }) => (
          <>
            {behind > 0 && <p role="status">{text.behind(behind)}</p>}
            {items.length === 0 && <Empty>{text.none}</Empty>}
            <ul className="hits plain-list">
              {items.map((hit) => (
                <Hit key={hit.id + hit.added} hit={hit} />
              ))}
            </ul>
            <More of={more} />
          </>
        )}
      </Ready>
    </>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const zone = useZone();
  return (
    <li>
      <h2>
        <Link to={hit.briefing ? `/briefings/${hit.briefing}` : `/objects/${hit.id}`}>
          {hit.title === hit.id ? text.kind(hit) : hit.title}
        </Link>
      </h2>
      {hit.words && <p>{hit.words}</p>}
      <p className="second hit-facts">
        <ExerciseWord of={hit} />
        <Chip label={hit.label} />
        {hit.title !== hit.id && <span>{text.kind(hit)}</span>}
        {hit.source && <span>{text.from(hit.source)}</span>}
        <span>{recentTime(new Date(hit.added), zone)}</span>
      </p>
    </li>
  );
}
