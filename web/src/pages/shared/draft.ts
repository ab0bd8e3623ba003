/*
 * What was done, while it is being written down; and what it makes.
 */
import type { ActionInput, Deed, Label } from "../../api/types";
import { dayOfField } from "../../time/time";
import { words } from "../../words";

const text = words.tell;

export const DEEDS = Object.keys(text.deeds) as Deed[];

export interface DraftCount {
  count: string;
  what: string;
}

export interface Draft {
  deeds: Deed[];
  counts: Partial<Record<Deed, DraftCount>>;
  taken: string;
  concerns: string;
  happened: string;
  advice: string;
  label: Exclude<Label, "red">;
  isOnAgenda: boolean;
}

export type DraftFaults = Partial<Record<"deeds" | "taken" | "happened" | Deed, string>>;

export function emptyDraft(zone: string): Draft {
  return {
    deeds: [],
    counts: {},
    taken: dayOfField(zone),
    concerns: "",
    happened: "",
    advice: "",
    label: "green",
    isOnAgenda: false,
  };
}

export function countOf(draft: Draft, deed: Deed): DraftCount {
  return draft.counts[deed] ?? { count: "", what: text.counted[deed] };
}

/* "3,400" is a number, too. */
function readCount(typed: string): number | undefined {
  const plain = typed.replace(/[\s,]/g, "");
  return plain === "" ? undefined : /^\d{1,12}$/.test(plain) ? Number(plain) : NaN;
}

export function faultsOf(draft: Draft): DraftFaults {
  const faults: DraftFaults = {};
  if (draft.deeds.length === 0) faults.deeds = text.needsDeed;
  for (const deed of draft.deeds) {
    if (Number.isNaN(readCount(countOf(draft, deed).count))) faults[deed] = text.needsCount;
  }
  if (!draft.taken) faults.taken = text.needsWhen;
  if (!draft.happened.trim()) faults.happened = text.needsHappened;
  return faults;
}

export function inputOf(draft: Draft, people: number, briefing: string | undefined): ActionInput {
  return {
    deeds: DEEDS.filter((deed) => draft.deeds.includes(deed)).map((deed) => {
      const { count, what } = countOf(draft, deed);
      const number = readCount(count);
      return {
        deed,
        count: number,
        what: number === undefined ? undefined : what.trim() || undefined,
      };
    }),
    taken: draft.taken,
    concerns: draft.concerns.trim() || undefined,
    happened: draft.happened.trim(),
    advice: draft.advice.trim() || undefined,
    label: draft.label,
    people,
    briefing: draft.isOnAgenda ? briefing : undefined,
  };
}
