/*
 * The program itself on a demo exchange of its own, and people in chairs before their own browsers.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  test as base,
  expect,
  type Browser,
  type Page,
} from "@playwright/test";

const ROOT = join(__dirname, "../../..");
export const TOCSIN = join(ROOT, "build/tocsin");
const TRIES_MAX = 300;
const BETWEEN_TRIES_MS = 100;

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 400, height: 850 };

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

/* What it prints. */
export function run(program: string, given: string[], input = ""): string {
  const done = spawnSync(program, given, { encoding: "utf8", input });
  if (done.status !== 0)
    throw new Error(`${program} ${given.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

/* Who answers for which office, checked today: whom briefings invite. */
const ON_DUTY: [email: string, organization: string][] = [
  [
    "dove.pennyfarrow@vinton.exercise.example",
    "Vinton County clerk, Ohio (exercise)",
  ],
  [
    "fenella.brackenridge@oh.exercise.example",
    "Ohio election office (exercise)",
  ],
];

function makeExchange(data: string): void {
  const maker = join(ROOT, "demo-exchange/make");
  run("/usr/bin/python3", [maker, "--tocsin", TOCSIN, "--data", data]);
  const today = new Date().toISOString().slice(0, 10);
  for (const [email, organization] of ON_DUTY) {
    const duty = [
      "person",
      "duty",
      email,
      "--data",
      data,
      "--org",
      organization,
    ];
    run(TOCSIN, [...duty, "--verified", today]);
  }
}

async function answers(address: string): Promise<void> {
  for (let n = 0; n < TRIES_MAX; n++) {
    const isUp = await fetch(`${address}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isUp) return;
    await new Promise((later) => setTimeout(later, BETWEEN_TRIES_MS));
  }
  throw new Error(`${address} does not answer`);
}

export async function serve(
  data: string,
): Promise<{ program: ChildProcess; address: string }> {
  const port = await freePort();
  const listen = ["serve", "--data", data, "--listen", `127.0.0.1:${port}`];
  const program = spawn(TOCSIN, listen, { stdio: "ignore" });
  const address = `http://localhost:${port}`;
  await answers(address);
  return { program, address };
}

export const test = base.extend<object, { address: string }>({
  address: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), "tocsin-browser-"));
      makeExchange(data);
      const { program, address } = await serve(data);
      await use(address);
      program.kill();
      rmSync(data, { recursive: true });
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

/* Somebody in a chair, in a browser of their own. */
export async function sitDown(
  browser: Browser,
  address: string,
  chair: string,
  viewport = WIDE,
): Promise<Page> {
  const page = await (await browser.newContext({ viewport })).newPage();
  await page.goto(`${address}/app/`);
  await page.getByRole("button", { name: `Sit down as ${chair}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /your answer/,
  );
  return page;
}

export { expect };
