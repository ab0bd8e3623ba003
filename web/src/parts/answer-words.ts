/*
 * An answer in words: one's own, or what a host noted.
 */
import type { Answer } from "../api/types";
import { words } from "../words";

export function answerWords(answer: Answer["answer"], host: string | undefined): string {
  if (host && (answer === "yes" || answer === "no")) return words.noted.said[answer](host);
  return words.answers[answer];
}
