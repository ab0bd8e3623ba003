/*
 * The words about receipts: who has been given a thing, and who asked that.
 */
import { count } from "./count";
import { asker } from "./looks";

export const receipts = {
  title: "Who has been given it",
  about:
    "How many organizations have been given it, by sector. Asking goes on the record, and whose " +
    "receipts are looked at sees that you asked.",
  ask: "Ask how many have been given it",
  notAsked: "Nothing was asked yet.",
  few: (isAll: boolean) =>
    `In ${isAll ? "each" : "each other"} kind of office there are fewer than five, or none: ` +
    "how many is not told, since it could say which.",
  organizations: (n: number) => count(n, "organization"),
  byName: "By name",
  rule: (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`,
  namesNotice:
    "A second person has to agree: another publisher of whoever contributed it, or a steward. " +
    "They read your reason, and so does everyone whose office had been given it; it stays on " +
    "the record. Nobody has to ask: without a reason there are counts.",
  reason: "Why you need the names",
  askNames: "Ask for the names",
  notAskedNames: "The names are not asked for yet.",
  asked: (name: string | undefined, isOwn: boolean, when: string) =>
    `${isOwn ? "You" : (name ?? "The operator")} asked on ${when}`,
  states: {
    counted: "Told in counts",
    waits: "One of two people has agreed, a second is needed",
    told: "Told by name",
    refused: "Not told: refused",
    lapsed: "Not told: nobody answered in time",
  },
  until: (when: string, isAlone: boolean) =>
    isAlone
      ? `Nobody else can agree. Whoever is concerned sees it, and it is told on ${when}.`
      : "The question stands on their home: another publisher of whoever contributed it, or a " +
        `steward. If neither answers by ${when}, no names are told.`,
  decided: (name: string | undefined, when: string) => (name ? `${name}, ${when}` : when),
  noneNamed: "Nobody had been given it.",
  hidden: "The names stood here for 30 days.",
  ours: {
    title: "Who looked at your office’s receipts",
    about:
      "What you are shown is noted in receipts, so that corrections reach you. Whoever shared a " +
      "thing, and stewards, may ask how many were given it; of a few things also who. Each time " +
      "they did, and your office had been given it, stands here.",
    none: "Nobody has asked about anything that your office was given.",
    gone: "Something that is not here any more",
    who: asker,
    counted: "asked how many had been given it",
    named: "asked by name who had been given it",
  },
  seal: {
    title: "The seal of the record",
    about:
      "Who did what on this exchange is written down, line by line, and each line is sealed " +
      "together with all those before it. Stewards read the lines; a seal tells none of them. " +
      "Whoever keeps one can have it checked later: a line that was changed or taken away since " +
      "is found, whoever did that. Keep one from time to time, with your own files. A new one " +
      "comes every hour.",
    sealed: (lines: number, when: string) => `Sealed as of ${when}: ${count(lines, "line")}.`,
    save: "Save this seal",
    file: (lines: number) => `seal-${lines}.txt`,
    check: "Check a seal that you kept",
    checkHint: "Choose the file that you saved.",
    notChecked: "The seal is not checked.",
    whole: "The record fits this seal. Nothing was changed or taken away since.",
    broken: (fault: string) =>
      `The record does not fit this seal: ${fault}. Keep the file, and tell others who keep one.`,
  },
};
