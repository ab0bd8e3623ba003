/*
 * Numbers and addresses in a text of somebody's: what leads where, and what is left alone.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { linksIn } from "../../web/src/parts/links-in";

function leads(text: string): string[] {
  return linksIn(text).flatMap(({ to }) => to ?? []);
}

test("numbers and addresses lead there, and the text stays as it is", () => {
  const text =
    "Call 202-555-0142, code 8812 44, or +44 20 7946 0958; see https://meet.example/j?x=1.";
  assert.deepEqual(leads(text), [
    "tel:2025550142",
    "tel:+442079460958",
    "https://meet.example/j?x=1",
  ]);
  assert.equal(
    linksIn(text)
      .map(({ said }) => said)
      .join(""),
    text,
  );
});

test("a number in brackets or with the country before it is one number", () => {
  assert.deepEqual(leads("(202) 555-0142"), ["tel:2025550142"]);
  assert.deepEqual(leads("1-800-555-0100"), ["tel:18005550100"]);
  assert.deepEqual(leads("+1 202 555 0106"), ["tel:+12025550106"]);
});

test("the code of a meeting, a date and another scheme lead nowhere", () => {
  for (const text of [
    "Meeting 829 1234 5678",
    "code 8812 44",
    "2026-11-03 10:00",
    "javascript:alert(1)",
    "http://meet.example",
    "",
  ])
    assert.deepEqual(leads(text), [], text);
});
