/*
 * What the first page costs (P2), on the program itself: what the browser asks for until home is
 * there whole, and until anything is painted.
 */
import type { Page } from "@playwright/test";
import { expect, openPage, sitDown, test } from "./support/program";

const REQUESTS_MAX = 6;
const AHEAD = /\/assets\/(later|steward-chunk)-\w+\.js$/;

/* The addresses that the page asks for from now on; an icon in the page itself is none. */
function asked(page: Page): string[] {
  const found: string[] = [];
  page.on("request", (one) => {
    if (!one.url().startsWith("data:")) found.push(one.url());
  });
  return found;
}

/*
 * Those that are sent until something is painted, the page itself among them; who is signed in is
 * not answered before, so that nothing is counted that comes after it.
 */
async function untilPainted(page: Page, path: string): Promise<string[]> {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((done) => (answer = done));
  await page.route("**/api/session*", async (route) => {
    await held;
    await route.continue();
  });
  const found = asked(page);
  await page.goto(path);
  await page.waitForFunction(
    () => performance.getEntriesByName("first-contentful-paint").length > 0,
  );
  const before = [...found];
  answer();
  return before;
}

test("home is whole after six requests", async ({ browser, address }) => {
  const page = await sitDown(browser, address, "County clerk");
  const found = asked(page);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /your answer/,
  );
  await page.waitForLoadState("networkidle");
  const whole = found.filter((url) => !AHEAD.test(url));
  expect(whole.length, whole.join("\n")).toBeLessThanOrEqual(REQUESTS_MAX);
  expect(found.slice(0, whole.length), "the next pages come after").toEqual(
    whole,
  );
});

/* React holds back for 300 ms what it has to wait for; so nothing is waited for. */
test("the next page is fetched ahead, and shows without a wait", async ({
  browser,
  address,
}) => {
  const page = await sitDown(browser, address, "County clerk");
  const ahead = page.waitForResponse(/later-\w+\.js$/);
  await page.reload();
  await ahead;
  await page.waitForLoadState("networkidle");
  const found = asked(page);
  await page.evaluate(() => {
    new MutationObserver(() => {
      if (
        document.querySelector("main .loading")?.textContent ===
        "The page is on its way."
      )
        document.body.dataset.waited = "yes";
    }).observe(document.body, { childList: true, subtree: true });
  });
  await page.getByRole("link", { name: "Briefings", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/ahead/);
  await expect(page.locator("body")).not.toHaveAttribute("data-waited");
  expect(found.filter((url) => url.includes("/later-"))).toEqual([]);
});

test("home that is come back to is asked for again", async ({
  browser,
  address,
}) => {
  const page = await sitDown(browser, address, "County clerk");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    /your answer/,
  );
  await page.getByRole("link", { name: "Briefings", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/ahead/);
  const again = page.waitForRequest(/\/api\/home$/);
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await again;
});

for (const path of ["/", "/public", "/app/", "/app/briefings"])
  test(`${path} is painted after six requests`, async ({
    browser,
    address,
  }) => {
    const page = await openPage(browser, {});
    const before = await untilPainted(page, address + path);
    expect(before.length, before.join("\n")).toBeLessThanOrEqual(REQUESTS_MAX);
  });
