/*
 * Passing on what one was briefed about, and asking the hosts to let more of it go.
 */
import type { Label, Onward } from "../../api/types";
import { count, spelled } from "./count";

export const onward = {
  onward: {
    act: "Pass it on to your members",
    crumb: "Pass it on",
    title: (passing: number, organizations: number) =>
      organizations === 0
        ? "There is nobody to pass it on to"
        : `${spelled(passing, "item")} may go on to ` +
          `${count(organizations, "organization")} of yours`,
    about: "A draft of your own, for your own members and parts.",
    nobody:
      "No organization on this exchange is a member or a part of yours. " +
      "Ask the steward to add those that are.",
    nothing: "Nothing of it may be passed on under its labels. Ask the hosts for what you need.",
    may: "Goes into your edition",
    mayNot: "Stays behind",
    noItems: "None of the items.",
    all: "All items go.",
    rules: {
      "clear": "To anybody",
      "green": "Within the community",
      "amber": "To your own members and parts alone, whoever else you invite",
      "amber+strict": "Stays in your own organization",
      "red": "For those named in the call only",
    } satisfies Record<Label, string>,
    words: "Title and text go too; the hosts are named as the source.",
    noWords: "Title and text of this briefing are TLP:AMBER+STRICT and stay behind.",
    ask: "Ask the hosts to widen it",
    askNotice:
      "So that the hosts know what you would pass on; asking is up to you. They and your own " +
      "office see who asked, and what they answer.",
    asked: "Asked, no answer yet",
    refused: (why: string) => `No: ${why}`,
    askAgain: "Ask again",
    notAsked: "The hosts are not asked yet.",
    when: "When do you brief?",
    how: "How to join?",
    makeNotice:
      "So that your edition has a time and a way in; making one is up to you. Your organization " +
      "alone sees it until you send it, then those you invite.",
    make: (label: Onward["label"]) => `Make my edition under TLP:${label.toUpperCase()}`,
    notMade: "Your edition is not made yet.",
    back: "Back to the briefing",
    source: (names: string) => `Passed on from ${names}`,
    onHome: (n: number, title: string) => `${spelled(n, "request")} to widen an item of “${title}”`,
    look: "Answer",
    requests: "May they pass it on?",
    request: (office: string, item: string) => `${office} would like to pass on “${item}”`,
    gone: "an item that is gone",
    consequence: "Yes makes its next version under the wider label, for everyone who sees it.",
    yes: "Yes, under TLP:AMBER",
    no: "No",
    why: "Why not?",
    answerNotice:
      "So that whoever asks knows what they may pass on. The hosts and the office that asks see " +
      "your answer; you may leave it open, and a no says why.",
    sayNo: "Say no",
    close: "Leave it open",
    notAnswered: "Your answer is not kept.",
  },
};
