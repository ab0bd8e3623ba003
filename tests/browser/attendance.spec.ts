/*
 * Who was there, from when until when, and who came without an invitation (B20), against invented
 * answers.
 */
import { OFFICERS } from "./support/community";
import { ATTENDANCE, BRIEFING_ID, tell } from "./support/story";
import { expect, test } from "./support/site";
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
