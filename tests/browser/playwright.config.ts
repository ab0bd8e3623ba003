/*
 * How the pages are tried: Debian's own browser, wide and narrow. A test that fails is not tried
 * again.
 */
import { defineConfig } from "@playwright/test";

const CHROMIUM = "/usr/bin/chromium-headless-shell";

export default defineConfig({
  testDir: ".",
  outputDir: "results/runs",
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [
    ["line"],
    [
      "junit",
      {
        outputFile:
          process.env["PLAYWRIGHT_JUNIT_OUTPUT_FILE"] ?? "results/junit.xml",
      },
    ],
  ],
  use: {
    browserName: "chromium",
    launchOptions: { executablePath: CHROMIUM, args: ["--no-sandbox"] },
    locale: "en-US",
    timezoneId: "America/New_York",
    trace: "off",
  },
  projects: [
    { name: "wide", use: { viewport: { width: 1280, height: 900 } } },
    { name: "narrow", use: { viewport: { width: 400, height: 850 } } },
  ],
});
