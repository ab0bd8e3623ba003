/*
 * Runs the unit tests in tests/web: each file is bundled with what it tests, then node runs them.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const ROOT = dirname(fileURLToPath(import.meta.url));
const TESTS = join(ROOT, "../tests/web");

const out = mkdtempSync(join(tmpdir(), "tocsin-web-"));
try {
  const files = readdirSync(TESTS).filter((name) => name.endsWith(".test.ts"));
  await build({
    entryPoints: files.map((name) => join(TESTS, name)),
    outdir: out,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    logLevel: "warning",
  });
  const built = files.map((name) => join(out, name.replace(/\.ts$/, ".mjs")));
  const ran = spawnSync(process.execPath, ["--test", "--test-reporter=tap", ...built], {
    stdio: "inherit",
  });
  process.exitCode = ran.status ?? 1;
} finally {
  rmSync(out, { recursive: true });
}
