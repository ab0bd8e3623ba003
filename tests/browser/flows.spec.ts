/*
 * What people do, against invented answers: with the keyboard alone, offline, refused, and what is
 * sent with it.
 */
import {
  BRIEFING_ID,
  DRAFT,
  HOME,
  HOSTED,
  INVITED,
  tell,
} from "./support/story";
import { problem } from "./support/exchange";
import { expect, test } from "./support/site";

const AT = `/briefings/${BRIEFING_ID}`;
const ANSWERED = { ...INVITED, my_answer: { answer: "yes" } };

test("an invitation is answered on home with the keyboard alone", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange.on(`PUT ${AT}/answer`, ANSWERED);
  await page.goto("/app/");
  const yes = page.getByRole("button", { name: "Yes, I will join" });
  await expect(yes).toBeVisible();
  for (let n = 0; n < 15; n++) {
    if (await yes.evaluate((button) => button === document.activeElement))
      break;
    await page.keyboard.press("Tab");
  }
  exchange.on("GET /home", { ...HOME, questions: [] });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Nothing needs your answer",
  );
  const [sent] = exchange.changes();
  expect(sent?.body).toEqual({ answer: "yes" });
  expect(sent?.headers["x-csrf-token"]).toBe("token-of-this-session");
});

test("an answer given offline is sent when the button is pressed again, not before", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange.on(`PUT ${AT}/answer`, ANSWERED);
  await page.goto(`/app${AT}`);
  const yes = page.getByRole("button", { name: "Yes, I will join" });
  await expect(yes).toBeVisible();
  exchange.goDown();
  await yes.click();
  await expect(page.getByRole("alert")).toContainText(
    "Your answer is not sent yet. You are offline",
  );
  exchange.goDown(false);
  expect(exchange.changes()).toEqual([]);
  await yes.click();
  await expect(page.getByText("You will join.")).toBeVisible();
  expect(exchange.changes()).toHaveLength(1);
});

test("the focus goes to the heading of the page one went to", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  await page.goto("/app/");
  await page.getByRole("link", { name: "What is planned" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText("Joint briefing 2");
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(/Joint briefing 2/);
});

test("what the server refuses stands at its field, and what was typed stays", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on("POST /briefings", () => ({
    status: 422,
    body: problem(422, "The briefing is not made", [
      {
        field: "/when/local",
        message: "That hour is skipped there on that day",
      },
    ]),
  }));
  await page.goto("/app/briefings/new");
  const act = page.getByRole("button", {
    name: "Make it and see who will get it",
  });
  await act.click();
  await expect(page.getByText("Say the day and the time.")).toBeVisible();
  expect(exchange.changes(), "the page itself saw that").toEqual([]);
  await page.getByLabel("Day", { exact: true }).fill("2027-03-14");
  await page.getByLabel("Time", { exact: true }).fill("02:30");
  await page.getByLabel("Title", { exact: true }).fill("Letters");
  await page
    .getByLabel("Phone number or address, and codes")
    .fill("Call 202-555-0142");
  await act.click();
  await expect(
    page.getByText("That hour is skipped there on that day"),
  ).toBeVisible();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue(
    "Letters",
  );
  const made = exchange.changes().find(({ method }) => method === "POST");
  expect(made?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("a list that changed meanwhile is not sent", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`GET ${AT}`, DRAFT).on(`POST ${AT}/send`, () => ({
    status: 409,
    body: problem(409, "It would be 631 people now"),
  }));
  await page.goto(`/app${AT}/audience`);
  await page.getByRole("button", { name: "Send to 630 people" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was sent.");
  expect(exchange.changes()[0]?.body).toEqual({ people: 630 });
});

test("calling it off names the version one saw and how many are told", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`POST ${AT}/cancel`, {
    ...HOSTED,
    status: "cancelled",
    cancelled_because: "The line is down",
  });
  await page.goto(`/app${AT}`);
  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByLabel(/^Why/).fill("The line is down");
  await page
    .getByRole("button", { name: "Call it off and tell 612 people" })
    .click();
  await expect(
    page.getByText("It was called off: The line is down"),
  ).toBeVisible();
  expect(exchange.changes()[0]?.headers["if-match"]).toBe('"1"');
});
