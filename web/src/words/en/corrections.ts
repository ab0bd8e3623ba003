/*
 * What was wrong and is put right.
 */
import { count, list, number, spelled } from "./count";

export const corrections = {
  corrections: {
    title: "Corrections",
    onHome: (n: number, title: string) =>
      n === 1 ? `Corrected: “${title}”` : `${spelled(n, "text")} corrected: “${title}”`,
    look: "See what is different",
    fresh: (n: number) =>
      n === 1
        ? "One text of this briefing was wrong. This is what it says now."
        : `${spelled(n, "text")} of this briefing were wrong. This is what they say now.`,
    told: "Your hosts are told which offices had a correction and which have not, by office.",
    none:
      "Nothing was corrected. Where a text that went out was wrong, put it right here: everyone " +
      "who had it is told, and sees the difference.",
    about: "What it is about",
    item: (title: string) => `Item: ${title}`,
    answer: "The answer to a question",
    answerTo: (question: string) =>
      `The answer to: ${question.length > 60 ? `${question.slice(0, 59)}…` : question}`,
    takenOut: "Taken out:",
    putIn: "Put in:",
    endOfIt: ".",
    now: (said: string) => `It says now: ${said}`,
    why: "Why:",
    when: (time: string) => `Corrected ${time}`,
    /* To hosts. */
    reached: (has: number, of: number) =>
      has === of
        ? `All ${count(of, "office")} had it`
        : `${number(has)} of ${number(of)} offices had it`,
    waiting: (names: readonly string[]) => `Not yet: ${list(names)}`,
    waitingFor: (n: number) => `${number(n)} had not yet: show them`,
    act: "Correct a text",
    which: "Which text is wrong?",
    titleField: "Title",
    wordsField: "What it should say",
    reason: "Why?",
    notice:
      "So that nobody goes on with what was wrong. Everyone who may read the text sees what is " +
      "different, and why; mail about it says neither. Nobody has to correct anything, but " +
      "whoever does says why.",
    send: "Correct it, and tell everyone who had it",
    close: "Leave it as it is",
    notKept: "Nothing is corrected yet.",
  },
};
