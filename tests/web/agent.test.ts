/*
 * Browsers are called what people call them.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { browserOf } from "../../web/src/parts/agent";

const CASES = [
  [
    "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/128.0",
    "Firefox on Windows",
  ],
  [
    "Mozilla/5.0 (X11; Linux) AppleWebKit/537 Chrome/120 Safari/537",
    "Chrome on Linux",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120",
    "Edge on Windows",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604",
    "Safari on iPhone",
  ],
  [
    "Mozilla/5.0 (Linux; Android 14) Chrome/120 Mobile Safari/537",
    "Chrome on Android",
  ],
  ["curl/8.0", "curl/8.0"],
  ["", ""],
] as const;

test("a browser is named with its device, and by itself where it is unknown", () => {
  for (const [agent, name] of CASES) assert.equal(browserOf(agent), name);
});
