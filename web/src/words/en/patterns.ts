/*
 * The page of patterns.
 */
export const patterns = {
  patterns: {
    title: "The parts these pages are made of",
    about: "Each as it looks when things go well, and when they do not",
    fact: "Everything is invented",
    act: "An outlined act",
    busy: "An act under way",
    labels: "Labels",
    status: "Status words",
    done: "Yes, Aug 21",
    open: "Still open",
    late: "Due Tuesday",
    none: "Kept here",
    times: "Times",
    strips: "Strips",
    stepWhat: "One answer is still open: Osterby Cloud has not approved the changed agenda.",
    stepMore: "Ines Marchetti and two deputies are told again today at 6:00 p.m. EDT.",
    stepAct: "Call Ines Marchetti, 555-0127",
    states: "Loading, empty, failing, offline",
    empty: "No corrections. If something said was wrong, correct it here.",
    refusal: "The day is in the past; choose one that is still to come.",
    notDone: "Your answer is not sent yet.",
    bars: "Bars",
    longList: "A long list",
    forms: "Forms",
    field: "A question",
    hint: "What helps to answer it.",
    tooLong: "Too long",
    rightToLeft: "From right to left",
  },
};
