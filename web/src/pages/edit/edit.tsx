/*
 * Changing a briefing, by any of its hosts. Whoever was slower sees the difference, and nothing
 * they typed is lost.
 */
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { Briefing } from "../../api/types";
import { useAct } from "../../api/use-act";
import type { KeptDraft } from "../../api/use-draft";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { LABELS } from "../../parts/chip";
import { DraftState } from "../../parts/draft-state";
import { Drafted } from "../../parts/drafted";
import { LabelChoice } from "../../parts/label-choice";
import { TextAreaField, TextField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { useMembers } from "../../parts/organizations";
import { PageHead } from "../../parts/page-head";
import { useOnSheet } from "../../parts/sheet";
import { Failed, Ready } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import { Link, useRouter } from "../../shell/router";
import type { PageProps } from "../../shell/pages";
import { words } from "../../words";
import { AgendaEditor } from "../agenda/editor";
import { usePresenters } from "../agenda/use-presenters";
import { Materials } from "../materials/materials";
import { WhenFields } from "../make/when-question";
import { WhomQuestion } from "../make/whom-question";
import { Difference, type Race } from "./difference";
import { changeOf, editDraftOf, rebased, type EditDraft } from "./draft";

const text = words.edit;
const BRIEFING_LABELS = LABELS.filter((label) => label !== "red");

export function EditPage({ params }: PageProps) {
  const briefing = params.briefing ?? "";
  const resource = useResource("/briefings/{briefing}", { params: { briefing } });
  useOnSheet([resource.data?.label]);
  if (resource.problem?.status === 404 || resource.data?.is_host === false) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>
        {(data) => (
          <>
            <Drafted
              key={data.id}
              form={`edit-${data.id}`}
              fresh={() => freshOf(data, resource.etag)}
            >
              {(change, kept) => <EditForm briefing={data} change={change} kept={kept} />}
            </Drafted>
            <Materials briefing={data} />
          </>
        )}
      </Ready>
    </div>
  );
}

/*
 * A change on its way, with what it was begun on: whoever goes on with it later meets what others
 * changed meanwhile like whoever was slower.
 */
interface Change {
  base: EditDraft;
  etag: string | undefined;
  draft: EditDraft;
}

function freshOf(briefing: Briefing, etag: string | undefined): Change {
  return { base: editDraftOf(briefing), etag, draft: editDraftOf(briefing) };
}

interface EditFormProps {
  briefing: Briefing;
  change: Change;
  kept: KeptDraft<Change>;
}

function EditForm({ briefing, change: { base, etag, draft }, kept }: EditFormProps) {
  const { go } = useRouter();
  const [race, setRace] = useState<Race>();
  const asked = { params: { briefing: briefing.id } };
  const colleagues = useResource("/briefings/{briefing}/approvals", asked).data?.colleagues;
  const people = usePresenters(colleagues);
  const at = `/briefings/${briefing.id}`;

  const lookAgain = async () => {
    const { data, etag: now } = await request("get", "/briefings/{briefing}", asked);
    const theirs = editDraftOf(data);
    setRace({ before: base, now: theirs });
    kept.change({ base: theirs, etag: now, draft: rebased(base, draft, theirs) });
  };
  const act = useAct(async () => {
    const body = changeOf(base, draft, people);
    const isSame = Object.keys(body).length === 0;
    try {
      if (!isSame) await request("patch", "/briefings/{briefing}", { ...asked, body, match: etag });
    } catch (caught) {
      if (asProblem(caught).status !== 412) throw caught;
      await lookAgain();
      return;
    }
    await kept.drop();
    go(at);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act.run();
  };
  return (
    <form className="make" onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      <PageHead
        crumbs={[
          { title: words.briefings.title, to: "/briefings" },
          { title: briefing.title, to: at },
        ]}
        here={text.crumb}
        title={text.title(briefing.title)}
        facts={[text.facts, briefing.status === "sent" && text.factsSent]}
      />
      {race && (
        <Difference
          race={race}
          draft={draft}
          onTake={(field) => kept.change({ draft: { ...draft, [field]: race.now[field] } })}
        />
      )}
      <Fields
        briefing={briefing}
        draft={draft}
        people={people}
        problem={act.problem}
        onChange={(changes) => kept.change({ draft: { ...draft, ...changes } })}
      />
      <FormNotice says={text.notice(briefing.status === "draft")} className="make-acts">
        <Act isSubmit isBusy={act.isBusy}>
          {text.keep}
        </Act>
        <Link to={at}>{text.back}</Link>
        <DraftState kept={kept} />
      </FormNotice>
    </form>
  );
}

interface FieldsProps {
  briefing: Briefing;
  draft: EditDraft;
  people: ReturnType<typeof usePresenters>;
  problem: ReturnType<typeof useAct>["problem"];
  onChange: (changes: Partial<EditDraft>) => void;
}

function Fields({ briefing, draft, people, problem, onChange }: FieldsProps) {
  const members = useMembers();
  const fields = text.fields;
  return (
    <ol className="four-questions">
      <li>
        <h2>{fields.when}</h2>
        <WhenFields
          value={draft.when}
          faults={{
            day: problem?.fieldMessage("/when/local"),
            zone: problem?.fieldMessage("/when/timezone"),
            minutes: problem?.fieldMessage("/when/minutes"),
          }}
          onChange={(changes) => onChange({ when: { ...draft.when, ...changes } })}
        />
      </li>
      <li>
        <h2>{fields.audience}</h2>
        <WhomQuestion
          whom={draft.audience}
          fault={problem?.fieldMessage("/audience")}
          onWhom={(changes) => onChange({ audience: { ...draft.audience, ...changes } })}
        />
      </li>
      <li>
        <h2>{words.make.what}</h2>
        <WhatFields briefing={briefing} draft={draft} problem={problem} onChange={onChange} />
      </li>
      <li>
        <h2>{fields.items}</h2>
        {problem?.fieldMessage("/items") && (
          <p className="make-faults">{problem.fieldMessage("/items")}</p>
        )}
        <AgendaEditor
          items={draft.items}
          label={draft.label}
          people={people}
          members={members}
          onChange={(items) => onChange({ items })}
        />
      </li>
      <li>
        <h2>{fields.join}</h2>
        <TextAreaField
          label={words.make.howField}
          rows={2}
          maxLength={2000}
          value={draft.join}
          onText={(join) => onChange({ join })}
          error={problem?.fieldMessage("/join")}
        />
      </li>
    </ol>
  );
}

/* The label is settled once the briefing is sent. */
function WhatFields({ briefing, draft, problem, onChange }: Omit<FieldsProps, "people">) {
  return (
    <>
      <TextField
        label={text.fields.title}
        maxLength={200}
        value={draft.title}
        onText={(title) => onChange({ title })}
        error={problem?.fieldMessage("/title")}
      />
      <TextAreaField
        label={text.fields.about}
        isOptional
        maxLength={5000}
        value={draft.about}
        onText={(about) => onChange({ about })}
        error={problem?.fieldMessage("/about")}
      />
      {briefing.status === "draft" && (
        <LabelChoice
          legend={words.make.label}
          value={draft.label}
          labels={BRIEFING_LABELS}
          onLabel={(label) => onChange({ label })}
        />
      )}
    </>
  );
}
