/*
 * The program on an exchange that is no demo: a state office with a county in its care, people with
 * passwords, one who has been invited, and authenticators of the tests' own.
 */
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Page } from "@playwright/test";
import { run, serve, TOCSIN } from "./program";

export const PASSWORD = "correct horse battery";
export const STATE = "State Election Division, Nebraska";
export const COUNTY = "Alder County Clerk, Nebraska";

/* Commands on the exchange's own machine. */
export class Console {
  constructor(private readonly data: string) {}

  run(command: string[], input = ""): string {
    const [first = "", ...rest] = command;
    return run(TOCSIN, [first, ...rest, "--data", this.data], input);
  }

  organization(name: string, sector: string): void {
    this.run(["org", "add", "--name", name, "--sector", sector]);
  }

  person(email: string, organization: string, roles: string[], password = "") {
    const name = email.split("@")[0] ?? "";
    const add = ["person", "add", "--org", organization, "--email", email];
    const more = roles.flatMap((role) => ["--role", role]);
    const secret = password ? ["--password-stdin"] : [];
    const all = ["--name", name, "--phone", "402-555-0143", ...more, ...secret];
    this.run([...add, ...all], `${password}\n`);
  }

  /* The secret of a link by which somebody sets what they sign in with. */
  link(email: string): string {
    const { secret } = JSON.parse(
      this.run(["person", "link", email, "--json"]),
    ) as { secret: string };
    return secret;
  }
}

function furnish(console: Console): void {
  console.organization(STATE, "state");
  console.organization(COUNTY, "local");
  console.run(["org", "link", COUNTY, "part-of", STATE]);
  console.person("ada@state.example", STATE, ["admin"], PASSWORD);
  console.person("bo@state.example", STATE, ["member"], PASSWORD);
  console.run([
    ...["person", "add", "--org", COUNTY],
    ...["--email", "bo@state.example", "--role", "member"],
  ]);
}

export interface House {
  address: string;
  console: Console;
}

export const test = base.extend<object, { house: House }>({
  house: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), "tocsin-browser-"));
      run(TOCSIN, ["init", "--data", data, "--name", "Joint briefings"]);
      const console = new Console(data);
      furnish(console);
      const { program, address } = await serve(data);
      await use({ address, console });
      program.kill();
      rmSync(data, { recursive: true });
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

/* A security key that says yes to whatever the page asks. */
export async function plugInKey(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("WebAuthn.enable");
  await client.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

function bytesOf(base32: string): Buffer {
  const bits = [...base32.replace(/\s/g, "")]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const bytes = bits.match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}

/* RFC 6238; `ahead` steps from now, since each code counts once. */
export function codeOf(secret: string, ahead = 0): string {
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const mac = createHmac("sha1", bytesOf(secret)).update(step).digest();
  const at = mac[19]! & 15;
  const number = (mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, "0");
}
