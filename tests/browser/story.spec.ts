/*
 * The story of a joint briefing, on the program itself, in several browsers at once: an agency
 * makes it of four answers and sends it, a clerk answers on a phone, the agency says who was there.
 */
import type { Page } from "@playwright/test";
import { expect, NARROW, sitDown, test } from "./support/program";

const ACTIONS_MAX = 25;
const TITLE = "What we know of the letters";

test.skip(
  ({ viewport }) => viewport?.width === NARROW.width,
  "it brings its own windows",
);

/* Clicks and fields: what a person does, counted. */
class Hands {
  count = 0;
  constructor(private readonly page: Page) {}

  async press(
    name: string | RegExp,
    role: "button" | "link" = "button",
  ): Promise<void> {
    this.count++;
    await this.page.getByRole(role, { name }).first().click();
  }

  async fill(label: string, value: string): Promise<void> {
    this.count++;
    await this.page.getByLabel(label, { exact: true }).fill(value);
  }
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

test("four answers make a briefing, it is sent, and a clerk answers on a phone", async ({
  browser,
  address,
}) => {
  const host = await sitDown(browser, address, "host agency");
  const hands = new Hands(host);
  const heading = host.getByRole("heading", { level: 1 });

  await hands.press("Briefings", "link");
  await hands.press("Make a briefing", "link");
  await hands.fill("Day", inDays(4));
  await hands.fill("Time", "14:30");
  await hands.fill("Title", TITLE);
  await hands.fill(
    "Phone number or address, and codes",
    "Call 202-555-0142, code 8812",
  );
  await hands.press("Make it and see who will get it");
  await expect(heading).toContainText(/will get this/);
  await host.screenshot({ path: `${__dirname}/results/story-audience.png` });

  await hands.press(/^Send to/);
  await expect(
    host.getByText("All invitations are on the record."),
  ).toBeVisible();
  expect(
    hands.count,
    "making and sending takes few actions",
  ).toBeLessThanOrEqual(ACTIONS_MAX);

  const clerk = await sitDown(browser, address, "county clerk", NARROW);
  await expect(clerk.getByText(TITLE).first()).toBeVisible();
  await clerk.screenshot({
    path: `${__dirname}/results/story-clerk.png`,
    fullPage: true,
  });
  await clerk.getByRole("link", { name: "What is planned" }).first().click();
  await clerk.getByRole("button", { name: "Yes, I will join" }).click();
  await expect(clerk.getByText("You will join.")).toBeVisible();

  await host.getByRole("link", { name: "Back to the agenda" }).click();
  await expect(heading).toHaveText(TITLE);
  await expect(host.getByText("Dove Pennyfarrow")).toBeVisible();
  await host.screenshot({
    path: `${__dirname}/results/story-host.png`,
    fullPage: true,
  });
});
