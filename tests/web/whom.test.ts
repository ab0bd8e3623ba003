/*
 * Whom a briefing is for: what is chosen on the page becomes the rule that is sent, what a rule
 * holds comes back with its names, and all of it together is one sentence (B10).
 */
import assert from "node:assert/strict";
import test from "node:test";
import type { Briefing } from "../../web/src/api/types";
import {
  changeOf,
  editDraftOf,
  type EditDraft,
} from "../../web/src/pages/edit/draft";
import { emptyDraft, faultsOf } from "../../web/src/pages/make/draft";
import {
  findsNobody,
  inWords,
  NOBODY,
  ruleOf,
  whomOf,
  type Whom,
} from "../../web/src/pages/make/whom";
import { keyActs } from "../../web/src/parts/chooser";

const RULE = {
  sectors: ["state" as const],
  jurisdictions: ["us-39", "us-39-c035"],
  associations: ["identity--league"],
  organizations: ["identity--osterby", "identity--gone"],
  people: ["identity--ines"],
  duties: ["primary" as const],
};

const BRIEFING = {
  id: "briefing--1",
  title: "Joint briefing 1",
  label: "amber",
  when: { local: "2028-08-29T14:30", timezone: "UTC", minutes: 45 },
  items: [],
  audience: RULE,
  audience_names: {
    places: [
      { code: "us-39", state: "Ohio" },
      { code: "us-39-c035", state: "Ohio", within: "Alder County" },
    ],
    associations: [
      { id: "identity--league", name: "The League", sector: "association" },
    ],
    organizations: [
      { id: "identity--osterby", name: "Osterby Cloud", sector: "vendor" },
    ],
    people: [
      {
        id: "identity--ines",
        name: "Ines Marchetti",
        organization: "The League",
      },
    ],
  },
} as unknown as Briefing;

function named(...names: string[]) {
  return names.map((name) => ({ id: name, name }));
}

test("what a rule holds has its names, and goes back as it came", () => {
  const whom = whomOf(BRIEFING);
  assert.deepEqual(
    whom.places.map(({ name }) => name),
    ["Ohio", "the area of Alder County"],
  );
  assert.deepEqual(whom.people, [
    { id: "identity--ines", name: "Ines Marchetti", more: "The League" },
  ]);
  assert.equal(whom.organizations[1]?.name, "identity--gone");
  assert.deepEqual(ruleOf(whom), RULE);
  assert.deepEqual(
    JSON.parse(JSON.stringify(ruleOf({ ...NOBODY, sectors: ["local"] }))),
    { sectors: ["local"] },
  );
});

test("a change of whom it is for sends the whole rule, and nothing else none of it", () => {
  const before = editDraftOf(BRIEFING);
  const renamed: EditDraft = {
    ...before,
    title: "Another",
    audience: { ...before.audience, people: named("identity--ines") },
  };
  assert.deepEqual(changeOf(before, renamed, []), { title: "Another" });
  const wider = { ...before, audience: { ...before.audience, places: [] } };
  const { audience } = changeOf(before, wider, []);
  assert.deepEqual(audience, { ...RULE, jurisdictions: undefined });
});

test("somebody has to be found: places alone do, duties alone do not", () => {
  assert.ok(findsNobody(NOBODY));
  assert.ok(findsNobody({ ...NOBODY, duties: ["primary"] }));
  assert.ok(!findsNobody({ ...NOBODY, places: named("Ohio") }));
  assert.ok(!findsNobody({ ...NOBODY, people: named("Ines Marchetti") }));
  const draft = { ...emptyDraft("UTC"), sectors: [] };
  assert.match(faultsOf(draft).sectors ?? "", /at least one kind/);
  assert.equal(faultsOf(emptyDraft("UTC")).sectors, undefined);
});

const SAID: [Partial<Whom>, string][] = [
  [{}, "This invites nobody yet."],
  [{ sectors: ["state"] }, "This invites the duty officers of state offices."],
  [
    { sectors: ["state"], places: named("Ohio", "Texas") },
    "This invites the duty officers of state offices that are in Ohio or Texas.",
  ],
  [
    { places: named("Ohio") },
    "This invites the duty officers of every office in Ohio.",
  ],
  [
    { sectors: ["local"], associations: named("The League") },
    "This invites the duty officers of county and local offices and members of The League.",
  ],
  [
    {
      sectors: ["state"],
      places: named("Ohio"),
      organizations: named("Osterby Cloud"),
      people: named("Ines Marchetti"),
      duties: ["primary", "after-hours"],
    },
    "This invites the primary and after hours duty officers of state offices that are in Ohio; " +
      "and the primary and after hours duty officers of Osterby Cloud, wherever they are; and " +
      "Ines Marchetti by name.",
  ],
  [
    { people: named("A", "B", "C", "D", "E", "F", "G", "H") },
    "This invites A, B, C, D, E, F, and 2 others by name.",
  ],
];

for (const [whom, sentence] of SAID)
  test(`“${sentence}” is what it means`, () => {
    assert.equal(inWords({ ...NOBODY, ...whom }), sentence);
  });

test("with words in its field Enter never sends the form around it", () => {
  const state = { isOpen: true, typed: "ohio", count: 2 };
  assert.equal(keyActs(state).Enter, "add");
  assert.equal(keyActs({ ...state, count: 0 }).Enter, "nothing");
  assert.equal(
    keyActs({ ...state, typed: "", isOpen: false }).Enter,
    undefined,
  );
  assert.equal(keyActs({ ...state, isOpen: false }).ArrowDown, "open");
  assert.equal(keyActs(state).Escape, "close");
});
