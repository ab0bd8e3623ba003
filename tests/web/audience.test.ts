/*
 * The list of who will get it is narrowed without losing anybody, and leaves as a CSV file that a
 * spreadsheet takes for text (B10).
 */
import assert from "node:assert/strict";
import test from "node:test";
import type { Audience, Invitee } from "../../web/src/api/types";
import {
  csvOf,
  filtered,
  NO_FILTER,
  peopleIn,
} from "../../web/src/pages/audience/filter";

function invitee(name: string, more: Partial<Invitee> = {}): Invitee {
  return {
    id: `identity--${name}`,
    name,
    organization: "State office",
    timezone: "America/Chicago",
    local: "2028-08-29T13:30",
    duty: "primary",
    ...more,
  };
}

const AUDIENCE: Audience = {
  people: 3,
  organizations: 2,
  groups: [
    {
      title: "Alabama",
      people: [
        invitee("Odalys Renner"),
        invitee("=SUM(A1)", { duty: "stand-in" }),
      ],
    },
    {
      title: "Guam",
      people: [
        invitee('Talia "Tal" Reed', {
          is_odd_hour: true,
          timezone: "Pacific/Guam",
        }),
      ],
    },
  ],
  misses: [],
};

test("without a filter everybody is shown", () => {
  assert.equal(peopleIn(filtered(AUDIENCE, NO_FILTER)), AUDIENCE.people);
});

test("a state, an office and a name are all found", () => {
  for (const [text, found] of [
    ["guam", 1],
    ["state office", 3],
    [" ODALYS ", 1],
    ["nobody", 0],
  ] as const) {
    assert.equal(
      peopleIn(filtered(AUDIENCE, { ...NO_FILTER, text })),
      found,
      text,
    );
  }
});

test("filters narrow together", () => {
  const narrow = { text: "alabama", duty: "stand-in", oddOnly: false } as const;
  assert.equal(peopleIn(filtered(AUDIENCE, narrow)), 1);
  assert.equal(peopleIn(filtered(AUDIENCE, { ...narrow, oddOnly: true })), 0);
});

test("a group without anybody left is left out", () => {
  const groups = filtered(AUDIENCE, { ...NO_FILTER, oddOnly: true });
  assert.deepEqual(
    groups.map(({ title }) => title),
    ["Guam"],
  );
});

test("a spreadsheet gets text and no formula", () => {
  const lines = csvOf(filtered(AUDIENCE, NO_FILTER)).split("\r\n");
  assert.equal(lines.length, 1 + AUDIENCE.people);
  assert.match(lines[2]!, /^"'=SUM\(A1\)",/);
  assert.match(lines[3]!, /^"Talia ""Tal"" Reed",/);
});

test("wide forms of what begins a formula are text as well", () => {
  for (const sign of [
    "=",
    "+",
    "-",
    "@",
    "\uff1d",
    "\uff0b",
    "\uff0d",
    "\uff20",
  ]) {
    const group = { title: "Guam", people: [invitee(`${sign}1+1`)] };
    assert.ok(csvOf([group]).includes(`"'${sign}1+1"`), sign);
  }
});
