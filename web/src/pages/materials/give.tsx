/*
 * Giving a file, or an object that is on the exchange, to a briefing or to one of its items.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Problem } from "../../api/problem";
import type { Briefing, Label } from "../../api/types";
import { handIn } from "../../api/upload";
import { useAct } from "../../api/use-act";
import { Act } from "../../parts/act";
import { LABELS } from "../../parts/chip";
import { FileField, SelectField, TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { LabelChoice } from "../../parts/label-choice";
import { Failed } from "../../parts/states";
import { Status } from "../../parts/status";
import { Opened } from "../../parts/two-step";
import { words } from "../../words";
import { ACCEPT, faultOf, typeOf } from "./chosen";
import { Sending } from "./sending";

const text = words.materials;

interface GiveProps {
  briefing: Briefing;
  bytesMax: number;
  onGive: () => Promise<void>;
}

export function Give(props: GiveProps) {
  const [isOpen, setOpen] = useState(false);
  const [said, setSaid] = useState<string[]>([]);
  const close = (...now: string[]) => {
    setSaid(now);
    setOpen(false);
  };
  return (
    <>
      {said.map((sentence) => (
        <p key={sentence} role="status" className="material-said">
          <Status kind="done">{sentence}</Status>
        </p>
      ))}
      {isOpen ? (
        <Opened>
          <GiveForm {...props} onClose={close} />
        </Opened>
      ) : (
        <p className="material-give">
          <Act outline onAct={() => setOpen(true)}>
            {text.give}
          </Act>
        </p>
      )}
    </>
  );
}

interface Draft {
  isObject: boolean;
  file: File | undefined;
  object: string;
  title: string;
  item: string;
  label: Label | undefined;
}

const NOTHING: Draft = {
  isObject: false,
  file: undefined,
  object: "",
  title: "",
  item: "",
  label: undefined,
};

/* What it belongs to says how far it may go at most; a RED item names its readers. */
function labelsFor(briefing: Briefing, item: string): readonly Label[] {
  const least = briefing.items.find(({ id }) => id === item)?.label ?? briefing.label;
  return LABELS.slice(LABELS.indexOf(least), LABELS.indexOf("red"));
}

function fieldFault(draft: Draft, bytesMax: number): string | undefined {
  if (!draft.isObject) return faultOf(draft.file, bytesMax);
  return draft.object.trim() ? undefined : text.needsObject;
}

interface Chosen {
  draft: Draft;
  label: Label | undefined;
}

/* Hands the bytes in, then gives them; `done`: how far that is. */
function useGive({ briefing, onGive, onClose }: GiveFormProps) {
  const [done, setDone] = useState<number>();
  const act = useAct(async (idempotencyKey: string, { draft, label }: Chosen) => {
    try {
      const { data } = await request("post", "/briefings/{briefing}/materials", {
        params: { briefing: briefing.id },
        body: {
          ...(await contentOf(draft, briefing.id, setDone)),
          title: draft.title.trim() || undefined,
          item: draft.item || undefined,
          label,
        },
        idempotencyKey,
      });
      await onGive();
      const isRenamed = data.file && data.file.name !== draft.file?.name;
      onClose(text.given(data.title), ...(isRenamed ? [text.keptAs(data.file?.name ?? "")] : []));
    } finally {
      setDone(undefined);
    }
  });
  return { act, done };
}

type GiveFormProps = GiveProps & { onClose: (...said: string[]) => void };

function GiveForm(props: GiveFormProps) {
  const { briefing, bytesMax, onClose } = props;
  const [draft, setDraft] = useState(NOTHING);
  const [fault, setFault] = useState<string>();
  const { act, done } = useGive(props);
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const labels = labelsFor(briefing, draft.item);
  const label = draft.label && labels.includes(draft.label) ? draft.label : labels[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = fieldFault(draft, bytesMax);
    setFault(found);
    if (!found) void act.run({ draft, label });
  };
  return (
    <form onSubmit={submit} noValidate className="material-form">
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      <WhatFields
        draft={draft}
        bytesMax={bytesMax}
        fault={fault}
        problem={act.problem}
        onChange={(changes, found) => {
          change(changes);
          setFault(found);
        }}
      />
      <TextField
        label={text.name}
        hint={text.nameHint}
        isOptional
        value={draft.title}
        onText={(title) => change({ title })}
        maxLength={200}
        error={act.problem?.fieldMessage("/title")}
      />
      <ItemField briefing={briefing} item={draft.item} onItem={(item) => change({ item })} />
      <LabelChoice
        legend={text.label}
        value={label ?? briefing.label}
        labels={labels}
        onLabel={(chosen) => change({ label: chosen })}
      />
      <Sending done={done} />
      <FormNotice says={text.notice(briefing.status === "draft")} className="material-acts">
        <Act isSubmit isBusy={act.isBusy}>
          {actFor(briefing, draft.item)}
        </Act>
        <Act unstyled onAct={() => onClose()}>
          {text.keep}
        </Act>
      </FormNotice>
    </form>
  );
}

interface WhatFieldsProps {
  draft: Draft;
  bytesMax: number;
  fault: string | undefined;
  problem: Problem | undefined;
  onChange: (changes: Partial<Draft>, fault: string | undefined) => void;
}

/* A file, or the id of an object instead. */
function WhatFields({ draft, bytesMax, fault, problem, onChange }: WhatFieldsProps) {
  const wrong = (...fields: string[]) =>
    fault ?? fields.map((field) => problem?.fieldMessage(field)).find(Boolean);
  return (
    <>
      {draft.isObject ? (
        <TextField
          label={text.object}
          hint={text.objectHint}
          value={draft.object}
          onText={(object) => onChange({ object }, fault)}
          maxLength={100}
          error={wrong("/object")}
        />
      ) : (
        <FileField
          label={text.file}
          hint={text.fileHint(bytesMax)}
          accept={ACCEPT}
          onFile={(file) => onChange({ file }, file && faultOf(file, bytesMax))}
          error={wrong("/file", "/name")}
        />
      )}
      <p>
        <Act
          unstyled
          onAct={() => onChange({ isObject: !draft.isObject, file: undefined }, undefined)}
        >
          {draft.isObject ? text.orFile : text.orObject}
        </Act>
      </p>
    </>
  );
}

interface ItemFieldProps {
  briefing: Briefing;
  item: string;
  onItem: (item: string) => void;
}

function ItemField({ briefing, item, onItem }: ItemFieldProps) {
  const given = briefing.items.filter(({ label }) => label !== "red");
  const choices = given.map(({ id, title }) => ({ value: id, name: title }));
  return (
    <SelectField
      label={text.about}
      value={item}
      choices={[{ value: "", name: text.whole }, ...choices]}
      onChoice={onItem}
    />
  );
}

/* The bytes first, where it is a file: what is answered stands for them. */
async function contentOf(draft: Draft, briefing: string, onProgress: (done: number) => void) {
  const { file, object } = draft;
  const type = file && typeOf(file);
  if (draft.isObject || !file || !type) return { object: object.trim() };
  const handed = await handIn({ briefing, file, type, onProgress });
  return { file: handed.file, name: file.name };
}

function actFor({ status, counts }: Briefing, item: string): string {
  if (status === "draft") return text.act(undefined);
  if (item) return text.actItem;
  return counts ? text.act(counts.invited) : text.actAfter;
}
