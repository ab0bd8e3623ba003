/*
 * What can go wrong with a request, as a sentence: the server's own problem document (RFC 9457), or
 * that there was no answer at all.
 */
import { words } from "../words";
import type { ProblemBody } from "./types";

export class Problem extends Error {
  constructor(
    readonly body: ProblemBody,
    /* Where the exchange asks to wait: how long. */
    readonly retrySeconds?: number,
  ) {
    super(body.detail ?? body.title);
  }

  get status(): number {
    return this.body.status;
  }

  get isOffline(): boolean {
    return this.body.status === 0;
  }

  /*
   * What is wrong with one field; `pointer` is a JSON pointer, one below it counts as well.
   * `instead` has other words for it, in another language.
   */
  fieldMessage(pointer: string, instead: Record<string, string> = {}): string | undefined {
    const faults = this.body.errors ?? [];
    const isAt = (field: string) => field === pointer || field.startsWith(`${pointer}/`);
    const fault = faults.find(({ field }) => isAt(field));
    return fault && (instead[pointer] ?? fault.message);
  }
}

export function offlineProblem(): Problem {
  return new Problem({ type: "about:blank", status: 0, title: words.states.noAnswer });
}

/* What was caught, which is a Problem unless the program itself is at fault. */
export function asProblem(caught: unknown): Problem {
  if (caught instanceof Problem) return caught;
  console.error(caught);
  return new Problem({ type: "about:blank", status: 500, title: words.states.ourFault });
}

function isProblemBody(value: unknown): value is ProblemBody {
  return typeof value === "object" && value !== null && "title" in value && "status" in value;
}

export async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined);
  const retrySeconds = Number(response.headers.get("Retry-After")) || undefined;
  if (isProblemBody(body)) return new Problem(body, retrySeconds);
  const title = words.states.unreadable(response.status);
  return new Problem({ type: "about:blank", status: response.status, title });
}
