/*
 * What has come ahead, in the answer to another question: taken once, in place of a request, by
 * whoever would have asked for it.
 */
const ahead = new Map<string, unknown>();

export function bringAhead(address: string, data: unknown): void {
  ahead.set(address, data);
}

export function seeAhead(address: string): unknown {
  return ahead.get(address);
}

/* Whether it was there; it is not any more. */
export function takeAhead(address: string): boolean {
  return ahead.delete(address);
}
