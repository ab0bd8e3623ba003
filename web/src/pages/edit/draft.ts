/*
 * A briefing while it is being changed: what it was when the change began, what was typed since,
 * and what is sent: only what differs, so that another host's change elsewhere stays.
 */
import type { Briefing, BriefingChange, Label } from "../../api/types";
import { draftOf, inputOfItem, isWritten, type DraftItem, type Presenter } from "../agenda/item";
import { ruleOf, whomOf, type Whom } from "../make/whom";

export interface EditDraft {
  title: string;
  about: string;
  join: string;
  label: Label;
  audience: Whom;
  when: { day: string; time: string; zone: string; minutes: string };
  items: DraftItem[];
}

export type EditField = keyof EditDraft;
export const FIELDS: readonly EditField[] = [
  "title",
  "when",
  "audience",
  "about",
  "join",
  "label",
  "items",
];

export function editDraftOf(briefing: Briefing): EditDraft {
  const { when } = briefing;
  return {
    title: briefing.title,
    about: briefing.about ?? "",
    join: briefing.join ?? "",
    label: briefing.label,
    audience: whomOf(briefing),
    when: {
      day: when.local.slice(0, 10),
      time: when.local.slice(11, 16),
      zone: when.timezone,
      minutes: String(when.minutes),
    },
    items: briefing.items.map(draftOf),
  };
}

/* Of whom it is for the rule counts; names come and go. */
function told(draft: EditDraft, field: EditField): string {
  return JSON.stringify(field === "audience" ? ruleOf(draft.audience) : draft[field]);
}

export function differs(one: EditDraft, two: EditDraft, field: EditField): boolean {
  return told(one, field) !== told(two, field);
}

/* What was typed, over what is there now. */
export function rebased(base: EditDraft, mine: EditDraft, now: EditDraft): EditDraft {
  const kept = Object.fromEntries(
    FIELDS.filter((field) => differs(base, mine, field)).map((field) => [field, mine[field]]),
  );
  return { ...now, ...kept };
}

/* An item that another host has taken out meanwhile comes back as a new one. */
function withKnownIds(items: readonly DraftItem[], base: EditDraft): DraftItem[] {
  const known = new Set(base.items.map(({ id }) => id));
  return items.map((item) => (known.has(item.id) ? item : { ...item, id: undefined }));
}

export function changeOf(
  base: EditDraft,
  draft: EditDraft,
  people: readonly Presenter[],
): BriefingChange {
  const change: BriefingChange = {};
  const is = (field: EditField) => differs(base, draft, field);
  if (is("title")) change.title = draft.title.trim();
  if (is("about")) change.about = draft.about.trim();
  if (is("join")) change.join = draft.join.trim();
  if (is("label")) change.label = draft.label;
  if (is("audience")) change.audience = ruleOf(draft.audience);
  if (is("when")) {
    const { day, time, zone, minutes } = draft.when;
    change.when = { local: `${day}T${time}`, timezone: zone, minutes: Number(minutes) };
  }
  if (is("items")) {
    const items = withKnownIds(draft.items, base).filter(isWritten);
    change.items = items.map((item) => inputOfItem(item, people));
  }
  return change;
}
