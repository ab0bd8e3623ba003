/*
 * What a host noted, to the person in whose name it stands: it counts until they answer.
 */
import type { Briefing } from "../../api/types";
import { words } from "../../words";

type MyAnswer = Briefing["my_answer"];

export function saidByPhone(mine: MyAnswer): string | undefined {
  if (!mine?.noted_by || !mine.answer || mine.answer === "delegate") return undefined;
  return words.noted.mine[mine.answer];
}

export function NotRight({ of: mine }: { of: MyAnswer }) {
  if (!mine?.noted_by) return null;
  return <p className="question-about">{words.noted.notRight(mine.noted_by)}</p>;
}
