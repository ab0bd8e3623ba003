/*
 * Choosing by name, with the keyboard alone.
 */
import { expect, type Locator, type Page } from "@playwright/test";

export function options(page: Page): Locator {
  return page.locator("[role=listbox]").getByRole("option");
}

/* What is found for it and says `name`, or the first of it; the keyboard stays in the field. */
export async function choose(
  page: Page,
  label: string,
  typed: string,
  name: string | RegExp = /./,
): Promise<void> {
  const field = page.getByRole("combobox", { name: label });
  await field.focus();
  await page.keyboard.type(typed);
  const wanted = options(page).filter({ hasText: name }).first();
  await expect(wanted).toBeVisible();
  while ((await wanted.getAttribute("aria-selected")) !== "true")
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(field).toBeFocused();
  await expect(field).toHaveValue("");
}
