/*
 * The record: who did what, and whether the chain of it is whole (R3).
 */
import { useState } from "react";
import { request } from "../../api/client";
import type { AuditRow, Chain } from "../../api/types";
import { useAct } from "../../api/use-act";
import { usePages } from "../../api/use-pages";
import { Act } from "../../parts/act";
import { TextField } from "../../parts/field";
import { More } from "../../parts/more";
import { Notice } from "../../parts/notice";
import { Rows } from "../../parts/rows";
import { Empty, Failed, Ready } from "../../parts/states";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { steward } from "../../words/steward";
import { ExchangePage } from "./frame";

const text = steward.audit;

export function AuditPage() {
  const [asked, setAsked] = useState({ verb: "", object: "" });
  const query = { verb: asked.verb || undefined, object: asked.object || undefined };
  const { first, items, more } = usePages("/audit", { query });
  return (
    <ExchangePage part="audit" title={text.head}>
      <Verify />
      <Filter onAsk={setAsked} />
      <Ready of={first}>
        {() => (
          <>
            {items.length === 0 ? <Empty>{text.none}</Empty> : <Log rows={items} />}
            <More of={more} />
          </>
        )}
      </Ready>
    </ExchangePage>
  );
}

/* Green, or where it breaks. */
function Verify() {
  const [chain, setChain] = useState<Chain>();
  const act = useAct(async () => {
    setChain(undefined);
    setChain((await request("get", "/audit/chain")).data);
  });
  return (
    <div aria-live="polite">
      {act.problem && <Failed problem={act.problem} what={text.notChecked} />}
      {chain && (
        <Notice type={chain.is_whole ? "success" : "error"}>
          {chain.is_whole ? text.whole(chain.rows) : text.broken(chain.fault ?? "")}
        </Notice>
      )}
      <div className="acts form-acts">
        <Act outline onAct={act.run} isBusy={act.isBusy}>
          {text.verify}
        </Act>
      </div>
    </div>
  );
}

interface FilterProps {
  onAsk: (asked: { verb: string; object: string }) => void;
}

function Filter({ onAsk }: FilterProps) {
  const [typed, setTyped] = useState({ verb: "", object: "" });
  return (
    <form
      className="filter"
      onSubmit={(event) => {
        event.preventDefault();
        onAsk({ verb: typed.verb.trim(), object: typed.object.trim() });
      }}
    >
      <TextField
        label={text.verb}
        hint={text.verbHint}
        isOptional
        value={typed.verb}
        onText={(verb) => setTyped({ ...typed, verb })}
      />
      <TextField
        label={text.object}
        isOptional
        value={typed.object}
        onText={(object) => setTyped({ ...typed, object })}
      />
      <Act isSubmit outline>
        {text.filter}
      </Act>
    </form>
  );
}

function Log({ rows }: { rows: AuditRow[] }) {
  const zone = useZone();
  return (
    <Rows
      rows={rows}
      keyOf={({ number }) => String(number)}
      columns={[
        { name: text.columns.time, cell: ({ time }) => dayAndTime(new Date(time), zone) },
        {
          name: text.columns.verb,
          cell: ({ verb, detail }) => (
            <>
              {verb}
              {detail && <p className="second">{detail}</p>}
            </>
          ),
        },
        { name: text.columns.object, cell: ({ object }) => object },
        {
          name: text.columns.who,
          cell: ({ person, organization }) => (
            <>
              {person ?? organization ?? text.console}
              {person && <p className="second">{organization}</p>}
            </>
          ),
        },
        { name: text.columns.outcome, cell: ({ outcome }) => outcome },
      ]}
    />
  );
}
