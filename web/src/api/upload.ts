/*
 * Handing in a file: as bytes and with its progress, which fetch does not tell.
 */
import { addressOf, csrfHeaders } from "./client";
import { sessionOver } from "./ending";
import { offlineProblem, problemOf } from "./problem";
import type { Reply } from "./types";

const PATH = "/briefings/{briefing}/files";
const UNAUTHENTICATED = 401;

export type HandedIn = Reply<typeof PATH, "post">;

interface HandIn {
  briefing: string;
  file: File;
  /* What it says it is. */
  type: string;
  /* From 0 to 1. */
  onProgress: (done: number) => void;
}

/* Throws a Problem for whatever is not a success. */
export async function handIn({ briefing, file, type, onProgress }: HandIn): Promise<HandedIn> {
  const response = await send(addressOf(PATH, { params: { briefing } }), file, type, onProgress);
  if (response.status === UNAUTHENTICATED) sessionOver.tell();
  if (!response.ok) throw await problemOf(response);
  // The contract says what this is; the server's tests hold it to the contract.
  return (await response.json()) as HandedIn;
}

function send(
  address: string,
  file: File,
  type: string,
  onProgress: HandIn["onProgress"],
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    for (const [name, value] of Object.entries({ ...csrfHeaders(), "Content-Type": type })) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => {
      const retry = request.getResponseHeader("Retry-After");
      const headers: Record<string, string> = retry ? { "Retry-After": retry } : {};
      resolve(new Response(request.responseText, { status: request.status, headers }));
    };
    request.onerror = () => reject(offlineProblem());
    request.send(file);
  });
}
