/*
 * Who was there, from when until when, and who came without an invitation (B20), against invented
 * answers.
 */
import { OFFICERS } from "./support/community";
import type { Attendance } from "../../web/src/api/types";
import { Keys } from "./support/keys";
import { ATTENDANCE, BRIEFING_ID, tell, TITLE } from "./support/story";
import { expect, test } from "./support/site";
import { checkWidth } from "./support/width";
import { checkWhole } from "./support/whole";

const AT = `/briefings/${BRIEFING_ID}`;

/* B20: from when until when; and what was noted stays where somebody is marked again. */
test("a host notes when somebody joined and left", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`PUT ${AT}/attendance`, ATTENDANCE);
  await page.goto(`/app${AT}/attendance`);
  const row = page.getByRole("row").nth(1);
  await row.getByLabel("There", { exact: true }).check();
  await expect(row.getByText("The whole call.")).toBeVisible();
  await row.getByRole("button", { name: /^Change the times/ }).click();
  await row.getByLabel("Joined").fill("14:40");
  await row.getByLabel("Left").fill("14:35");
  await expect(row.getByText("Nobody leaves before they join.")).toBeVisible();
  await row.getByLabel("Left").fill("15:05");
  await checkWhole(page, `stay-${page.viewportSize()?.width}`);
  await row.getByRole("button", { name: /^Done/ }).click();
  await row.getByLabel("Not there").check();
  await row.getByLabel("There", { exact: true }).check();
  await page.getByRole("button", { name: /^Keep 1 change/ }).click();
  await expect.poll(() => exchange.changes()).toHaveLength(1);
  expect(exchange.changes()[0]?.body).toEqual({
    items: [
      {
        person: ATTENDANCE.people[0]?.person.id,
        was_there: true,
        joined: expect.stringMatching(/:40:00/),
        left: expect.stringMatching(/:05:00/),
      },
    ],
  });
});

/* B20: what is to be done comes first; the rest is folded, and opened by the keyboard. */
test("whoever was there as expected is folded away", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const person = (n: number) => ({
    id: `identity--many-${n}`,
    name: `Person ${n}`,
    organization: "State Election Division, Alabama",
  });
  const people: Attendance["people"] = [
    { person: person(1), answer: "yes", was_there: true },
    { person: person(2), answer: "yes", was_there: false },
    { person: person(3), answer: "no", was_there: false },
  ];
  for (let n = 4; n < 49; n++)
    people.push({ person: person(n), answer: "yes" });
  exchange.on(`GET ${AT}/attendance`, { ...ATTENDANCE, present: 1, people });
  await page.goto(`/app${AT}/attendance`);
  await expect(
    page.getByLabel("Where you are").getByRole("link", { name: TITLE }),
  ).toBeVisible();
  const shown = (n: number) =>
    page.getByRole("rowheader", { name: new RegExp(`^Person ${n} State`) });
  await expect(page.locator(".marking summary")).toHaveText([
    "Expected, not marked yet 45 people",
    "Expected, and not there 1 person",
    "There, as they said 1 person",
    "Not expected, and not there 1 person",
  ]);
  await expect(shown(2)).toBeVisible();
  await expect(shown(1)).toBeHidden();
  await checkWhole(page, `attendance-many-${page.viewportSize()?.width}`);

  const keys = new Keys(page);
  await keys.press("Enter", page.getByRole("button", { name: "Show more" }));
  await keys.areAt(page.getByRole("row").filter({ has: shown(24) }));
  const marks = page.getByRole("row").filter({ has: shown(24) });
  await keys.press("Space", marks.getByLabel("There", { exact: true }));
  await expect(shown(24)).toBeVisible(); // nobody moves away under a press
  const there = page.locator("summary", { hasText: "There, as they said" });
  await keys.press("Enter", there);
  await expect(shown(1)).toBeVisible();
  await keys.areAt(there);
  const find = page.getByLabel("Find a person or office");
  await keys.goTo(find, "Shift+Tab");
  await page.keyboard.type("person 3");
  await expect(shown(3)).toBeVisible();
  await page.keyboard.type("9x");
  await expect(page.getByText("Nobody fits.")).toBeVisible();
});

/* B20: what waits behind a button on the screen, or is folded, is on paper. */
test("on paper the attendance is whole", async ({ page, exchange }) => {
  tell(exchange, "host");
  const people: Attendance["people"] = Array.from({ length: 95 }, (_, n) => ({
    person: { id: `identity--many-${n}`, name: `Person ${n}` },
    answer: n < 60 ? "yes" : "no",
    was_there: n < 60 ? undefined : false,
  }));
  exchange.on(`GET ${AT}/attendance`, { ...ATTENDANCE, people });
  await page.goto(`/app${AT}/attendance`);
  const rows = page.getByRole("rowheader", { name: /^Person/ });
  await expect(rows).toHaveCount(20);
  const more = page.getByRole("button", { name: "Show more" });
  await more.focus();
  await page.emulateMedia({ media: "print" });
  await expect(rows).toHaveCount(95);
  await expect(more).toBeHidden();
  await checkWidth(page);
  await page.screenshot({
    path: `../tests/browser/results/attendance-printed-${page.viewportSize()?.width}.png`,
    fullPage: true,
  });
  await page.emulateMedia({ media: "screen" });
  await expect(rows).toHaveCount(20); // what was folded is folded again
  const counted = page.evaluate(
    () =>
      new Promise<number>((done) =>
        window.addEventListener("beforeprint", () =>
          done(document.querySelectorAll(".marking tbody tr").length),
        ),
      ),
  );
  await page.pdf();
  expect(await counted).toBe(95); // there before the browser lays it out
  await expect(rows).toHaveCount(20);
});

/* B20: out of the directory with their office, anybody else by name; and taken out again. */
test("a host notes who came without an invitation", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const [june] = OFFICERS;
  const guests = [...ATTENDANCE.guests];
  exchange
    .on("GET /directory", { items: OFFICERS })
    .on(`GET ${AT}/attendance`, () => ({ body: { ...ATTENDANCE, guests } }))
    .on(`POST ${AT}/guests`, () => {
      guests.push({ id: "attendance--2", person: { name: "Nia Osei" } });
      return { status: 201, body: ATTENDANCE };
    })
    .on(`DELETE ${AT}/guests/attendance--guest-1`, () => {
      guests.shift();
      return { status: 204 };
    });
  await page.goto(`/app${AT}/attendance`);
  await expect(
    page.getByText("1 person came without an invitation"),
  ).toBeVisible();
  const begin = page.getByRole("button", {
    name: "Note somebody who was not invited",
  });
  await begin.click();
  await page.getByRole("button", { name: "Note that they were there" }).click();
  await expect(page.getByText("Say who it was.")).toBeVisible();
  await page
    .getByLabel("Who was it?")
    .fill(`June Haverty, ${june?.organization.name}`);
  await expect(page.getByText(/^In the directory/)).toBeVisible();
  await checkWhole(page, `guest-${page.viewportSize()?.width}`);
  await page.getByRole("button", { name: "Note that they were there" }).click();
  await expect(begin).toBeFocused();
  await begin.click();
  await page.getByLabel("Who was it?").fill("Nia Osei");
  await expect(page.getByText(/^Not chosen out of/)).toBeVisible();
  await page.getByRole("button", { name: "Note that they were there" }).click();
  await page.getByRole("button", { name: /^Take out.*Odalys/ }).click();
  await expect(page.getByText("Division, Idaho")).toHaveCount(0);
  expect(exchange.changes().map(({ body }) => body)).toEqual([
    { person: "identity--june", organization: june?.organization.id },
    { name: "Nia Osei" },
    undefined,
  ]);
});
