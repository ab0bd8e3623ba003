/*
 * Times are said in the reader's zone, with the zone's name (B16).
 */
import assert from "node:assert/strict";
import test from "node:test";
import {
  clockOfField,
  clockSpan,
  clockTime,
  dayOfField,
  daysUntil,
  daysUntilDate,
  longDay,
  nearestAt,
  briefTime,
  spanishDayAndTime,
  wallDayAndTime,
  wallTime,
  zoneName,
} from "../../web/src/time/time";

const CALL = new Date("2028-08-29T18:30:00Z");
const END = new Date("2028-08-29T19:15:00Z");

const CLOCKS: [zone: string, said: string][] = [
  ["America/New_York", "2:30 p.m. EDT"],
  ["America/Denver", "12:30 p.m. MDT"],
  ["America/Phoenix", "11:30 a.m. MST"],
  ["Pacific/Honolulu", "8:30 a.m. HST"],
  ["Pacific/Pago_Pago", "7:30 a.m. SST"],
  ["Pacific/Guam", "4:30 a.m. ChST"],
  ["America/Puerto_Rico", "2:30 p.m. AST"],
];

for (const [zone, said] of CLOCKS) {
  test(`the call in ${zone} is at ${said}`, () =>
    assert.equal(clockTime(CALL, zone), said));
}

test("a column that names its zone once says the day or the date", () => {
  const soon = new Date("2028-08-31T00:00:00Z");
  const late = new Date("2028-10-01T00:00:00Z");
  assert.equal(briefTime(CALL, "America/Denver", soon), "Tue, 12:30 p.m.");
  assert.equal(briefTime(CALL, "America/Denver", late), "Aug 29, 12:30 p.m.");
});

test("a day and its time are said in Spanish too", () => {
  assert.equal(
    spanishDayAndTime(CALL, "America/Puerto_Rico"),
    "martes, 29 de agosto, 2:30 p. m. AST",
  );
});

test("a wall clock keeps its face and names its zone", () => {
  assert.equal(
    wallDayAndTime("2028-08-30T04:30", "Pacific/Guam"),
    "Wednesday, 4:30 a.m. ChST",
  );
});

test("a span says the half of the day once", () => {
  assert.equal(
    clockSpan(CALL, END, "America/New_York"),
    "2:30 to 3:15 p.m. EDT",
  );
});

test("a span over noon says both halves", () => {
  assert.equal(
    clockSpan(
      new Date("2028-08-29T15:30:00Z"),
      new Date("2028-08-29T16:15:00Z"),
      "America/New_York",
    ),
    "11:30 a.m. to 12:15 p.m. EDT",
  );
});

test("the day is the reader's own, beyond the date line too", () => {
  const now = new Date("2028-08-25T12:00:00Z");
  assert.equal(longDay(CALL, "America/New_York", now), "Tuesday, August 29");
  assert.equal(longDay(CALL, "Pacific/Guam", now), "Wednesday, August 30");
});

test("another year is said", () => {
  const now = new Date("2027-08-25T12:00:00Z");
  assert.equal(
    longDay(CALL, "America/New_York", now),
    "Tuesday, August 29, 2028",
  );
});

test("the zone's name changes with the clocks", () => {
  assert.equal(
    zoneName(new Date("2028-01-15T12:00:00Z"), "America/Chicago"),
    "CST",
  );
  assert.equal(zoneName(CALL, "America/Chicago"), "CDT");
});

test("days are counted on the reader's calendar", () => {
  const lateEvening = new Date("2028-08-29T03:00:00Z");
  assert.equal(daysUntil(CALL, "America/New_York", lateEvening), 1);
  assert.equal(daysUntil(CALL, "Pacific/Guam", lateEvening), 1);
  assert.equal(daysUntil(CALL, "UTC", lateEvening), 0);
});

test("days up to a date are counted from the reader's own day, not from Greenwich's", () => {
  const evening = new Date("2028-08-25T01:00:00Z");
  assert.equal(daysUntilDate("2028-11-07", "America/New_York", evening), 75);
  assert.equal(daysUntilDate("2028-11-07", "UTC", evening), 74);
  assert.equal(daysUntilDate("2028-08-24", "America/New_York", evening), 0);
  assert.equal(dayOfField("America/New_York", evening), "2028-08-24");
  assert.equal(dayOfField("UTC", evening), "2028-08-25");
});

test("a wall clock is shown as it stands, whatever this machine's zone", () => {
  assert.equal(wallTime("2028-08-29T00:05"), "12:05 a.m.");
  assert.equal(wallTime("2028-08-29T14:30:00"), "2:30 p.m.");
});

test("a clock that is typed is the nearest to the call, over midnight too", () => {
  const late = new Date("2028-08-30T03:50:00Z");
  const cases: [near: Date, clock: string, instant: string][] = [
    [CALL, "14:40", "2028-08-29T18:40:00.000Z"],
    [CALL, "14:25", "2028-08-29T18:25:00.000Z"],
    [late, "00:05", "2028-08-30T04:05:00.000Z"],
    [late, "23:50", "2028-08-30T03:50:00.000Z"],
  ];
  for (const [near, clock, instant] of cases) {
    const at = nearestAt(near, "America/New_York", clock);
    assert.equal(at.toISOString(), instant);
    assert.equal(clockOfField(at, "America/New_York"), clock);
  }
});
