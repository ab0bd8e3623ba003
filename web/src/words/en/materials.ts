/*
 * Materials of a briefing: what to read before the call, shown in it, or taken home.
 */
import type { Material } from "../../api/types";
import { count, number } from "./count";

const KB = 1024;
const MB = KB * KB;

function size(bytes: number): string {
  if (bytes < KB) return count(bytes, "byte");
  if (bytes < MB) return `${number(Math.ceil(bytes / KB))} KB`;
  return `${number(Math.round((bytes / MB) * 10) / 10)} MB`;
}

/* In fives, and nothing of few: the service tells no more (R2). */
function opened({ of, at_least }: NonNullable<Material["opened"]>): string {
  if (at_least === undefined) return "It goes to too few to count who opened it";
  const some = at_least === 0 ? "fewer than five" : `${number(at_least)} or more`;
  return `Opened by ${some} of ${number(of)} organizations`;
}

const kinds: Record<Material["kind"], string> = {
  pdf: "PDF",
  png: "PNG image",
  jpeg: "JPEG image",
  text: "Text",
  csv: "Table (CSV)",
  object: "On this exchange",
};

export const materials = {
  materials: {
    title: "Materials",
    kinds,
    size,
    opened,
    openedAbout:
      "Opened: somebody there saved the file, or a program of theirs pulled it; or came from " +
      "here to what is on the exchange. Hosts are not counted. Which organizations they are is " +
      "not told, and a new file is counted anew.",
    receipts:
      "Saving a file, or opening what is on the exchange, leaves a receipt. The hosts are told " +
      "how many organizations have opened it, in steps of five, and not which.",
    count: (n: number) => count(n, "material"),
    none: "Nothing to read beforehand, and nothing was handed out.",
    noneMine:
      "Slides, a fact sheet, a list: give them here, before the call or after it. Each goes to " +
      "whoever sees what it belongs to, and to nobody else.",
    whole: "For the whole briefing",
    save: "Save it",
    from: (who: string) => `from ${who}`,
    replaced: (day: string) => `New version, ${day}`,
    give: "Give a file or an object",
    notice: (isDraft: boolean) =>
      "To read before the call or to take home; giving it is up to you. " +
      (isDraft
        ? "Until the invitations are sent only the hosts see it, then whoever sees what it " +
          "belongs to and may read its label. "
        : "Whoever sees what it belongs to and may read its label sees it. ") +
      "The name of your organization stands with it.",
    file: "The file",
    fileHint: (bytes_max: number) =>
      `A PDF, a PNG or JPEG image, text or a table (CSV), at most ${size(bytes_max)}. People ` +
      "save it to their own machine; it is never opened here.",
    orObject: "Give something that is on the exchange",
    orFile: "Give a file",
    object: "The id of the object",
    objectHint:
      "As it stands in what you pull, such as report--1b2c…. Only who may read it sees it here.",
    name: "What to call it",
    nameHint: "Empty: the name of the file, or the title of the object.",
    about: "What it belongs to",
    label: "How far it may go",
    act: (n: number | undefined) =>
      n === undefined ? "Give it to the hosts" : `Give it to ${count(n, "person", "people")}`,
    actItem: "Give it to who sees that item",
    actAfter: "Give it to those invited",
    given: (title: string) => `“${title}” is given.`,
    keptAs: (name: string) =>
      `The file is called “${name}” here: what cannot be seen or would mislead was taken out of ` +
      "its name.",
    failed: "It is not given yet.",
    needsFile: "Choose a file.",
    needsObject: "Say which object.",
    tooLarge: (is: number, max: number) =>
      `This file has ${size(is)}, and the most is ${size(max)}. Make it smaller, or give a part.`,
    wrongKind: "Take a file whose name ends in .pdf, .png, .jpg, .txt or .csv.",
    sending: (done: number) => `On its way: ${Math.floor(done * 100)} %`,
    replace: "Replace it",
    replaceNotice:
      "For where the file of before is wrong or old; it may stay. Whoever sees it finds the new " +
      "one here, and keeps what they saved.",
    replaceAct: "Put this file in its place",
    notReplaced: "The file of before is still in place.",
    takeBack: "Take it back",
    takeBackAbout:
      "Nobody finds it here any more. What people saved stays with them, and the log keeps that " +
      "it was given.",
    takeBackAct: "Take it back from everyone",
    notTakenBack: "It is still there.",
    keep: "Leave it",
  },
};
