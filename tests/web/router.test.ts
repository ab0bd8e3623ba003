/*
 * Addresses lead to pages, and requests to the API's own addresses.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { addressOf } from "../../web/src/api/client";
import { Problem } from "../../web/src/api/problem";
import { match } from "../../web/src/shell/router";

test("a pattern takes its parameters from the address", () => {
  assert.deepEqual(
    match("/briefings/:briefing/audience", "/briefings/briefing--1/audience"),
    {
      briefing: "briefing--1",
    },
  );
  assert.deepEqual(match("/", "/?from=mail"), {});
});

test("what is longer, shorter or another address does not fit", () => {
  for (const path of [
    "/briefings",
    "/briefings/1/audience/more",
    "/outbox/1/audience",
  ]) {
    assert.equal(match("/briefings/:briefing/audience", path), undefined, path);
  }
});

test("a parameter cannot leave its place in an address", () => {
  const address = addressOf("/briefings/{briefing}", {
    params: { briefing: "../session?x=1" },
  });
  assert.equal(address, "/api/briefings/..%2Fsession%3Fx%3D1");
});

test("what is not asked for is not in the query", () => {
  assert.equal(
    addressOf("/outbox", { query: { cursor: undefined, limit: 5 } }),
    "/api/outbox?limit=5",
  );
});

test("a fault stands at its own field and at the one round it", () => {
  const problem = new Problem({
    type: "about:blank",
    title: "Not so",
    status: 422,
    errors: [{ field: "/when/local", message: "This is in the past" }],
  });
  assert.equal(problem.fieldMessage("/when/local"), "This is in the past");
  assert.equal(problem.fieldMessage("/when"), "This is in the past");
  assert.equal(problem.fieldMessage("/whe"), undefined);
});
