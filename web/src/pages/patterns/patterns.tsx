/*
 * The page of patterns: every part as it looks empty, loading, failing, offline, too long and from
 * right to left. It needs no account and shows invented things only.
 */
import { useState, type ReactNode } from "react";
import { offlineProblem, Problem } from "../../api/problem";
import type { Label } from "../../api/types";
import { Act } from "../../parts/act";
import { Bars } from "../../parts/bars";
import { Chip, LABELS, reachOf } from "../../parts/chip";
import { Chooser, type Find, type Found } from "../../parts/chooser";
import { Copy } from "../../parts/copy";
import { ExerciseStrip } from "../../parts/exercise-strip";
import { SelectField, TextAreaField, TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { LabelChoice } from "../../parts/label-choice";
import { LongList } from "../../parts/long-list";
import { NextStep } from "../../parts/next-step";
import { PageHead } from "../../parts/page-head";
import { Section } from "../../parts/section";
import { Empty, Failed, Loading } from "../../parts/states";
import { Status } from "../../parts/status";
import { Times } from "../../parts/times";
import { Opened } from "../../parts/two-step";
import { words } from "../../words";
import { LONG, longGroups, RIGHT_TO_LEFT, WHEN } from "./samples";

const text = words.patterns;

export function Patterns() {
  return (
    <div className="wrap">
      <PageHead
        title={text.title}
        facts={[text.about, <Chip key="chip" label="clear" />, text.fact]}
        acts={<Act outline>{text.act}</Act>}
      />
      <Words />
      <States />
      <Lists />
      <Forms />
      <Pattern name={text.tooLong}>
        <PageHead title={LONG} facts={[LONG, <Chip key="chip" label="amber+strict" />]} />
        <NextStep what={LONG} more={LONG} acts={<Act>{LONG}</Act>} />
      </Pattern>
      <div dir="rtl" lang="ar">
        <Pattern name={text.rightToLeft}>
          <NextStep what={RIGHT_TO_LEFT} more={RIGHT_TO_LEFT} acts={<Act>{RIGHT_TO_LEFT}</Act>} />
          <Status kind="open">{RIGHT_TO_LEFT}</Status> <Chip label="green" />
          <Bars of={[{ name: RIGHT_TO_LEFT, value: 3 }]} all={4} />
        </Pattern>
      </div>
    </div>
  );
}

function Pattern({ name, children }: { name: string; children: ReactNode }) {
  return (
    <Section title={name}>
      <div className="pattern">{children}</div>
    </Section>
  );
}

function Words() {
  return (
    <>
      <Pattern name={text.labels}>
        <dl className="label-words">
          {LABELS.map((label) => (
            <div key={label}>
              <dt>
                <Chip label={label} />
              </dt>
              <dd>{reachOf(label)}</dd>
            </div>
          ))}
        </dl>
      </Pattern>
      <Pattern name={text.status}>
        <div className="acts">
          <Status kind="done">{text.done}</Status>
          <Status kind="open">{text.open}</Status>
          <Status kind="late">{text.late}</Status>
          <Status kind="none">{text.none}</Status>
        </div>
      </Pattern>
      <Pattern name={text.times}>
        <Times when={WHEN} />
      </Pattern>
      <Pattern name={text.strips}>
        <ExerciseStrip isWhole />
        <br />
        <ExerciseStrip isWhole={false} />
        <br />
        <NextStep what={text.stepWhat} more={text.stepMore} acts={<Act>{text.stepAct}</Act>} />
      </Pattern>
    </>
  );
}

function States() {
  const refused = new Problem({ type: "about:blank", status: 422, title: text.refusal });
  return (
    <Pattern name={text.states}>
      <Loading />
      <Empty>{text.empty}</Empty>
      <Failed problem={refused} what={text.notDone} again={async () => undefined} />
      <Failed problem={offlineProblem()} what={text.notDone} again={async () => undefined} />
    </Pattern>
  );
}

function Lists() {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set(["Alabama"]));
  const toggle = (title: string) => {
    const next = new Set(closed);
    if (!next.delete(title)) next.add(title);
    setClosed(next);
  };
  return (
    <>
      <Pattern name={text.bars}>
        <Bars
          of={[
            { name: words.answers.yes, value: 389 },
            { name: words.answers.no, value: 52 },
            { name: words.answers.open, value: 0 },
          ]}
          all={612}
        />
      </Pattern>
      <Pattern name={text.longList}>
        <LongList
          label={words.audience.list}
          columns={Object.values(words.audience.columns)}
          groups={longGroups()}
          closed={closed}
          onToggle={toggle}
        />
      </Pattern>
    </>
  );
}

const findNames: Find = async (typed) =>
  [LONG, RIGHT_TO_LEFT]
    .filter((name) => name.toLowerCase().includes(typed.toLowerCase()))
    .map((name) => ({ id: name, name }));

function Forms() {
  const [value, setValue] = useState("");
  const [label, setLabel] = useState<Label>("green");
  const [chosen, setChosen] = useState<Found[]>([{ id: "long", name: LONG, more: LONG }]);
  return (
    <Pattern name={text.forms}>
      <TextField label={text.field} hint={text.hint} value={value} onText={setValue} />
      <TextField label={text.field} error={text.refusal} value={value} onText={setValue} />
      <TextAreaField label={text.field} isOptional value={value} onText={setValue} />
      <SelectField
        label={text.field}
        value="a"
        choices={[{ value: "a", name: text.none }]}
        onChoice={() => undefined}
      />
      <Chooser
        label={text.field}
        hint={text.hint}
        chosen={chosen}
        find={findNames}
        onChoose={setChosen}
      />
      <LabelChoice legend={words.make.label} value={label} onLabel={setLabel} />
      <FormNotice says={text.notice}>
        <Act>{text.stepAct}</Act>
        <Act outline>{text.act}</Act>
        <Act unstyled>{text.act}</Act>
        <Act isBusy>{text.busy}</Act>
      </FormNotice>
      <Opened isQuiet>
        <Copy label={text.secret} value={LONG} act={text.copy} done={text.copied} />
      </Opened>
    </Pattern>
  );
}
