/*
 * Was it useful? Five steps and a sentence, with who sees what.
 */
import { Fieldset, Radio } from "@trussworks/react-uswds";
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Briefing, UsefulnessInput } from "../../api/types";
import { useAct } from "../../api/use-act";
import type { KeptDraft } from "../../api/use-draft";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { DraftState } from "../../parts/draft-state";
import { Drafted } from "../../parts/drafted";
import { SelectField, TextAreaField } from "../../parts/field";
import { FormNotice } from "../../parts/form-notice";
import { PageHead } from "../../parts/page-head";
import { useOnSheet } from "../../parts/sheet";
import { Empty, Failed, Ready } from "../../parts/states";
import { NothingHere } from "../../shell/nothing-here";
import { Link, useRouter } from "../../shell/router";
import type { PageProps } from "../../shell/pages";
import { words } from "../../words";

const text = words.useful;
type Readers = NonNullable<UsefulnessInput["words_for"]>;

const READERS: readonly { value: Readers; name: string }[] = [
  { value: "hosts", name: text.forHosts },
  { value: "attendees", name: text.forAttendees },
];

export function UsefulPage({ params }: PageProps) {
  const asked = { params: { briefing: params.briefing ?? "" } };
  const resource = useResource("/briefings/{briefing}", asked);
  useOnSheet([resource.data?.label]);
  if (resource.problem?.status === 404) return <NothingHere />;
  return (
    <div className="wrap">
      <Ready of={resource}>
        {(briefing) => (
          <Drafted form={`useful-${briefing.id}`} fresh={nothingSaid}>
            {(said, kept) => <Question briefing={briefing} said={said} kept={kept} />}
          </Drafted>
        )}
      </Ready>
    </div>
  );
}

/* What was said on home already. */
function useStep(): number | undefined {
  const { path } = useRouter();
  const step = Number(new URLSearchParams(path.split("?")[1] ?? "").get("step"));
  return text.steps[step - 1] ? step : undefined;
}

/* The words; a step is one press. */
interface Said {
  sentence: string;
  readers: Readers;
}

function nothingSaid(): Said {
  return { sentence: "", readers: "hosts" };
}

interface QuestionProps {
  briefing: Briefing;
  said: Said;
  kept: KeptDraft<Said>;
}

function Question({ briefing, said: { sentence, readers }, kept }: QuestionProps) {
  const [value, setValue] = useState(useStep());
  const [isKept, setKept] = useState(false);
  const [isMissing, setMissing] = useState(false);
  const act = useAct(async (_, chosen: number) => {
    const body = { value: chosen, words: sentence.trim() || undefined, words_for: readers };
    await request("put", "/briefings/{briefing}/usefulness", {
      params: { briefing: briefing.id },
      body,
    });
    await kept.drop();
    setKept(true);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(value === undefined);
    if (value !== undefined) void act.run(value);
  };
  const crumbs = [
    { title: words.briefings.title, to: "/briefings" },
    { title: briefing.title, to: `/briefings/${briefing.id}` },
  ];
  const head = (
    <PageHead
      crumbs={crumbs}
      here={text.crumb}
      title={isKept ? text.kept : text.title(briefing.title)}
    />
  );
  if (isKept) {
    return (
      <>
        {head}
        <Empty>
          <Link to="/">{words.states.toHome}</Link>
        </Empty>
      </>
    );
  }
  return (
    <form onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      {head}
      <Steps value={value} isMissing={isMissing} onValue={setValue} />
      <TextAreaField
        label={text.words}
        isOptional
        maxLength={1000}
        value={sentence}
        onText={(now) => kept.change({ sentence: now })}
        error={act.problem?.fieldMessage("/words")}
      />
      {sentence.trim() && (
        <SelectField
          label={text.wordsFor}
          value={readers}
          choices={READERS}
          onChoice={(now) => kept.change({ readers: now })}
        />
      )}
      <FormNotice says={text.notice} className="useful-act">
        <Act isSubmit isBusy={act.isBusy}>
          {text.act}
        </Act>
        <DraftState kept={kept} />
      </FormNotice>
    </form>
  );
}

interface StepsProps {
  value: number | undefined;
  isMissing: boolean;
  onValue: (value: number) => void;
}

/* Best first: it is the most frequent answer. */
function Steps({ value, isMissing, onValue }: StepsProps) {
  return (
    <Fieldset legend={text.choose}>
      {isMissing && <p className="usa-error-message">{text.needsStep}</p>}
      {text.steps
        .map((name, n) => ({ name, step: n + 1 }))
        .reverse()
        .map(({ name, step }) => (
          <Radio
            key={step}
            id={`step-${step}`}
            name="step"
            label={name}
            checked={value === step}
            onChange={() => onValue(step)}
          />
        ))}
    </Fieldset>
  );
}
