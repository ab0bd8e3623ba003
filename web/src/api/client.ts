/*
 * Requests to the API, typed by the contract. A request is sent once, when it is asked for: what
 * did not arrive is said and never sent again behind the reader's back.
 */
import { sessionOver } from "./ending";
import { offlineProblem, problemOf } from "./problem";
import type { Body, Method, Path, Reply } from "./types";

const ROOT = "/api";
const NO_CONTENT = 204;
const NOT_MODIFIED = 304;
const UNAUTHENTICATED = 401;

/* The token that says a change comes from our own page; it belongs to the session. */
let csrf: string | undefined;

export function setCsrf(token: string | undefined): void {
  csrf = token;
}

export interface Asked<B> {
  params?: Record<string, string>;
  /* A list is one parameter, as often as it has values. */
  query?: Record<string, string | number | readonly string[] | undefined>;
  body?: B;
  /* The ETag of what is edited. */
  match?: string;
  /* The same for each try at one act, so that it is done once. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  /* Asked by the page itself on a timer: it keeps nobody signed in. */
  isBackground?: boolean;
}

export interface Answered<T> {
  data: T;
  etag: string | undefined;
}

export function addressOf(path: string, asked: Pick<Asked<unknown>, "params" | "query">): string {
  const params = asked.params ?? {};
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ""),
  );
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked.query ?? {})) {
    for (const one of [value ?? []].flat()) query.append(name, String(one));
  }
  const text = query.toString().replaceAll("+", "%20"); // a plus is a plus over there
  return ROOT + filled + (text && `?${text}`);
}

/* What says that a change comes from our own page, for a request that is not made here. */
export function csrfHeaders(): Record<string, string> {
  return csrf ? { "X-CSRF-Token": csrf } : {};
}

function headersOf(method: Method, asked: Asked<unknown>): Headers {
  const headers = new Headers({ Accept: "application/json" });
  if (asked.body !== undefined) headers.set("Content-Type", "application/json");
  if (method !== "get" && csrf) headers.set("X-CSRF-Token", csrf);
  if (asked.isBackground) headers.set("X-Background", "true");
  if (asked.match) headers.set("If-Match", asked.match);
  if (asked.idempotencyKey) headers.set("Idempotency-Key", asked.idempotencyKey);
  return headers;
}

/* A request that got an answer, whichever; otherwise an offline Problem. */
async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, credentials: "same-origin" });
  } catch (caught) {
    if (caught instanceof DOMException && caught.name === "AbortError") throw caught;
    throw offlineProblem();
  }
}

/* Throws a Problem for whatever is not a success. */
export async function request<M extends Method, P extends Path<M>>(
  method: M,
  path: P,
  asked: Asked<Body<P, M>> = {},
): Promise<Answered<Reply<P, M>>> {
  return answered(await send(method, path, asked, headersOf(method, asked)), path);
}

/* Asks again for what the page has, by its ETag; undefined where it is still so. */
export async function requestNewer<P extends Path<"get">>(
  path: P,
  asked: Asked<Body<P, "get">>,
  etag: string,
): Promise<Answered<Reply<P, "get">> | undefined> {
  const headers = headersOf("get", asked);
  headers.set("If-None-Match", etag);
  const response = await send("get", path, asked, headers);
  return response.status === NOT_MODIFIED ? undefined : answered(response, path);
}

function send(
  method: Method,
  path: string,
  asked: Asked<unknown>,
  headers: Headers,
): Promise<Response> {
  return reach(addressOf(path, asked), {
    method: method.toUpperCase(),
    headers,
    body: asked.body === undefined ? undefined : JSON.stringify(asked.body),
    signal: asked.signal,
  });
}

async function answered<M extends Method, P extends Path<M>>(
  response: Response,
  path: P,
): Promise<Answered<Reply<P, M>>> {
  if (response.status === UNAUTHENTICATED && !path.startsWith("/session")) sessionOver.tell();
  if (!response.ok) throw await problemOf(response);
  const data: unknown = response.status === NO_CONTENT ? undefined : await response.json();
  // The contract says what this is; the server's tests hold it to the contract.
  return { data: data as Reply<P, M>, etag: response.headers.get("ETag") ?? undefined };
}

/* What an address answers that is not the API's own JSON. */
export async function fetchText(address: string): Promise<string> {
  const response = await reach(address, {});
  if (!response.ok) throw await problemOf(response);
  return response.text();
}
