/*
 * Who stands where on the page of who was there (B20): first those about whom something is to be
 * done or seen.
 */
import assert from "node:assert/strict";
import test from "node:test";
import type { Attendance } from "../../web/src/api/types";
import { groupsOf, isFirst } from "../../web/src/pages/attendance/groups";

type Present = Attendance["people"][number];

function person(
  name: string,
  answer: Present["answer"],
  was_there?: boolean,
): Present {
  return { person: { name }, answer, was_there };
}

test("whoever is to be marked or was missed comes first, nobody twice or not at all", () => {
  const people = [
    person("as expected", "yes", true),
    person("stayed away", "no", false),
    person("came all the same", "open", true),
    person("sent somebody", "delegate"),
    person("missed", "yes", false),
    person("to be marked", "yes"),
    person("to be marked, too", "yes"),
  ];
  const groups = groupsOf(people);
  const named = groups.map((group) =>
    group.people.map((one) => one.person.name),
  );
  assert.deepEqual(named, [
    ["to be marked", "to be marked, too"],
    ["missed"],
    ["sent somebody"],
    ["came all the same"],
    ["as expected"],
    ["stayed away"],
  ]);
  const first = groups.filter(({ standing }) => isFirst(standing));
  assert.equal(first.length, 2);
});

test("a group of nobody is not there", () => {
  assert.deepEqual(groupsOf([]), []);
});
