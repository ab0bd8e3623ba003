/*
 * What was done: kinds, a row of counts for each kind that is ticked, when, and in words.
 */
import { Checkbox, Fieldset, TextInput } from "@trussworks/react-uswds";
import { useId } from "react";
import type { Deed } from "../../api/types";
import { TextAreaField, TextField } from "../../parts/field";
import { words } from "../../words";
import { countOf, DEEDS, type Draft, type DraftCount, type DraftFaults } from "./draft";

const text = words.tell;

interface WhatProps {
  draft: Draft;
  faults: DraftFaults;
  onChange: (changes: Partial<Draft>) => void;
}

export function What({ draft, faults, onChange }: WhatProps) {
  return (
    <div>
      <Kinds draft={draft} faults={faults} onChange={onChange} />
      <Counts draft={draft} faults={faults} onChange={onChange} />
      <div className="tell-when">
        <TextField
          label={text.when}
          type="date"
          value={draft.taken}
          onText={(taken) => onChange({ taken })}
          error={faults.taken}
        />
        <TextField
          label={text.concerned}
          isOptional
          maxLength={200}
          value={draft.concerns}
          onText={(concerns) => onChange({ concerns })}
        />
      </div>
      <TextAreaField
        label={text.happened}
        hint={text.happenedHint}
        rows={2}
        maxLength={2000}
        value={draft.happened}
        onText={(happened) => onChange({ happened })}
        error={faults.happened}
      />
      <TextAreaField
        label={text.advice}
        isOptional
        rows={2}
        maxLength={2000}
        value={draft.advice}
        onText={(advice) => onChange({ advice })}
      />
    </div>
  );
}

function Kinds({ draft: { deeds }, faults, onChange }: WhatProps) {
  const id = useId();
  const turn = (deed: Deed) =>
    onChange({
      deeds: deeds.includes(deed) ? deeds.filter((one) => one !== deed) : [...deeds, deed],
    });
  return (
    <Fieldset legend={text.what} className="tell-kinds">
      {faults.deeds && <p className="usa-error-message">{faults.deeds}</p>}
      <div className="tell-kinds-grid">
        {DEEDS.map((deed) => (
          <Checkbox
            key={deed}
            id={id + deed}
            name={deed}
            label={text.deeds[deed]}
            checked={deeds.includes(deed)}
            onChange={() => turn(deed)}
          />
        ))}
      </div>
    </Fieldset>
  );
}

function Counts({ draft, faults, onChange }: WhatProps) {
  const ticked = DEEDS.filter((deed) => draft.deeds.includes(deed));
  if (ticked.length === 0) return null;
  const change = (deed: Deed, changes: Partial<DraftCount>) =>
    onChange({ counts: { ...draft.counts, [deed]: { ...countOf(draft, deed), ...changes } } });
  return (
    <Fieldset
      legend={
        <>
          {text.howMany} <span className="usa-hint">{words.forms.optional}</span>
        </>
      }
    >
      {ticked.map((deed) => (
        <CountRow
          key={deed}
          name={text.deeds[deed]}
          value={countOf(draft, deed)}
          error={faults[deed]}
          onChange={(changes) => change(deed, changes)}
        />
      ))}
    </Fieldset>
  );
}

interface CountRowProps {
  name: string;
  value: DraftCount;
  error: string | undefined;
  onChange: (changes: Partial<DraftCount>) => void;
}

function CountRow({ name, value, error, onChange }: CountRowProps) {
  const id = useId();
  return (
    <div className="tell-count">
      <span>{name}</span>
      <TextInput
        id={id}
        name={id}
        type="text"
        inputMode="numeric"
        maxLength={17}
        aria-label={text.countOf(name)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error && `${id}-error`}
        validationStatus={error ? "error" : undefined}
        value={value.count}
        onChange={(event) => onChange({ count: event.target.value })}
      />
      <TextInput
        id={`${id}-what`}
        name={`${id}-what`}
        type="text"
        maxLength={80}
        aria-label={text.whatOf(name)}
        value={value.what}
        onChange={(event) => onChange({ what: event.target.value })}
      />
      {error && (
        <span id={`${id}-error`} className="usa-error-message">
          {error}
        </span>
      )}
    </div>
  );
}
