/*
 * What was wrong in a briefing and what it says now: first what the reader has not seen yet, then,
 * at its place, what was corrected before.
 */
import { useRef, useState, type ReactNode } from "react";
import type { Briefing, Correction } from "../../api/types";
import { useResource, type Resource } from "../../api/use-resource";
import { Act } from "../../parts/act";
import { Chip } from "../../parts/chip";
import { Section } from "../../parts/section";
import { useOnSheet } from "../../parts/sheet";
import { Empty } from "../../parts/states";
import { Status } from "../../parts/status";
import { useZone } from "../../shell/session";
import { recentTime } from "../../time/time";
import { words } from "../../words";
import { Correct } from "./correct";
import { Difference } from "./difference";

const text = words.corrections;
const NAMES_MAX = 8; // more are a list that one opens

export type CorrectionList = { may_correct: boolean; items: Correction[] };

export interface Corrections {
  list: Resource<CorrectionList>;
  /* Not seen before this page was opened; they stay until it is left. */
  fresh: Correction[];
  seen: Correction[];
}

export function useCorrections(briefing: string): Corrections {
  const list = useResource("/briefings/{briefing}/corrections", { params: { briefing } });
  const news = useRef(new Set<string>());
  const items = list.data?.items ?? [];
  useOnSheet(items.map(({ label }) => label));
  for (const { id, is_new } of items) if (is_new) news.current.add(id);
  const isFresh = ({ id }: Correction) => news.current.has(id);
  return {
    list,
    fresh: items.filter(isFresh),
    seen: items.filter((one) => !isFresh(one)),
  };
}

interface ShownProps {
  briefing: Briefing;
  corrections: Corrections;
}

/* On top of the page. */
export function FreshCorrections({ briefing, corrections: { fresh } }: ShownProps) {
  if (fresh.length === 0) return null;
  return (
    <section className="question-first corrections-fresh" aria-label={text.title}>
      <h2>{text.fresh(fresh.length)}</h2>
      <ul className="rows">
        {fresh.map((one) => (
          <Row key={one.id} one={one} briefing={briefing} />
        ))}
      </ul>
      {!briefing.is_host && <p className="second">{text.told}</p>}
    </section>
  );
}

type SeenProps = ShownProps & { onCorrect?: () => Promise<void> };

/* At its place in the page: to hosts also where nothing was corrected, since they may. */
export function SeenCorrections({ briefing, corrections: { list, seen }, onCorrect }: SeenProps) {
  const [isOpen, setOpen] = useState(false);
  const mayCorrect = onCorrect && list.data?.may_correct;
  if (seen.length === 0 && !mayCorrect) return null;
  const aside: ReactNode = mayCorrect && (
    <Act unstyled onAct={() => setOpen(!isOpen)}>
      {text.act}
    </Act>
  );
  return (
    <Section title={text.title} aside={aside}>
      {isOpen && (
        <Correct
          briefing={briefing}
          onCorrect={async (now) => {
            list.replace(now);
            setOpen(false);
            await onCorrect?.();
          }}
          onClose={() => setOpen(false)}
        />
      )}
      {list.data?.items.length === 0 && !isOpen && <Empty>{text.none}</Empty>}
      <ul className="rows">
        {seen.map((one) => (
          <Row key={one.id} one={one} briefing={briefing} />
        ))}
      </ul>
    </Section>
  );
}

function Row({ one, briefing }: { one: Correction; briefing: Briefing }) {
  const zone = useZone();
  const { before, after, reason } = one;
  return (
    <li>
      <h3>{subjectOf(one, briefing)}</h3>
      {before?.title !== after?.title && (
        <Difference before={before?.title ?? ""} after={after?.title ?? ""} />
      )}
      {before && after && before.words !== after.words && (
        <Difference before={before.words} after={after.words} />
      )}
      {!before && after && <p className="corrected-text">{text.now(after.words)}</p>}
      <p>
        <b>{text.why}</b> {reason}
      </p>
      <p className="second line">
        <Chip label={one.label} />
        <span>{text.when(recentTime(new Date(one.corrected), zone))}</span>
      </p>
      <Reach of={one} />
    </li>
  );
}

/* How far it has come, to hosts: a few names stand there, many are opened. */
function Reach({ of: { reach } }: { of: Correction }) {
  if (!reach) return null;
  const { has, of, without } = reach;
  return (
    <div className="second">
      <Status kind={without.length ? "open" : "done"}>{text.reached(has, of)}</Status>
      {without.length > 0 && without.length <= NAMES_MAX && <p>{text.waiting(without)}</p>}
      {without.length > NAMES_MAX && (
        <details>
          <summary>{text.waitingFor(without.length)}</summary>
          <p>{without.join("; ")}</p>
        </details>
      )}
    </div>
  );
}

function subjectOf(one: Correction, { items }: Briefing): string {
  if (one.of === "about") return text.about;
  if (one.of === "answer") return text.answer;
  const item = items.find(({ id }) => id === one.object);
  return text.item(one.after?.title ?? item?.title ?? "");
}
