/*
 * What came in, page by page, and what of it is asked for.
 */
import { count, number } from "./count";

const SINCE: Record<string, string> = {
  "last-visit": "Since my last visit",
  "24h": "In the last 24 hours",
  "7d": "In the last 7 days",
};

export const news = {
  title: "What came in, newest first",
  about: "Reports, notes, campaigns and the like that you may read, whenever they came",
  found: (n: number, hasMore: boolean) => {
    if (n === 0) return hasMore ? "Nothing among the newest" : "Nothing is like that";
    return hasMore ? `${number(n)} or more things, newest first` : `${count(n, "thing")} found`;
  },
  noneYet: "Nothing came in yet. What others share with you stands here.",
  none: "Nothing that you may read is like all of this. Leave one of these open, or ",
  noneOnPage:
    "Nothing is like that among the newest things, which were looked through. “Show more” looks " +
    "through older ones.",
  clearAll: "see all that came in",
  narrow: "Narrow the list",
  kind: "What it is",
  anyKind: "Anything",
  answers: "Answer to a question",
  label: "Label",
  anyLabel: "Any label",
  collection: "Collection",
  anyCollection: "All that you read",
  since: "When it came",
  anySince: "At any time",
  sinceChoices: SINCE,
  source: "Who shared it",
  sourceHint: "Type the beginning of an organization’s name",
  gone: "An organization that is no member now",
  naming: "…",
  tooMany: (most: number) => `Choose at most ${number(most)} of them.`,
  wrong: {
    "/kind": "Choose from the list.",
    "/label": "Choose from the list.",
    "/collection": "You read no such collection. Choose from the list.",
    "/since": "Choose from the list.",
    "/organization": "Choose organizations by their names.",
  } as Record<string, string>,
  wrongAddress: "The address asks for something that is not known here. Choose anew above, or ",
  act: "Show these",
  clear: "Clear",
  forPrograms: "Indicators and the like are not listed here: ",
  findOne: "search finds them",
  orConnect: ", and your tools can fetch them, as ",
  howTo: "the first page",
  says: " says.",
};
