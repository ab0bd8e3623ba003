/*
 * Two whole jobs at the keyboard alone, on the program itself: at every step something has the
 * focus, shows that it has, and is in the window (P6).
 */
import type { Browser, Page } from "@playwright/test";
import { Keys } from "./support/keys";
import { expect, openPage, test } from "./support/program";
import { checkWhole } from "./support/whole";

const CALL = "Joint briefing 2: names that imitate your office";
const NEED = "Captions, please";

test.describe.configure({ mode: "serial" }); // one demo for both

interface Sitting {
  browser: Browser;
  address: string;
  viewport: { width: number; height: number } | null;
}

function heading(page: Page) {
  return page.getByRole("heading", { level: 1 });
}

/* Takes a chair without touching a mouse. */
async function sitByKeys(
  { browser, address, viewport }: Sitting,
  chair: string,
): Promise<{ page: Page; keys: Keys }> {
  const page = await openPage(browser, {
    viewport,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const keys = new Keys(page);
  await page.goto(`${address}/app/`);
  await keys.press(
    "Enter",
    page.getByRole("button", { name: `Sit down as ${chair}` }),
  );
  await expect(heading(page)).toContainText(/your answer/);
  await keys.areAt(heading(page));
  return { page, keys };
}

async function get(page: Page, path: string) {
  const answer = await page.request.get(path);
  expect(answer.ok()).toBe(true);
  return answer.json();
}

/* The page behind the link that was mailed to the clerk. */
async function mailedLink(sitting: Sitting): Promise<string> {
  const { page } = await sitByKeys(sitting, "host agency");
  const api = `${sitting.address}/api/outbox`;
  const { items } = await get(page, `${api}?limit=500`);
  const mine = items.find(
    ({ kind, to }: Record<string, string>) =>
      kind === "invitation" && to?.startsWith("dove."),
  );
  const { text } = await get(page, `${api}/${mine.id}`);
  await page.context().close();
  return /\/rsvp\/[\w-]{43}/.exec(text)?.[0] ?? "";
}

test("a clerk answers, says what they need and takes the call into a calendar", async ({
  browser,
  address,
  viewport,
}, { project }) => {
  const sitting = { browser, address, viewport };
  const link = await mailedLink(sitting);
  const { page, keys } = await sitByKeys(sitting, "county clerk");
  const { phone } = await get(page, `${address}/api/account`);

  await page.goto(`${address}${link}`);
  await keys.press("Space", page.getByLabel("Yes, I will join"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await keys.areAt(page.getByLabel("Yes, I will join"));
  const needs = page.locator("summary", { hasText: "I need something" });
  await keys.press("Enter", needs);
  await keys.areAt(needs);
  await keys.type(NEED, page.getByRole("textbox", { name: /need/ }));
  await keys.type(phone.slice(-4), page.getByLabel(/digits/));
  await keys.press(
    "Enter",
    page.getByRole("button", { name: "Send my answer" }),
  );
  await expect(heading(page)).toHaveText("You will join");
  const calendar = page.getByRole("link", { name: /calendar/ });
  await keys.goTo(calendar);
  await checkWhole(page, `keyboard-calendar-${project.name}`);
  const [entry] = await Promise.all([
    page.waitForEvent("download"),
    page.keyboard.press("Enter"),
  ]);
  expect(entry.suggestedFilename()).toBe("call.ics");
  await keys.areAt(calendar);

  await page.goto(`${address}/app/`);
  await keys.press("Enter", page.getByRole("link", { name: CALL }).first());
  await expect(heading(page)).toHaveText(CALL);
  await keys.areAt(heading(page));
  await expect(page.getByText(NEED)).toBeVisible();
  const change = page.getByRole("button", { name: "Change my answer" });
  await keys.press("Enter", change);
  const question = page.getByRole("heading", { name: /^Will you join/ });
  await keys.areAt(question.locator("..")); // what was opened
  const other = page.getByRole("button", { name: "Send someone else" });
  await keys.press("Enter", other);
  await keys.areAt(page.locator(".opened"));
  await keys.press(
    "Enter",
    page.getByRole("button", { name: "Leave my answer as it is" }),
  );
  await keys.areAt(other);
  const no = page.getByRole("button", { name: "No, I cannot" });
  await keys.goTo(no, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(change).toBeVisible();
  await keys.areAt(change);
});

test("a platform’s engineer makes a token and copies the address", async ({
  browser,
  address,
  viewport,
}, { project }) => {
  const { page, keys } = await sitByKeys(
    { browser, address, viewport },
    "host company",
  );
  const button = (name: string) =>
    page.getByRole("button", { name, exact: true });
  const account = page.getByRole("link", { name: "Your account" });
  await keys.goTo(account, "Shift+Tab");
  await page.keyboard.press("Enter");
  await keys.areAt(heading(page));
  const begin = button("Make a token");
  await keys.press("Enter", begin);
  await keys.areAt(page.locator(".opened"));
  await keys.press("Enter", button("Not now"));
  await keys.areAt(begin);
  await page.keyboard.press("Enter");
  await keys.press("Enter", button("Make this token")); // without a name
  const name = page.getByLabel("What is it for?");
  await keys.areAt(name);
  await page.keyboard.type("The SIEM");
  await keys.press("ArrowUp", page.getByLabel("It ends after"));
  await keys.press("Enter", button("Make this token"));
  const made = page.locator(".opened");
  await expect(made.getByLabel("Token", { exact: true })).toHaveValue(/./);
  await keys.areAt(made);
  const copies = made.getByRole("button", { name: "Copy it" });
  await keys.press("Enter", copies.first());
  await keys.areAt(copies.first());
  await keys.press("Enter", copies.nth(1));
  await expect(made.getByText("Copied.").nth(1)).toBeVisible();
  await keys.areAt(copies.nth(1));
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `${address}/taxii2/`,
  );
  await checkWhole(page, `keyboard-token-${project.name}`);
  await keys.press("Enter", button("I have it"));
  await keys.areAt(begin);
});
