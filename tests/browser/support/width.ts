/*
 * Whether a page fits its window.
 */
import { expect, type Page } from "@playwright/test";

export async function checkWidth(page: Page): Promise<void> {
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(
    width,
    "nothing makes the page wider than the window",
  ).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
}
