/*
 * Tell partners what we did: on the left what, on the right who. The label stands in the same frame
 * as the number of people that it changes.
 */
import { Checkbox } from "@trussworks/react-uswds";
import { useState, type FormEvent } from "react";
import { request } from "../../api/client";
import type { Problem } from "../../api/problem";
import type { BriefingRow, Reach } from "../../api/types";
import { useAct } from "../../api/use-act";
import { useDraft, type KeptDraft } from "../../api/use-draft";
import { useResource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { DraftState } from "../../parts/draft-state";
import { FormNotice } from "../../parts/form-notice";
import { PageHead } from "../../parts/page-head";
import { Failed, Loading } from "../../parts/states";
import { useRouter } from "../../shell/router";
import { useReader, useZone } from "../../shell/session";
import { words } from "../../words";
import { emptyDraft, faultsOf, inputOf, type Draft, type DraftFaults } from "./draft";
import { What } from "./what";
import { WhoWillSee } from "./who-will-see";

const text = words.tell;

export function Tell() {
  const zone = useZone();
  const kept = useDraft("action", () => emptyDraft(zone));
  if (!kept.draft) {
    return (
      <div className="wrap">
        <Loading />
      </div>
    );
  }
  return <TellForm draft={kept.draft} kept={kept} />;
}

/* The next call that the reader hosts: what was done can be told there, too. */
function useNextHosted(): BriefingRow | undefined {
  const { data } = useResource("/briefings");
  return data?.items.find(
    ({ is_host, status }) => is_host && (status === "draft" || status === "sent"),
  );
}

function TellForm({ draft, kept }: { draft: Draft; kept: KeptDraft<Draft> }) {
  const { go } = useRouter();
  const { acting_for } = useReader();
  const reach = useResource("/reach", { query: { label: draft.label } });
  const next = useNextHosted();
  const [faults, setFaults] = useState<DraftFaults>({});
  const act = useAct(async (key, shown: Reach) => {
    const body = inputOf(draft, shown.people, next?.id);
    try {
      await request("post", "/actions", { body, idempotencyKey: key });
    } catch (caught) {
      await reach.reload(); // who will see it may have changed since it was shown
      throw caught;
    }
    await kept.drop();
    go(`/shared?told=${shown.people}`);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = faultsOf(draft);
    setFaults(found);
    if (Object.keys(found).length === 0 && reach.data) void act.run(reach.data);
  };
  return (
    <form className="wrap tell" onSubmit={submit} noValidate>
      {act.problem && <Failed problem={act.problem} what={text.failed} />}
      {Object.keys(faults).length > 0 && (
        <p role="alert" className="form-faults">
          {words.forms.fix}
        </p>
      )}
      <PageHead title={text.title} facts={[text.by(acting_for.organization.name), text.minutes]} />
      <div className="columns tell-columns">
        <What draft={draft} faults={allFaults(faults, act.problem)} onChange={kept.change} />
        <div>
          <WhoWillSee
            label={draft.label}
            reach={reach}
            onLabel={(label) => kept.change({ label })}
          />
          {next && (
            <Checkbox
              id="agenda"
              name="agenda"
              label={text.agenda(next.title)}
              checked={draft.isOnAgenda}
              onChange={() => kept.change({ isOnAgenda: !draft.isOnAgenda })}
            />
          )}
        </div>
      </div>
      <FormNotice says={text.notice} />
      <div className="tell-bar acts">
        <Act isSubmit isBusy={act.isBusy || !reach.data}>
          {reach.data ? text.act(reach.data.people) : text.title}
        </Act>
        <DraftState kept={kept} />
      </div>
    </form>
  );
}

/* What the server finds stands at the same fields as what the page finds itself. */
function allFaults(own: DraftFaults, problem: Problem | undefined): DraftFaults {
  return {
    ...own,
    deeds: own.deeds ?? problem?.fieldMessage("/deeds"),
    taken: own.taken ?? problem?.fieldMessage("/taken"),
    happened: own.happened ?? problem?.fieldMessage("/happened"),
  };
}
