/*
 * The program itself on a demo exchange of its own, and people in chairs before their own browsers.
 */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import {
  test as base,
  expect,
  type Browser,
  type BrowserContextOptions,
  type Page,
} from "@playwright/test";
import { guard, POLICY } from "./policy";

const ROOT = join(__dirname, "../../..");
export const TOCSIN = join(ROOT, "build/tocsin");

/* What pages of this worker did against their policy. */
const wrong: string[] = [];

export const WIDE = { width: 1280, height: 900 };
export const NARROW = { width: 400, height: 850 };

/* What it prints. */
export function run(program: string, given: string[], input = ""): string {
  const done = spawnSync(program, given, { encoding: "utf8", input });
  if (done.status !== 0)
    throw new Error(`${program} ${given.join(" ")}: ${done.stderr}`);
  return done.stdout;
}

function makeExchange(data: string): void {
  const maker = join(ROOT, "demo-exchange/make");
  run("/usr/bin/python3", [maker, "--tocsin", TOCSIN, "--data", data]);
}

/* What ./demo says last before it serves. */
export function lastWords(data: string): string {
  const anyPort = "0";
  const words = join(ROOT, "scripts/demo_words.py");
  return run("/usr/bin/python3", [words, data, anyPort]);
}

/* The port that the program's first line ends with. */
async function portOf({ stdout }: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: stdout! })) {
    const said = line.match(/:(\d+)$/);
    if (said) return said[1]!;
  }
  throw new Error("the program does not say where it serves");
}

export async function serve(
  data: string,
): Promise<{ program: ChildProcess; address: string }> {
  const program = spawn(
    TOCSIN,
    ["serve", "--data", data, "--listen", "127.0.0.1:0"],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  return { program, address: `http://localhost:${await portOf(program)}` };
}

/* The demo, served once for all tests of a worker; a page that breaks its policy fails its test. */
export const test = base.extend<
  { guarded: void },
  { data: string; address: string }
>({
  guarded: [
    async ({}, use) => {
      await use();
      const done = wrong.splice(0);
      expect(done, "pages keep to their policy and throw nothing").toEqual([]);
    },
    { auto: true },
  ],
  data: [
    async ({}, use) => {
      const data = mkdtempSync(join(tmpdir(), "tocsin-browser-"));
      makeExchange(data);
      await use(data);
      rmSync(data, { recursive: true });
    },
    { scope: "worker", timeout: 300_000 },
  ],
  address: [
    async ({ data }, use) => {
      const { program, address } = await serve(data);
      await use(address);
      program.kill();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

/* A page of a browser of its own. */
export async function openPage(
  browser: Browser,
  how: BrowserContextOptions,
): Promise<Page> {
  const page = await (await browser.newContext(how)).newPage();
  guard(page, wrong);
  return page;
}

/* Somebody in a chair, in a browser of their own. */
export async function sitDown(
  browser: Browser,
  address: string,
  chair: string,
  viewport = WIDE,
): Promise<Page> {
  const page = await openPage(browser, { viewport });
  const answer = await page.goto(`${address}/app/`);
  expect(answer?.headers()["content-security-policy"]).toBe(POLICY);
  await page.getByRole("button", { name: `Sit down as ${chair}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /your answer/,
  );
  return page;
}

export { expect };
