/*
 * An exchange of invented answers: what a test puts in is what the pages get, and what the pages
 * sent is kept for the test to look at.
 */
import type { Request, Route } from "@playwright/test";

export interface Sent {
  method: string;
  path: string;
  query: Record<string, string>;
  /* The same with each value of what stands there several times. */
  search: URLSearchParams;
  headers: Record<string, string>;
  body: unknown;
}

type Respond = (sent: Sent) => {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
};

function sentBy(request: Request): Sent {
  const isJson = request.headers()["content-type"] === "application/json";
  const text = request.postData();
  const address = new URL(request.url());
  return {
    method: request.method(),
    path: address.pathname.replace(/^\/api/, ""),
    query: Object.fromEntries(address.searchParams),
    search: address.searchParams,
    headers: request.headers(),
    body: text && isJson ? (JSON.parse(text) as unknown) : (text ?? undefined),
  };
}

export class Exchange {
  readonly sent: Sent[] = [];
  private readonly answers = new Map<string, Respond>();
  private isDown = false;
  private isUp: readonly string[] = [];
  unanswered = 0;

  /* What "GET /home" answers from now on. */
  on(call: string, answer: unknown | Respond): this {
    const respond =
      typeof answer === "function"
        ? (answer as Respond)
        : () => ({ body: answer });
    this.answers.set(call, respond);
    return this;
  }

  /* Nothing answers, but for what is below those paths. */
  goDown(isDown = true, but: readonly string[] = []): void {
    this.isDown = isDown;
    this.isUp = but;
    this.unanswered = 0;
  }

  /* What was sent that changes something; a draft is one's own, and changes nothing for others. */
  changes(): Sent[] {
    return this.sent.filter(
      ({ method, path }) => method !== "GET" && !path.startsWith("/drafts/"),
    );
  }

  /* What was kept as the draft of that form last. */
  draft(form: string): unknown {
    const puts = this.sent.filter(
      ({ method, path }) => method === "PUT" && path === `/drafts/${form}`,
    );
    return puts.at(-1)?.body;
  }

  async answer(route: Route): Promise<void> {
    const sent = sentBy(route.request());
    if (this.isDown && !this.isUp.some((up) => sent.path.startsWith(up))) {
      this.unanswered++;
      return route.abort("internetdisconnected");
    }
    this.sent.push(sent);
    const respond = this.answers.get(`${sent.method} ${sent.path}`);
    if (!respond)
      return fulfil(route, 404, problem(404, "There is no such thing here"));
    const { status = 200, body, headers } = respond(sent);
    return fulfil(route, body === undefined ? 204 : status, body, headers);
  }
}

export function problem(
  status: number,
  title: string,
  errors: object[] = [],
): object {
  return { type: `/problems/${status}`, title, status, errors };
}

function fulfil(
  route: Route,
  status: number,
  body: unknown,
  headers = {},
): Promise<void> {
  const contentType =
    status >= 400 ? "application/problem+json" : "application/json";
  if (body === undefined) return route.fulfill({ status, headers });
  if (typeof body === "string")
    return route.fulfill({ status, headers, contentType: "text/plain", body });
  return route.fulfill({
    status,
    headers,
    contentType,
    body: JSON.stringify(body),
  });
}
