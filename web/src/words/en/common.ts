/*
 * What stands on every kind of page.
 */
import type { AnswerWord, Duty, Label, Sector } from "../../api/types";
import { count } from "./count";

const reach: Record<Label, string> = {
  "clear": "Anyone",
  "green": "The community",
  "amber": "Their office and its clients",
  "amber+strict": "Their office only",
  "red": "Only people you name",
};

const sectors: Record<Sector, string> = {
  "federal": "Federal agencies",
  "state": "State offices",
  "local": "County and local offices",
  "tribal": "Tribal offices",
  "territorial": "Territory offices",
  "association": "Associations",
  "platform": "Platform companies",
  "vendor": "Election vendors",
  "research": "Research",
  "civil-society": "Civil society",
  "other": "Others",
};

const duties: Record<Duty, string> = {
  "primary": "Primary",
  "stand-in": "Stand-in",
  "after-hours": "After hours",
};

const answers: Record<AnswerWord | "open", string> = {
  yes: "Will join",
  no: "Cannot",
  delegate: "Sending someone",
  open: "No answer yet",
};

/* By IANA name. */
const zones: Record<string, string> = {
  "America/Puerto_Rico": "Atlantic (Puerto Rico, Virgin Islands)",
  "America/New_York": "Eastern",
  "America/Chicago": "Central",
  "America/Denver": "Mountain",
  "America/Phoenix": "Arizona",
  "America/Los_Angeles": "Pacific",
  "America/Anchorage": "Alaska",
  "America/Adak": "Aleutian",
  "Pacific/Honolulu": "Hawaii",
  "Pacific/Pago_Pago": "American Samoa",
  "Pacific/Guam": "Guam and Northern Mariana Islands",
  "UTC": "UTC",
};

/* What helps against a miss; the others have their step on the page itself. */
const wayOn: Partial<Record<string, string>> = {
  "no-duty-officer": "Ask the steward who answers there",
  "not-a-member": "Ask the steward to invite them again",
  "not-asked": "Ask the steward to invite them",
  "ceiling": "Ask the steward to raise it",
  "suspended": "Ask the steward why",
};

/* Where the reader may do it themselves. */
const wayOnOwn = {
  label: "Lower the label",
  duty: "Say who is on duty",
  member: "Invite them",
  ceiling: "Raise what they may hear",
  suspended: "Look at why",
  outreach: "Note that you asked them",
};

export const common = {
  name: "tocsin",
  reach,
  sectors,
  duties,
  answers,
  zones,
  wayOn,
  wayOnOwn,
  printed: (when: string) => `Printed ${when}`,
  noLabel: "No label: for whoever may see this page",
  crumbs: "Where you are",
  nextStep: "Still open",
  sendBar: "Send",
  exercise: {
    name: "Exercise",
    word: "EXERCISE",
    about: "Everything here is invented",
    more: ", the states’ answers too",
    part: "What this page shows belongs to an exercise, and nothing of it happened",
  },
  forms: {
    kept: "Kept.",
    optional: "may stay empty",
    fix: "Nothing was sent yet. Look at what is marked below.",
    draftKept: (time: string) => `Draft kept, ${time}`,
    draftNotKept: "The draft is not kept: the exchange does not answer. It stays on this page.",
    draftDropped: "Begin anew",
  },
  times: {
    yours: "your time",
    hosts: (time: string) => `${time} for the hosts`,
    twice: (time: string) =>
      `The hosts’ clocks go back that day and show ${time} twice. The first of the two is meant.`,
    minutes: (n: number) => count(n, "minute"),
    now: "Now",
    today: "Today",
    tomorrow: "Tomorrow",
    inDays: (n: number) => `In ${count(n, "day")}`,
    inMinutes: (n: number) => `In ${count(n, "minute")}`,
    ago: (n: number) => `${count(n, "day")} ago`,
    beforeElection: (n: number, election: string) =>
      `${count(n, "day")} before the ${election.toLowerCase()}`,
    toElection: (n: number) => `${count(n, "day")} to the election`,
  },
  states: {
    loading: "One moment, please.",
    loadingPage: "The page is on its way.",
    again: "Try again",
    noAnswer: "The exchange does not answer.",
    wait: (seconds: number) =>
      seconds < 120
        ? `Try again in ${count(seconds, "second")}.`
        : `Try again in ${count(Math.ceil(seconds / 60), "minute")}.`,
    /* Instead of what the exchange says, by status: it speaks this language itself. */
    refused: {} as Record<number, string>,
    offline:
      "You are offline, or the exchange does not answer. What you typed is kept; we send nothing " +
      "until you press the button.",
    ourFault:
      "Something in this page failed. Load it again; if that does not help, tell the steward.",
    unreadable: (status: number) => `The exchange answered ${status}, without saying why.`,
    gone: "There is no such page, or it is not for you.",
    goneTitle: "Nothing here for you",
    toHome: "Go to what needs your answer",
  },
  lists: {
    more: "Show more",
    notMore: "The rest of the list did not come.",
    skip: "Skip the list",
    open: (name: string) => `Open ${name}`,
    shut: (name: string) => `Close ${name}`,
  },
};
