/*
 * Passkeys: the exchange's options into what the browser wants (WebAuthn level 3, §5.1), and what
 * it gives back into JSON, binary values as base64url.
 */
import { passkeyWords } from "../words/spoken";
import { request } from "./client";
import { Problem } from "./problem";
import type { Session } from "./types";

interface CreationOptions {
  challenge: string;
  timeout: number;
  rp: PublicKeyCredentialRpEntity;
  user: { id: string; name: string; displayName: string };
  pubKeyCredParams: PublicKeyCredentialParameters[];
  authenticatorSelection: AuthenticatorSelectionCriteria;
  excludeCredentials: { type: "public-key"; id: string }[];
}

export function hasPasskeys(): boolean {
  return typeof window.PublicKeyCredential === "function" && window.isSecureContext;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function refusal(title: string): Problem {
  return new Problem({ type: "about:blank", status: 400, title });
}

/* What the browser throws says little; these are the cases that people meet. */
function whyNot(caught: unknown): Problem {
  const name = caught instanceof DOMException ? caught.name : "";
  if (name === "InvalidStateError") return refusal(passkeyWords().known);
  if (name === "NotAllowedError" || name === "AbortError") return refusal(passkeyWords().cancelled);
  return refusal(passkeyWords().unusable);
}

async function asked<C extends Credential>(ask: Promise<Credential | null>): Promise<C> {
  let credential: Credential | null;
  try {
    credential = await ask;
  } catch (caught) {
    throw whyNot(caught);
  }
  if (!credential) throw refusal(passkeyWords().cancelled);
  return credential as C;
}

interface Key<R extends AuthenticatorResponse> extends PublicKeyCredential {
  response: R;
}

/* Makes one on this device, for who is signed in or came by a link. */
export async function addPasskey(name: string): Promise<Session> {
  const { data } = await request("post", "/account/passkeys");
  const options = data as unknown as CreationOptions;
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...options,
    challenge: bytesOf(options.challenge),
    user: { ...options.user, id: bytesOf(options.user.id) },
    excludeCredentials: options.excludeCredentials.map(({ type, id }) => ({
      type,
      id: bytesOf(id),
    })),
    attestation: "none",
  };
  const made = await asked<Key<AuthenticatorAttestationResponse>>(
    navigator.credentials.create({ publicKey }),
  );
  const body = {
    name,
    clientDataJSON: textOf(made.response.clientDataJSON),
    attestationObject: textOf(made.response.attestationObject),
  };
  return (await request("put", "/account/passkeys", { body })).data;
}

export async function signInByPasskey(isShared: boolean): Promise<Session> {
  const { data: options } = await request("post", "/session/passkey");
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: bytesOf(options.challenge),
    timeout: options.timeout,
    rpId: options.rpId,
    userVerification: "required",
  };
  const { rawId, response } = await asked<Key<AuthenticatorAssertionResponse>>(
    navigator.credentials.get({ publicKey }),
  );
  const body = {
    id: textOf(rawId),
    clientDataJSON: textOf(response.clientDataJSON),
    authenticatorData: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    is_shared_computer: isShared,
  };
  return (await request("put", "/session/passkey", { body })).data;
}
