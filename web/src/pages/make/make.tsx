/*
 * Four questions make a briefing: when, with whom, about what, how to join. Label and agenda may
 * stay as they are.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import { useExercise } from "../../api/exercise";
import type { Problem } from "../../api/problem";
import { useAct } from "../../api/use-act";
import { useDraft, type KeptDraft } from "../../api/use-draft";
import { Act } from "../../parts/act";
import { DraftState } from "../../parts/draft-state";
import { TextAreaField, TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { PageHead } from "../../parts/page-head";
import { Failed, Loading } from "../../parts/states";
import { useRouter } from "../../shell/router";
import { useZone } from "../../shell/session";
import { usePresenters } from "../agenda/use-presenters";
import { words } from "../../words";
import { emptyDraft, faultsOf, inputOf, type Draft, type DraftFaults } from "./draft";
import { More } from "./more";
import { WhenQuestion } from "./when-question";
import { WhomQuestion } from "./whom-question";

const text = words.make;

export function Make() {
  const zone = useZone();
  const kept = useDraft("briefing", () => emptyDraft(zone));
  if (!kept.draft) {
    return (
      <div className="wrap">
        <Loading />
      </div>
    );
  }
  return <MakeForm draft={kept.draft} kept={kept} />;
}

function MakeForm({ draft, kept }: { draft: Draft; kept: KeptDraft<Draft> }) {
  const { go } = useRouter();
  useExercise(draft.isExercise);
  const [faults, setFaults] = useState<DraftFaults>({});
  const people = usePresenters();
  const act = useAct(async (key) => {
    const asked = { body: inputOf(draft, people), idempotencyKey: key };
    const { data } = await request("post", "/briefings", asked);
    await kept.drop();
    go(`/briefings/${data.id}/audience`);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(draft);
    setFaults(found);
    if (Object.keys(found).length === 0) void act.run();
  };
  return (
    <form className="wrap make" onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      {Object.keys(faults).length > 0 && (
        <p role="alert" className="form-faults">
          {words.forms.fix}
        </p>
      )}
      <PageHead
        crumbs={[{ title: words.briefings.title, to: "/briefings" }]}
        title={text.title}
        facts={[text.about]}
      />
      <Questions draft={draft} faults={allFaults(faults, act.problem)} onChange={kept.change} />
      <Checkbox
        id="exercise"
        name="exercise"
        className="make-exercise"
        label={text.exercise}
        labelDescription={text.exerciseHint}
        checked={draft.isExercise}
        onChange={(event) => kept.change({ isExercise: event.target.checked })}
      />
      <More draft={draft} people={people} onChange={kept.change} />
      <FormNotice says={text.notice} className="make-acts">
        <Act isSubmit isBusy={act.isBusy}>
          {text.act}
        </Act>
        <DraftState kept={kept} />
      </FormNotice>
    </form>
  );
}

/* What the server finds stands at the same fields as what the page finds itself. */
function allFaults(own: DraftFaults, problem: Problem | undefined): DraftFaults {
  return {
    day: own.day ?? problem?.fieldMessage("/when/local"),
    zone: problem?.fieldMessage("/when/timezone"),
    minutes: problem?.fieldMessage("/when/minutes"),
    sectors: own.sectors ?? problem?.fieldMessage("/audience"),
    title: own.title ?? problem?.fieldMessage("/title"),
    about: problem?.fieldMessage("/about"),
    join: own.join ?? problem?.fieldMessage("/join"),
  };
}

export interface QuestionProps {
  draft: Draft;
  faults: DraftFaults;
  onChange: (changes: Partial<Draft>) => void;
}

function Questions({ draft, faults, onChange }: QuestionProps) {
  return (
    <ol className="four-questions">
      <li>
        <h2>{text.when}</h2>
        <WhenQuestion draft={draft} faults={faults} onChange={onChange} />
      </li>
      <li>
        <h2>{text.withWhom}</h2>
        <WhomQuestion whom={draft} fault={faults.sectors} onWhom={onChange} />
      </li>
      <li>
        <h2>{text.what}</h2>
        <TextField
          label={text.titleField}
          hint={text.titleHint}
          maxLength={200}
          value={draft.title}
          onText={(title) => onChange({ title })}
          error={faults.title}
        />
        <TextAreaField
          label={text.aboutField}
          isOptional
          maxLength={5000}
          value={draft.about}
          onText={(about) => onChange({ about })}
          error={faults.about}
        />
      </li>
      <li>
        <h2>{text.how}</h2>
        <TextAreaField
          label={text.howField}
          hint={text.howHint}
          rows={2}
          maxLength={2000}
          value={draft.join}
          onText={(join) => onChange({ join })}
          error={faults.join}
        />
      </li>
    </ol>
  );
}
