/*
 * An item of the agenda while it is being written, and what is sent of it.
 */
import type { AgendaItem, AgendaItemInput, Label } from "../../api/types";

export interface DraftItem {
  /* Of one that is there already. */
  id?: string;
  /* For the page alone: the same while the item moves. */
  key: string;
  title: string;
  about: string;
  minutes: string;
  label: Label;
  /* A name of the list, or any words. */
  presenter: string;
  organizations: string[];
}

export interface Presenter {
  id: string;
  /* "Name, Organization" */
  name: string;
}

export function newItem(label: Label): DraftItem {
  return {
    key: crypto.randomUUID(),
    title: "",
    about: "",
    minutes: "5",
    label,
    presenter: "",
    organizations: [],
  };
}

export function presenterName(presenter: AgendaItem["presenter"]): string {
  return [presenter?.name, presenter?.organization].filter(Boolean).join(", ");
}

export function draftOf(item: AgendaItem): DraftItem {
  return {
    id: item.id,
    key: item.id,
    title: item.label === "red" ? "" : item.title,
    about: item.about ?? "",
    minutes: String(item.minutes),
    label: item.label,
    presenter: presenterName(item.presenter),
    organizations: item.organizations ?? [],
  };
}

/* Of a RED item nothing is sent but its place. */
export function inputOfItem(item: DraftItem, people: readonly Presenter[]): AgendaItemInput {
  const isRed = item.label === "red";
  const presenter = item.presenter.trim();
  const known = people.find(({ name }) => name === presenter)?.id;
  return {
    id: item.id,
    title: isRed ? undefined : item.title.trim(),
    about: isRed ? undefined : item.about.trim() || undefined,
    minutes: Number(item.minutes),
    label: item.label,
    presenter: known,
    presenter_words: known ? undefined : presenter || undefined,
    organizations: item.organizations.length ? item.organizations : undefined,
  };
}

export function isWritten(item: DraftItem): boolean {
  return item.label === "red" ? item.presenter.trim() !== "" : item.title.trim() !== "";
}
