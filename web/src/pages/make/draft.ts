/*
 * The answers to the four questions while they are being given, and what they make.
 */
import type { BriefingInput, Label } from "../../api/types";
import { browserZone } from "../../time/time";
import { words } from "../../words";
import { inputOfItem, isWritten, type DraftItem, type Presenter } from "../agenda/item";
import { findsNobody, NOBODY, ruleOf, type Whom } from "./whom";

export interface Draft extends Whom {
  day: string;
  time: string;
  zone: string;
  minutes: string;
  title: string;
  about: string;
  join: string;
  label: Label;
  hosts: string[];
  items: DraftItem[];
  isExercise: boolean;
}

export type DraftFaults = Partial<Record<keyof Draft, string>>;

export function emptyDraft(zone: string): Draft {
  return {
    day: "",
    time: "",
    zone: zone || browserZone(),
    minutes: "45",
    ...NOBODY,
    sectors: ["state", "territorial", "local"],
    title: "",
    about: "",
    join: "",
    label: "amber",
    hosts: [],
    items: [],
    isExercise: false,
  };
}

export function faultsOf(draft: Draft): DraftFaults {
  const text = words.make;
  const faults: DraftFaults = {};
  if (!draft.day || !draft.time) faults.day = text.needsDay;
  if (findsNobody(draft)) faults.sectors = text.needsWhom;
  if (!draft.title.trim()) faults.title = text.needsTitle;
  if (!draft.join.trim()) faults.join = text.needsHow;
  return faults;
}

export function inputOf(draft: Draft, people: readonly Presenter[]): BriefingInput {
  return {
    when: {
      local: `${draft.day}T${draft.time}`,
      timezone: draft.zone,
      minutes: Number(draft.minutes),
    },
    audience: ruleOf(draft),
    title: draft.title.trim(),
    about: draft.about.trim() || undefined,
    join: draft.join.trim(),
    label: draft.label,
    hosts: draft.hosts,
    is_exercise: draft.isExercise,
    items: draft.items.filter(isWritten).map((item) => inputOfItem(item, people)),
  };
}
