/*
 * Who has been given the thing (R2): how many at once, by name with a reason and a second person's
 * word; and what one asked before.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Look, LooksOf, SeenCounts } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { Section } from "../../parts/section";
import { Failed, Ready } from "../../parts/states";
import { Status, type StatusKind } from "../../parts/status";
import { Opened } from "../../parts/two-step";
import { useZone } from "../../shell/session";
import { dayAndTime } from "../../time/time";
import { words } from "../../words";
import { receipts as text } from "../../words/steward";

export function WhoHas({ id }: { id: string }) {
  const looks = useResource("/objects/{object}/looks", { params: { object: id } });
  return (
    <Section title={text.title}>
      <Counts id={id} />
      <Ready of={looks}>{(data) => <Names id={id} looks={data} onAsk={looks.reload} />}</Ready>
    </Section>
  );
}

/* ---- how many */

function Counts({ id }: { id: string }) {
  const [counts, setCounts] = useState<SeenCounts>();
  const ask = useAct(async (idempotencyKey: string) => {
    const asked = { params: { object: id }, idempotencyKey };
    setCounts((await request("post", "/objects/{object}/has-seen", asked)).data);
  });
  return (
    <>
      <p className="second">{text.about}</p>
      {ask.problem && <Failed problem={ask.problem} what={text.notAsked} />}
      {counts ? (
        <Opened>
          <Sectors {...counts} />
        </Opened>
      ) : (
        <div className="acts form-acts">
          <Act outline onAct={ask.run} isBusy={ask.isBusy}>
            {text.ask}
          </Act>
        </div>
      )}
    </>
  );
}

/* Organizations that are not named, in counts. */
export function Sectors({ sectors }: SeenCounts) {
  return (
    <>
      <ul className="rows">
        {sectors.map(({ sector, count }) => (
          <li key={sector}>
            {words.sectors[sector]}: {text.organizations(count)}
          </li>
        ))}
      </ul>
      <p className="second">{text.few(sectors.length === 0)}</p>
    </>
  );
}

/* ---- by name */

interface NamesProps {
  id: string;
  looks: LooksOf;
  onAsk: () => Promise<void>;
}

function Names({ id, looks: { may_name, rule, items }, onAsk }: NamesProps) {
  const isWaiting = items.some(({ state, is_own }) => is_own && state === "waits");
  return (
    <div className="who-by-name">
      <h3>{text.byName}</h3>
      {rule && <p>{text.rule(rule)}</p>}
      {may_name && !isWaiting && <Ask id={id} onAsk={onAsk} />}
      <ul className="rows">
        {items.map((one) => (
          <li key={one.id}>
            <Before look={one} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Ask({ id, onAsk }: { id: string; onAsk: () => Promise<void> }) {
  const [reason, setReason] = useState("");
  const ask = useAct(async (idempotencyKey: string) => {
    const asked = { params: { object: id }, body: { reason }, idempotencyKey };
    await request("post", "/objects/{object}/looks", asked);
    await onAsk();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void ask.run();
  };
  return (
    <form onSubmit={submit} noValidate>
      {ask.problem && <Failed problem={ask.problem} what={text.notAskedNames} />}
      <TextAreaField
        label={text.reason}
        value={reason}
        onText={setReason}
        rows={2}
        maxLength={500}
        error={ask.problem?.fieldMessage("/reason")}
      />
      <FormNotice says={text.namesNotice} className="form-acts">
        <Act isSubmit outline isBusy={ask.isBusy}>
          {text.askNames}
        </Act>
      </FormNotice>
    </form>
  );
}

const KINDS: Record<Look["state"], StatusKind> = {
  counted: "none",
  waits: "open",
  told: "done",
  refused: "none",
  lapsed: "none",
};

/* What was asked before, and what came of it. */
function Before({ look }: { look: Look }) {
  const zone = useZone();
  const at = (time: string) => dayAndTime(new Date(time), zone);
  return (
    <>
      <Status kind={KINDS[look.state]}>{text.states[look.state]}</Status>
      <p className="second">
        {text.asked(look.asked_by, look.is_own, at(look.asked))}
        {look.reason && `: “${look.reason}”`}
        {look.decided && <> · {text.decided(look.decided_by, at(look.decided))}</>}
      </p>
      {look.due && <p className="second">{text.until(at(look.due), look.is_alone ?? false)}</p>}
      {look.state === "told" && <Told look={look} />}
    </>
  );
}

function Told({ look: { names } }: { look: Look }) {
  if (!names) return <p className="second">{text.hidden}</p>;
  if (names.length === 0) return <p>{text.noneNamed}</p>;
  return (
    <ul>
      {names.map(({ id, name, person }) => (
        <li key={id + (person ?? "")}>
          {name}
          {person && <span className="second"> {person}</span>}
        </li>
      ))}
    </ul>
  );
}
