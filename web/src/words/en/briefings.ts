/*
 * Briefings: before, while they are sent, and after.
 */
import type { MissGroup, OddHours } from "../../api/types";
import { wallDayAndTime } from "../../time/time";
import { count, list, listPieces, number, spelled } from "./count";

const missReasons: Record<MissGroup["reason"], { title: string; about: string }> = {
  "no-duty-officer": {
    title: "No duty officer we have checked",
    about: "Members, but no name confirmed by phone.",
  },
  "not-a-member": {
    title: "Not a member",
    about: "They were asked to join this exchange, and have not.",
  },
  "not-asked": {
    title: "We have not asked them",
    about: "Nobody from any host has been in touch.",
  },
  "ceiling": {
    title: "May not hear this label",
    about: "The label is above what the steward has set for them.",
  },
  "suspended": { title: "Membership suspended", about: "The steward has stopped their access." },
};

const missingReasons = {
  "invited-and-absent": {
    title: "Invited and absent",
    about: "Said yes or nothing, and did not come",
  },
  "declined": { title: "Declined", about: "Told us beforehand" },
  "not-reached": { title: "Not reached", about: "No duty officer whom somebody has checked" },
  "not-a-member": { title: "Not a member", about: "Asked to join this exchange, and have not" },
  "not-asked": { title: "We did not ask them", about: "The hosts’ omission, not theirs" },
};

/* When, and how many; then where. */
function oddHours({ people, places, timezone, local }: OddHours): [head: string, where: string] {
  const where = places?.length ? list(places) : timezone;
  const when = wallDayAndTime(local, timezone);
  return [`${when}, ${count(people, "person", "people")}`, where];
}

export const briefings = {
  briefings: {
    title: "Briefings",
    one: "This briefing",
    none: "You are invited to no briefing yet. One that invites you stands here and on home.",
    noneHost: "No briefing yet. Four questions make one: when, with whom, about what, how to join.",
    make: "Make a briefing",
    next: (n: number) => `${spelled(n, "briefing")} ahead`,
    nothingNext: "No briefing ahead",
    coming: "Coming",
    past: "Past",
    status: { draft: "Draft", sent: "Sent", cancelled: "Called off", held: "Held" },
    hostedBy: (names: readonly string[]) => `Hosts: ${list(names)}`,
    youHost: "You host it",
    columns: { when: "When", what: "Briefing", label: "Label", state: "State" },
    joined: (yes: number, invited: number) => `${number(yes)} of ${number(invited)} will join`,
    saidYes: (yes: number, invited: number) => `${number(yes)} of ${number(invited)} said yes`,
  },
  briefing: {
    answersTitle: "Answers",
    invited: (n: number) => `${number(n)} invited`,
    sent: (day: string) => `Invitations sent ${day}`,
    notSent: "Not sent yet",
    draftStep: "Nobody has got this yet.",
    draftMore: "Only you and the other hosts see it until you send it.",
    whoWillGet: "Who will get this",
    print: "Print",
    record: "Whole record",
    closing: "Closing",
    reached: "Which of your members were reached",
    attendance: "Who was there",
    unanswered: (n: number) => `${spelled(n, "answer is", "answers are")} still open.`,
    unansweredMore: "The mail that asked them stays good until the call ends.",
    askAgain: (n: number) => (n === 1 ? "Ask them again" : `Ask the ${number(n)} again`),
    askedAgain: (when: string) => `They were asked again ${when}.`,
    asksByItself: (when: string) => `Whoever has not answered by ${when} is mailed once more.`,
    calledOff: (why: string) => `It was called off: ${why}`,
    callOff: "Call it off",
    callOffWhy: "Why?",
    callOffNotice:
      "So that nobody waits for a call. Everyone invited is mailed that it is off, and reads " +
      "your reason after signing in. Without a reason it is not called off.",
    callOffAct: (n: number) => `Call it off and tell ${count(n, "person", "people")}`,
    keep: "Keep it",
    notCalledOff: "It was not called off.",
    hosts: "Hosts",
    agenda: "Agenda",
    noAgenda: "No agenda yet.",
    agendaCount: (items: number, minutes: number, zone: string) =>
      `${count(items, "item")}, ${count(minutes, "minute")}, times in ${zone}`,
    agendaLength: (items: number, minutes: number) =>
      `${count(items, "item")}, ${count(minutes, "minute")}`,
    columns: {
      start: "Start",
      length: "Length",
      item: "Item and presenter",
      label: "Label",
      who: "Who sees it",
    },
    minutes: (n: number) => `${n} min`,
    you: "You",
    about: "What it is about",
    join: "How to join",
    joinLater: (when: string) => `How to join is shown here from ${when}; it is never mailed.`,
    joinHosts: "Those who are invited see it from 30 minutes before; it is never mailed.",
    placesReached: (reached: number, all: number) =>
      `${number(reached)} of ${number(all)} states and territories will be there.`,
    placesSaidYes: (reached: number, all: number) =>
      `${number(reached)} of ${number(all)} states and territories said yes.`,
    nobodyFrom: "Nobody yet from",
    placesList: listPieces,
    placesOf: "states and territories",
    placesLead: "Each name leads to whom to call there.",
    keptUntil: (day: string) =>
      `Who was invited, answered and was there is kept until ${day}, then dropped.`,
    wholeKeptUntil: (day: string) =>
      `The whole record, and this briefing with it, is kept until ${day}, then dropped.`,
    twiceTitle: "This hour comes twice",
    anotherTime: "Choose another time",
    oddTitle: "Too early or too late for some",
    oddPeople: (n: number) =>
      `${count(n, "person", "people")} would join before 7:00 a.m. or after 9:00 p.m.`,
    oddHours,
    whoAnswered: "Who answered what",
    answersZone: (zone: string) => `times in ${zone}`,
    noAnswers: "Nobody was invited yet.",
    yourAnswer: "Your answer",
    youSaid: {
      yes: "You will join.",
      no: "You cannot join.",
      delegate: "Someone joins in your place.",
    },
    change: "Change my answer",
    delegateTo: (name: string) => `${name} joins in your place.`,
    editionOf: (n: number) => `Edition ${n}`,
  },
  make: {
    title: "Make a briefing",
    about: "Four questions. Everything else has a default.",
    notice:
      "What you write is for those you invite. Until you send it only the hosts read it, and how " +
      "to join those invited see from 30 minutes before. What is optional may stay empty.",
    when: "When?",
    day: "Day",
    time: "Time",
    zone: "Time zone",
    minutes: "Minutes",
    withWhom: "With whom?",
    withWhomHint:
      "The duty officers of all members of these kinds. You see every name before it goes.",
    what: "About what?",
    titleField: "Title",
    titleHint: "Those invited see it after they sign in. Mail does not carry it.",
    aboutField: "What it is about",
    how: "How to join?",
    howField: "Phone number or address, and codes",
    howHint: "Shown to those invited from 30 minutes before; never mailed.",
    more: "Other hosts, label and agenda",
    moreAbout: "May stay as they are.",
    label: "Label: how far may it go?",
    act: "Make it and see who will get it",
    failed: "The briefing is not made yet.",
    needsDay: "Say the day and the time.",
    needsWhom: "Choose at least one kind, or add somebody.",
    needsTitle: "Give it a title.",
    needsHow: "Say how people join.",
    isPast: "This is in the past.",
    yourTime: (time: string) => `${time}, your time`,
    exercise: "This is an exercise",
    exerciseHint: "Every page, mail and object says EXERCISE.",
  },
  audience: {
    crumb: "Who will get this",
    head: (people: number, organizations: number) =>
      `${people === 0 ? "Nobody" : count(people, "person", "people")} will get this. ` +
      `${organizations === 0 ? "No organization" : count(organizations, "organization")} will not`,
    mayHear: "All of them may hear",
    willGet: "Will get it",
    list: "Everyone who will get it",
    size: (people: number, organizations: number) =>
      `${count(people, "person", "people")} in ${count(organizations, "organization")}`,
    find: "Find a person, office or state",
    duty: "Duty",
    everyDuty: "Every duty",
    oddOnly: (n: number) => `Odd hours only (${number(n)})`,
    columns: {
      person: "Person",
      duty: "Duty, day checked",
      office: "Office",
      time: "Their time",
    },
    people: (n: number) => count(n, "person", "people"),
    offices: (n: number) => count(n, "office"),
    showing: (shown: number, all: number) =>
      shown === all ? `Showing all ${number(all)}.` : `Showing ${number(shown)} of ${number(all)}.`,
    keeps: "Groups open and close; the list keeps your place.",
    closeAll: "Close all groups",
    openAll: "Open all groups",
    csv: "Save as CSV",
    csvFile: "who-will-get-this.csv",
    csvHeads: ["Person", "Duty", "Day checked", "Office", "State or group", "Their time", "Zone"],
    nobody: "Nobody fits. Take something out of the fields above.",
    noPeople: "Nobody would get this yet. Change with whom it is held, or check duty officers.",
    misses: "Will not get it, and why",
    missCount: (n: number) => count(n, "organization"),
    noMisses: "Nobody is missed that the exchange knows of.",
    missReasons,
    showAll: (n: number) => `Show all ${number(n)}`,
    showFewer: "Show fewer",
    notice: "Mail goes to each person alone. It names no label, no people and no way to dial in.",
    odd: (n: number) =>
      `${count(n, "person", "people")} would join before 7:00 a.m. or after 9:00 p.m.`,
    back: "Back to the agenda",
    send: (n: number) => `Send to ${count(n, "person", "people")}`,
    sendRest: (n: number) => `Send to ${count(n, "more person", "more people")}`,
    allSent: "Everyone on the list has been invited.",
    notSent: "Nothing was sent.",
    changed: "The list has changed since you looked. Look at it again and press the button.",
    progress: (written: number, total: number) =>
      `${number(written)} of ${number(total)} invitations are on the record.`,
    mailed: (n: number) => `${count(n, "mail")} handed over.`,
    done: "All invitations are on the record.",
    goesOn: "You can leave this page; it goes on by itself.",
  },
  attendance: {
    crumb: "Who was there",
    head: (present: number, invited: number) =>
      `${number(present)} of ${number(invited)} were there`,
    headOpen: (invited: number) =>
      invited ? `Nobody has said yet who of ${number(invited)} was there` : "Nobody is invited yet",
    about: "Mark who was there.",
    guests: (n: number) => `${count(n, "person", "people")} came without an invitation`,
    notice:
      "So that the hosts know whom the call reached. They see this list, and each person what is " +
      "said of them; an office of which nobody was there is told that. What you leave open stays " +
      "open.",
    people: (n: number) => count(n, "person", "people"),
    standings: {
      "to-mark": "Expected, not marked yet",
      "missed": "Expected, and not there",
      "open": "Not expected, not marked yet",
      "came": "There without a yes",
      "there": "There, as they said",
      "away": "Not expected, and not there",
    },
    person: "Person",
    answer: "Answer",
    was: "Was there",
    find: "Find a person or office",
    there: "There",
    missing: "Not there",
    open: "Not said",
    keep: (n: number) => `Keep ${count(n, "change")}`,
    kept: "Kept.",
    notKept: "The attendance is not kept yet.",
    nobody: "Nobody was invited yet.",
    everyoneWhoSaidYes: "All who said yes were there",
  },
  stay: {
    /* Of one who was there; a time that is not said is that of the call. */
    span: (joined?: string, left?: string) => {
      if (joined && left) return `From ${joined} to ${left}.`;
      if (joined) return `From ${joined} on.`;
      return left ? `Until ${left}.` : "The whole call.";
    },
    of: (name: string) => `When ${name} was there`,
    change: "Change the times",
    joined: "Joined",
    left: "Left",
    backwards: "Nobody leaves before they join.",
    done: "Done",
  },
  guests: {
    title: "Came without an invitation",
    count: (n: number) => count(n, "person", "people"),
    add: "Note somebody who was not invited",
    who: "Who was it?",
    whoHint:
      "Begin to type: who answers for an office stands in the directory. Anybody else is noted " +
      "by what you write, such as Nia Osei, Harris County.",
    isKnown: "In the directory: noted with their office, which is then not missing.",
    isName: "Not chosen out of the directory: noted by this name.",
    needsName: "Say who it was.",
    notice:
      "So that the record says who heard the call. The hosts see it, and somebody of the " +
      "directory what is said of themselves, if they may read about the briefing. It gives " +
      "nobody anything to read, and asks nobody whether it was useful. Noting it is up to you.",
    addAct: "Note that they were there",
    leave: "Leave it",
    notAdded: "They are not noted yet.",
    byName: "noted by name",
    drop: "Take out",
    notDropped: "They are still noted.",
  },
  useful: {
    crumb: "Was it useful?",
    title: (title: string) => `Was “${title}” useful to you?`,
    notice:
      "So that the next call is of more use; answering is up to you. The pages show the hosts a " +
      "tally by sector, from five answers up, and your words with the name of your office. But " +
      "the whole record that hosts can read holds each answer, and whose it is.",
    shortNotice:
      "Answering is up to you. The hosts’ pages show a tally by sector, from five answers up; " +
      "the whole record that hosts can read holds each answer, and whose it is.",
    steps: ["Not useful at all", "Not very useful", "In between", "Useful", "Very useful"],
    shortSteps: ["Not at all", "Not very", "Between", "Useful", "Very"],
    choose: "Choose one",
    needsStep: "Choose one of the five.",
    words: "In a sentence, why?",
    wordsFor: "Who may read the sentence?",
    forHosts: "The hosts",
    forAttendees: "Everyone who may read about the briefing",
    act: "Send my answer",
    failed: "Your answer is not sent yet.",
    kept: "We have your answer. Thank you.",
    say: "Say whether it was useful",
    addWords: "Say why, in a sentence",
  },
  closing: {
    crumb: "Closing",
    title: (title: string) => `Closing “${title}”`,
    held: "Held",
    were: (present: number, invited: number) =>
      `${number(present)} of ${number(invited)} were there`,
    usefulTitle: "Was it useful?",
    answered: (n: number) => `${count(n, "answer")}`,
    found: (good: number, all: number) =>
      `${number(good)} of ${number(all)} found it useful or very useful.`,
    noSums: "Sums over the sectors would give small counts away; each sector stands for itself.",
    tooFew: "Fewer than five in any one sector have answered, so nothing is shown yet.",
    bySector: "By sector",
    answersColumn: "Answers",
    hidden: "hidden",
    hiddenNote:
      "Counts under 5 are hidden, and one more in each row so that nobody can work them out.",
    leftOut: "Sectors with under five answers are left out above.",
    someone: "Someone who was there, name held back at their wish",
    missingTitle: "Who was missing",
    missingReasons,
    nobodyMissing: "Nobody was missing that the exchange knows of.",
    onlyHosts: "Only the hosts see this. Each office sees its own line.",
    notTaken: "Nobody has said yet who was there.",
    take: "Say who was there",
  },
  record: {
    crumb: "Record",
    title: (title: string) => `The record of “${title}”`,
    titleOfNone: "The record of a briefing that stays in the exchange",
    about: "Everything you may read of this briefing; as STIX too, for programs.",
    staysTitle: "Stays in the exchange",
    stays: "Read it here: what is under this label is neither printed nor saved with the rest.",
    save: "Save as STIX",
    print: "Print this page",
  },
  outbox: {
    title: "Outbox",
    head: (n: number, hasMore: boolean) =>
      `${spelled(n, "message")} in the outbox${hasMore ? ", and more" : ""}`,
    empty: "No mail has gone out, and none waits. Sending invitations puts it here.",
    demo: "This exchange sends no mail. Here is what would have gone out.",
    columns: { subject: "Subject", to: "To", made: "Made", state: "State" },
    states: { kept: "Kept here", waiting: "Waiting", sent: "Sent", failed: "Failed" },
    tries: (n: number) => count(n, "try", "tries"),
    text: "The mail",
    calendar: "The calendar entry",
    noCalendar: "This message has no calendar entry.",
  },
};
