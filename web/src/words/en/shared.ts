/*
 * What organizations did, told to the others.
 */
import type { Deed, Sector } from "../../api/types";
import { common } from "./common";
import { count, list, number, spelled } from "./count";

const deeds: Record<Deed, string> = {
  removed: "Removed",
  labelled: "Labeled",
  limited: "Limited reach",
  blocked: "Blocked",
  seized: "Seized",
  charged: "Charged",
  patched: "Patched",
  warned: "Warned people",
  corrected: "Corrected",
  other: "Something else",
};

/* What is counted most often, to begin with. */
const counted: Record<Deed, string> = {
  removed: "accounts",
  labelled: "posts",
  limited: "accounts",
  blocked: "addresses",
  seized: "domains",
  charged: "people",
  patched: "systems",
  warned: "people",
  corrected: "notices",
  other: "",
};

const people = (n: number) => count(n, "person", "people");

export const shared = {
  shared: {
    crumb: "What we did",
    head: (n: number) =>
      `Partners told of ${spelled(n, "thing").toLowerCase()} in the last 30 days`,
    quiet: "Nothing was told in the last 30 days",
    none: "Nobody has told what they did yet",
    about: "What organizations did by their own decision, the newest first",
    empty:
      "What a company removed, an agency seized or an office corrected stands here, with what " +
      "you can do now. Telling is voluntary, and nobody is reminded.",
    tell: "Tell partners what we did",
    told: (n: number) => `Told. ${people(n)} can read it now.`,
    done: (day: string) => `Done ${day}`,
    now: "What you can do now:",
    own: "Your organization",
    met: "What others met of what you shared",
  },
  tell: {
    title: "Tell partners what we did",
    by: (name: string) => `What ${name} did by its own decision`,
    notice:
      "So that partners can act on it too. Telling is voluntary, and nobody is ever reminded. " +
      "Who will see it stands under the label.",
    minutes: "About two minutes",
    what: "What did you do?",
    deeds,
    counted,
    howMany: "How many?",
    countOf: (deed: string) => `${deed}: how many`,
    whatOf: (deed: string) => `${deed}: of what`,
    countHint: "May stay empty.",
    when: "When",
    concerned: "What it concerned",
    happened: "What happened, in a sentence or two",
    happenedHint: "Leave out names and handles of people in the US.",
    advice: "What partners can do now",
    label: "Label: how far may it go?",
    who: "Who will see this",
    size: (n: number, organizations: number) =>
      `${people(n)} in ${count(organizations, "organization")}`,
    nobody: "Nobody but your own office",
    counting: "One moment: counting who will see this.",
    number,
    notThem: (missed: number, sectors: readonly Sector[]) =>
      missed === 0
        ? "Not the public."
        : `Not the public, and not ${people(missed)} who may not hear this label ` +
          `(${list(sectors.map((sector) => common.sectors[sector].toLowerCase()))}).`,
    everyName: "See every name",
    ownOffice: "Your own office reads it too.",
    agenda: (title: string) => `Also put it on the agenda of “${title}”`,
    act: (n: number) => `Tell ${people(n)}`,
    failed: "Nobody was told yet.",
    needsDeed: "Say what you did: tick at least one.",
    needsWhen: "Say on which day.",
    needsHappened: "Say in a sentence or two what happened.",
    needsCount: "This is a whole number.",
  },
};
