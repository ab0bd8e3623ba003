/*
 * The answers to the four questions while they are being given, kept by the exchange so that a
 * closed window loses nothing (B6); and what they make.
 */
import { useEffect, useRef, useState } from "react";
import { request } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import type { BriefingInput, Label, Sector } from "../../api/types";
import { browserZone } from "../../time/time";
import { words } from "../../words";

const FORM = { form: "briefing" };
const KEEP_AFTER_MS = 1000;

export interface DraftItem {
  title: string;
  minutes: string;
  label: Label;
}

export interface Draft {
  day: string;
  time: string;
  zone: string;
  minutes: string;
  sectors: Sector[];
  title: string;
  about: string;
  join: string;
  label: Label;
  items: DraftItem[];
}

export type DraftFaults = Partial<Record<keyof Draft, string>>;

export function emptyDraft(zone: string): Draft {
  return {
    day: "",
    time: "",
    zone: zone || browserZone(),
    minutes: "45",
    sectors: ["state", "territorial", "local"],
    title: "",
    about: "",
    join: "",
    label: "amber",
    items: [],
  };
}

export interface KeptDraft {
  /* Absent until it is known whether one was kept. */
  draft: Draft | undefined;
  change: (changes: Partial<Draft>) => void;
  drop: () => Promise<void>;
  keptAt: Date | undefined;
  problem: Problem | undefined;
}

/* What was kept, over what a new one begins with: a draft of last month may lack a question. */
async function readDraft(fresh: Draft): Promise<Draft> {
  try {
    const { data } = await request("get", "/drafts/{form}", { params: FORM });
    return { ...fresh, ...(data.body as Partial<Draft>) };
  } catch (caught) {
    if (asProblem(caught).status === 404) return fresh;
    throw caught;
  }
}

export function useDraft(zone: string): KeptDraft {
  const [draft, setDraft] = useState<Draft>();
  const [keptAt, setKeptAt] = useState<Date>();
  const [problem, setProblem] = useState<Problem>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    readDraft(emptyDraft(zone)).then(setDraft, (caught: unknown) => {
      setProblem(asProblem(caught));
      setDraft(emptyDraft(zone));
    });
    return () => clearTimeout(timer.current);
  }, [zone]);

  const keep = async (body: Draft) => {
    try {
      await request("put", "/drafts/{form}", { params: FORM, body: { ...body } });
      setKeptAt(new Date());
      setProblem(undefined);
    } catch (caught) {
      setProblem(asProblem(caught));
    }
  };
  return {
    draft,
    keptAt,
    problem,
    change: (changes) => {
      const next = { ...(draft ?? emptyDraft(zone)), ...changes };
      setDraft(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void keep(next), KEEP_AFTER_MS);
    },
    drop: async () => {
      clearTimeout(timer.current);
      await request("delete", "/drafts/{form}", { params: FORM });
      setKeptAt(undefined);
      setDraft(emptyDraft(zone));
    },
  };
}

export function faultsOf(draft: Draft): DraftFaults {
  const text = words.make;
  const faults: DraftFaults = {};
  if (!draft.day || !draft.time) faults.day = text.needsDay;
  if (draft.sectors.length === 0) faults.sectors = text.needsWhom;
  if (!draft.title.trim()) faults.title = text.needsTitle;
  if (!draft.join.trim()) faults.join = text.needsHow;
  return faults;
}

export function inputOf(draft: Draft): BriefingInput {
  return {
    when: {
      local: `${draft.day}T${draft.time}`,
      timezone: draft.zone,
      minutes: Number(draft.minutes),
    },
    audience: { sectors: draft.sectors },
    title: draft.title.trim(),
    about: draft.about.trim() || undefined,
    join: draft.join.trim(),
    label: draft.label,
    items: draft.items
      .filter(({ title }) => title.trim())
      .map((item) => ({
        title: item.title.trim(),
        minutes: Number(item.minutes),
        label: item.label,
      })),
  };
}
