/*
 * Questions and acts: each field as it is asked, wrong and left empty; a form that was refused,
 * that found no answer and that was kept; a sheet that is brought.
 */
import { useState } from "react";
import type { Label } from "../../api/types";
import { Act } from "../../parts/act";
import { Bring, Change } from "../../parts/brought-sheet";
import { Chooser, type Find, type Found } from "../../parts/chooser";
import { Copy } from "../../parts/copy";
import { CsvFile } from "../../parts/csv-file";
import { FileField, SelectField, TextAreaField, TextField } from "../../parts/field";
import { FormFrame } from "../../parts/form";
import { FormNotice } from "../../parts/form-notice";
import { LabelChoice } from "../../parts/label-choice";
import { OpenedForm } from "../../parts/opened-form";
import { NOBODY, PersonFields } from "../../parts/person-fields";
import { Ticks } from "../../parts/ticks";
import { Opened, TwoStep } from "../../parts/two-step";
import { words } from "../../words";
import { Pattern } from "./patterns";
import { acting, LONG, OFFLINE, REFUSED, RIGHT_TO_LEFT, type Say } from "./samples";

const text = words.patterns;
const nothing = async () => undefined;

const findNames: Find = async (typed) =>
  [LONG, RIGHT_TO_LEFT]
    .filter((name) => name.toLowerCase().includes(typed.toLowerCase()))
    .map((name) => ({ id: name, name }));

const findNobody: Find = async () => {
  throw OFFLINE;
};

export function Forms({ say }: { say: Say }) {
  return (
    <>
      <Pattern name={text.fields}>
        <Fields say={say} />
      </Pattern>
      <Pattern name={text.choices}>
        <Choices say={say} />
      </Pattern>
      <Pattern name={text.forms}>
        <Frames say={say} />
        <OpenedForms say={say} />
      </Pattern>
      <Pattern name={text.acts}>
        <FormNotice says={say(text.notice)}>
          <Act>{say(text.stepAct)}</Act>
          <Act outline>{say(text.act)}</Act>
          <Act unstyled>{say(text.act)}</Act>
          <Act isBusy>{say(text.busy)}</Act>
        </FormNotice>
        <Steps say={say} />
        <Opened isQuiet>
          <Copy
            label={say(text.secret)}
            value={say("tocsin_onD35R4AXlFbFmOmrMQKL0dDgwxR1KFcV7JbKLM3bJc")}
            act={say(text.copy)}
            done={text.copied}
          />
        </Opened>
      </Pattern>
    </>
  );
}

function Fields({ say }: { say: Say }) {
  const [value, setValue] = useState("");
  const [person, setPerson] = useState(NOBODY);
  const field = { label: say(text.field), value, onText: setValue };
  const asked = { name: say(text.field), email: say(text.field), phone: say(text.field) };
  return (
    <>
      <TextField {...field} hint={say(text.hint)} />
      <TextField {...field} error={say(text.refusal)} />
      <TextAreaField {...field} isOptional />
      <TextAreaField {...field} error={say(text.refusal)} />
      <FileField label={say(text.field)} hint={say(text.hint)} accept=".pdf" onFile={() => {}} />
      <FileField
        label={say(text.field)}
        error={say(text.refusal)}
        accept=".pdf"
        onFile={() => {}}
      />
      <PersonFields
        of={person}
        onChange={setPerson}
        text={{ ...asked, phoneHint: say(text.hint) }}
        problem={REFUSED}
      />
    </>
  );
}

const VALUES = ["a", "b", "c"] as const;
type Value = (typeof VALUES)[number];

function Choices({ say }: { say: Say }) {
  const [value, setValue] = useState<Value>("a");
  const [ticked, setTicked] = useState<Value[]>(["b"]);
  const [label, setLabel] = useState<Label>("green");
  const [chosen, setChosen] = useState<Found[]>([
    { id: "long", name: say(text.office), more: say(text.none) },
  ]);
  const choices = VALUES.map((one) => ({ value: one, name: say(`${text.choice} ${one}`) }));
  const asked = { label: say(text.field), hint: say(text.hint) };
  const select = { ...asked, value, choices, onChoice: setValue };
  const ticks = { legend: say(text.field), choices, ticked, onTick: setTicked };
  return (
    <>
      <SelectField {...select} />
      <SelectField {...select} error={say(text.refusal)} />
      <Ticks {...ticks} hint={say(text.hint)} />
      <Ticks {...ticks} error={say(text.refusal)} />
      <Chooser {...asked} chosen={chosen} find={findNames} onChoose={setChosen} />
      <Chooser {...asked} chosen={[]} find={findNobody} onChoose={() => undefined} />
      <LabelChoice legend={say(words.make.label)} value={label} onLabel={setLabel} />
    </>
  );
}

/* At rest, refused, offline, under way, kept. */
function Frames({ say }: { say: Say }) {
  const [value, setValue] = useState("");
  const states = [
    { act: acting() },
    { act: acting({ problem: REFUSED }) },
    { act: acting({ problem: OFFLINE }) },
    { act: acting({ isBusy: true }) },
    { act: acting(), isSent: true },
  ];
  return states.map(({ act, isSent = false }, n) => (
    <FormFrame
      key={n}
      of={{
        typed: {},
        type: () => undefined,
        submit: (event) => event.preventDefault(),
        act,
        isSent,
        error: () => undefined,
      }}
      failed={say(text.notDone)}
      act={say(text.formAct)}
      kept={say(text.kept)}
      notice={say(text.notice)}
    >
      <TextField label={say(text.field)} value={value} onText={setValue} />
    </FormFrame>
  ));
}

/* What a button has opened: at rest, and refused. */
function OpenedForms({ say }: { say: Say }) {
  const form = {
    isQuiet: true,
    onSend: () => undefined,
    onClose: () => undefined,
    failed: say(text.notDone),
    act: say(text.formAct),
    cancel: say(text.keep),
  };
  return (
    <>
      <OpenedForm {...form} of={acting()} title={say(text.field)} notice={say(text.notice)}>
        <TextField label={say(text.field)} value="" onText={() => undefined} />
      </OpenedForm>
      <OpenedForm {...form} of={acting({ problem: REFUSED })}>
        <TextField label={say(text.field)} value="" onText={() => undefined} />
      </OpenedForm>
    </>
  );
}

/* What cannot be taken back: asked, and where it failed once it is opened. */
function Steps({ say }: { say: Say }) {
  return (
    <TwoStep
      ask={say(text.takeBack)}
      of={say(text.office)}
      about={say(text.takeBackAbout)}
      act={say(text.takeBackAct)}
      doing={acting({ problem: OFFLINE })}
      failed={say(text.notDone)}
      keep={say(text.keep)}
    />
  );
}

export function Sheets({ say }: { say: Say }) {
  const names = { new: say(text.lineNew), faulty: say(text.lineFaulty) };
  return (
    <Pattern name={text.sheet}>
      <CsvFile label={say(text.field)} hint={say(text.hint)} onFile={nothing} />
      <p>
        <Change line={{ change: "new" }} names={names} />
      </p>
      <Change line={{ change: "faulty", fault: say(text.refusal) }} names={names} />
      <Bring
        sheet={{ changes: 12, faults: 0, is_done: false }}
        bring={acting()}
        text={{ act: () => say(text.bringAct) }}
      />
    </Pattern>
  );
}
