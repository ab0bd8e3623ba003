/*
 * The built pages, served as the program serves them (same addresses, same policy), and in front of
 * them an exchange of invented answers. Every test fails where a page breaks the policy or throws.
 */
import { createReadStream, existsSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { expect, test as base } from "@playwright/test";
import { Exchange } from "./exchange";
import { guard, POLICY } from "./policy";

const DIST = join(__dirname, "../../../web/dist");
const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

function fileFor(path: string): string {
  const file = join(DIST, path.replace(/^\/app\/?/, ""));
  return extname(file) && existsSync(file) ? file : join(DIST, "index.html");
}

function serve(): Server {
  return createServer((request, response) => {
    const file = fileFor(
      new URL(request.url ?? "/", "http://localhost").pathname,
    );
    response.setHeader(
      "Content-Type",
      TYPES[extname(file)] ?? "application/octet-stream",
    );
    response.setHeader("Content-Security-Policy", POLICY);
    createReadStream(file).pipe(response);
  });
}

interface Fixtures {
  exchange: Exchange;
  guarded: void;
}

export const test = base.extend<Fixtures, { site: string }>({
  site: [
    async ({}, use) => {
      const server = serve();
      await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
      const { port } = server.address() as AddressInfo;
      await use(`http://localhost:${port}`);
      server.closeAllConnections();
      server.close();
    },
    { scope: "worker" },
  ],
  baseURL: async ({ site }, use) => use(site),
  exchange: async ({ page }, use) => {
    const exchange = new Exchange();
    await page.route("**/api/**", (route) => exchange.answer(route));
    await use(exchange);
  },
  guarded: [
    async ({ page }, use) => {
      const wrong: string[] = [];
      guard(page, wrong);
      await use();
      expect(wrong, "pages keep to their policy and throw nothing").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };
