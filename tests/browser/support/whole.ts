/*
 * What every page has to be, whatever it shows: accessible by axe, nothing cut off, and printed
 * with its label. A picture of it is left in results/.
 */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { join } from "node:path";
import { printsItsLabel } from "./everywhere";
import { expect } from "./site";
import { checkWidth } from "./width";

export { checkWidth };

/* `except`: rules of axe that the page breaks by what it is for. */
export async function checkWhole(
  page: Page,
  picture: string,
  except: string[] = [],
): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({
    path: join(__dirname, `../results/${picture}.png`),
    fullPage: true,
  });
  await checkWidth(page);
  await checkNotices(page);
  const isApplication = (await page.locator("#root").count()) > 0; // not a page without script
  if (isApplication) await printsItsLabel(page);
  const { violations } = await new AxeBuilder({ page })
    .disableRules(except)
    .analyze();
  expect(
    violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html)}`,
    ),
  ).toEqual([]);
}

/* The sign of an alert stands over words that are not in its text. */
async function checkNotices(page: Page): Promise<void> {
  const words = page.locator(".usa-alert__body");
  for (const body of await words.all())
    await expect(body.locator("> .usa-alert__text")).toHaveText(
      (await body.innerText()).trim(),
    );
}
