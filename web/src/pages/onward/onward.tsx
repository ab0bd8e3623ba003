/*
 * "Pass it on": what of a briefing may go into an edition of one's own, what may not and whom to
 * ask, and the two answers that make the draft.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Onward } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { NextStep } from "../../parts/next-step";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Empty, Failed, Ready } from "../../parts/states";
import { Status } from "../../parts/status";
import { NothingHere } from "../../shell/nothing-here";
import type { PageProps } from "../../shell/pages";
import { Link, useRouter } from "../../shell/router";
import { useZone } from "../../shell/session";
import { words } from "../../words";
import { WhenFields } from "../make/when-question";

const text = words.onward;
type Item = Onward["items"][number];

export function OnwardPage({ params }: PageProps) {
  const briefing = params.briefing ?? "";
  const resource = useResource("/briefings/{briefing}/onward", { params: { briefing } });
  const { data: call } = useResource("/briefings/{briefing}", { params: { briefing } });
  const isClosed = resource.problem?.status === 404 || resource.problem?.status === 403;
  if (isClosed) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>
        {(onward) => (
          <Loaded briefing={briefing} title={call?.title} onward={onward} onAsk={resource.reload} />
        )}
      </Ready>
    </div>
  );
}

interface LoadedProps {
  briefing: string;
  title?: string;
  onward: Onward;
  onAsk: () => Promise<void>;
}

function Loaded({ briefing, title, onward, onAsk }: LoadedProps) {
  const passing = onward.items.filter(({ may_pass }) => may_pass);
  const staying = onward.items.filter(({ may_pass }) => !may_pass);
  return (
    <>
      <PageHead
        crumbs={[
          { title: words.briefings.title, to: "/briefings" },
          { title: title ?? words.briefings.one, to: `/briefings/${briefing}` },
        ]}
        here={text.crumb}
        title={text.title(passing.length, onward.organizations)}
        facts={[text.about]}
      />
      {!onward.may_make && (
        <NextStep what={onward.organizations === 0 ? text.nobody : text.nothing} />
      )}
      <Section title={text.may} aside={passing.length || undefined}>
        {passing.length === 0 ? <Empty>{text.noItems}</Empty> : <Passing items={passing} />}
        <p className="second after-bars">{onward.passes_words ? text.words : text.noWords}</p>
      </Section>
      <Section title={text.mayNot} aside={staying.length || undefined}>
        {staying.length === 0 ? (
          <Empty>{text.all}</Empty>
        ) : (
          <ul className="rows">
            {staying.map((item) => (
              <li key={item.id} className="row-with-act">
                <Staying briefing={briefing} item={item} onAsk={onAsk} />
              </li>
            ))}
          </ul>
        )}
        {staying.some(({ label }) => label !== "red") && <FormNotice says={text.askNotice} />}
      </Section>
      {onward.may_make && <MakeIt briefing={briefing} label={onward.label} />}
    </>
  );
}

function Passing({ items }: { items: readonly Item[] }) {
  return (
    <ul className="rows">
      {items.map((item) => (
        <li key={item.id}>
          <About item={item} />
        </li>
      ))}
    </ul>
  );
}

function About({ item: { title, label } }: { item: Item }) {
  return (
    <>
      <b>{title}</b>
      <p className="second line">
        <Chip label={label} />
        <span>{text.rules[label]}</span>
      </p>
    </>
  );
}

interface StayingProps {
  briefing: string;
  item: Item;
  onAsk: () => Promise<void>;
}

function Staying({ briefing, item, onAsk }: StayingProps) {
  const { id, title, label, asked } = item;
  const act = useAct(async (key) => {
    const sent = { params: { briefing }, body: { item: id }, idempotencyKey: key };
    await request("post", "/briefings/{briefing}/widenings", sent);
    await onAsk();
  });
  return (
    <>
      <div>
        <About item={item} />
        {asked?.state === "refused" && <p>{text.refused(asked.reason ?? "")}</p>}
        {act.problem && <Failed problem={act.problem} what={text.notAsked} />}
      </div>
      {asked?.state === "open" && <Status kind="open">{text.asked}</Status>}
      {label !== "red" && asked?.state !== "open" && (
        <Act outline of={title} isBusy={act.isBusy} onAct={() => act.run()}>
          {asked ? text.askAgain : text.ask}
        </Act>
      )}
    </>
  );
}

function MakeIt({ briefing, label }: { briefing: string; label: Onward["label"] }) {
  const { go } = useRouter();
  const [when, setWhen] = useState({ day: "", time: "", zone: useZone(), minutes: "45" });
  const [join, setJoin] = useState("");
  const [showsFaults, setShowsFaults] = useState(false);
  const needs = {
    day: when.day && when.time ? undefined : words.make.needsDay,
    join: join.trim() ? undefined : words.make.needsHow,
  };
  const act = useAct(async (key) => {
    const { day, time, zone, minutes } = when;
    const body = {
      when: { local: `${day}T${time}`, timezone: zone, minutes: Number(minutes) },
      join: join.trim(),
    };
    const asked = { params: { briefing }, body, idempotencyKey: key };
    const { data } = await request("post", "/briefings/{briefing}/onward", asked);
    go(`/briefings/${data.id}/edit`);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShowsFaults(true);
    if (!needs.day && !needs.join) void act.run();
  };
  return (
    <form onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.notMade} />}
      <Section title={text.when}>
        <WhenFields
          value={when}
          faults={{
            day: (showsFaults ? needs.day : undefined) ?? act.problem?.fieldMessage("/when/local"),
            zone: act.problem?.fieldMessage("/when/timezone"),
            minutes: act.problem?.fieldMessage("/when/minutes"),
          }}
          onChange={(changes) => setWhen({ ...when, ...changes })}
        />
        <TextAreaField
          label={text.how}
          hint={words.make.howHint}
          rows={2}
          maxLength={2000}
          value={join}
          onText={setJoin}
          error={showsFaults ? needs.join : undefined}
        />
      </Section>
      <FormNotice says={text.makeNotice} className="make-acts">
        <Act isSubmit isBusy={act.isBusy}>
          {text.make(label)}
        </Act>
        <Link to={`/briefings/${briefing}`}>{text.back}</Link>
      </FormNotice>
    </form>
  );
}
