/*
 * Questions to the hosts, and their answers.
 */
import { count, spelled } from "./count";

export const questions = {
  questions: {
    title: "Questions",
    open: (n: number) => (n === 0 ? "All answered" : `${count(n, "question")} without an answer`),
    none: "No questions yet.",
    noneMine: "No questions yet. Ask now, and the hosts can have the answer ready for the call.",
    whole: "About the briefing",
    someone: "Asked without a name",
    by: (name: string, office?: string) => (office ? `${name}, ${office}` : name),
    answered: "The hosts:",
    onCall: "Answered on the call",
    stillOpen: "No answer yet",
    ask: "Ask the hosts",
    about: "About what?",
    content: "Your question",
    notice: (isUnattributed: boolean) =>
      "So that the hosts can have the answer ready; asking is up to you. Everyone who sees what " +
      "it is about sees the question and its answer" +
      (isUnattributed ? "." : ", with your name and office."),
    name: "Ask without my name",
    nameHint: "The hosts’ group asks it: neither your name nor your office is kept with it.",
    few:
      "Fewer than five people could ask about this, so that others may guess who asked. Your " +
      "words may tell, too.",
    act: "Ask this question",
    actUnattributed: "Ask it without my name",
    failed: "Your question is not asked yet.",
    asked: "Your question is asked.",
    needsContent: "Say what you want to know.",
    answer: "Answer it",
    change: "Change the answer",
    words: "The answer",
    answerNotice:
      "So that whoever asked, and others with the same question, know. Everyone who sees the " +
      "question reads it, as the word of the hosts. A question may stay open.",
    answerAct: "Answer for everyone who sees it",
    callAct: "It was answered on the call",
    notAnswered: "Your answer is not kept yet.",
    close: "Leave it",
    waiting: (n: number, title: string) =>
      `${spelled(n, "question")} on “${title}” ${n === 1 ? "waits" : "wait"} for an answer`,
    look: "See the questions",
  },
};
