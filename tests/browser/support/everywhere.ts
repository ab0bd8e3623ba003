/*
 * What holds for every page however it is looked at (P6): wide, at 200 %, in forced colours, on
 * paper, and without an answer.
 */
import { expect, type Page } from "@playwright/test";
import type { Exchange } from "./exchange";
import { checkWidth } from "./width";

const WIDTHS = [1600, 1024, 640]; // the last is 1280 at 200 %
const NARROWEST = 320; // 1280 at 400 %
const OFFLINE = /You are offline, or the exchange does not answer/;

/* What reaches over the window's edge; what is only read aloud stands outside on purpose. */
function cutThings(): string[] {
  const isAloud = (one: Element) =>
    one.closest(".usa-skipnav, .read-only-aloud") !== null ||
    one.querySelector(".read-only-aloud") === one;
  return [...document.querySelectorAll("h1, h2, h3, a, button, .usa-label")]
    .filter((one) => !isAloud(one))
    .filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 0 && (left < -1 || right > window.innerWidth + 1);
    })
    .map((one) => `${one.tagName} ${one.textContent?.slice(0, 40)}`);
}

export async function fitsEveryWidth(page: Page): Promise<void> {
  await page.setViewportSize({ width: NARROWEST, height: 700 });
  await checkWidth(page);
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 700 });
    const needed = await page.evaluate(
      () => document.documentElement.scrollWidth,
    );
    expect
      .soft(needed, `at ${width} px nothing makes the page wider`)
      .toBeLessThanOrEqual(width);
    expect
      .soft(await page.evaluate(cutThings), `at ${width} px nothing is cut`)
      .toEqual([]);
  }
}

/* Labels keep their colours; what is pressed has an edge that does not come from a background. */
export async function standsForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: "active" });
  const flat = await page.evaluate(() => {
    const hasEdge = (one: Element) => {
      const { borderTopStyle, outlineStyle, textDecorationLine } =
        getComputedStyle(one);
      return (
        borderTopStyle !== "none" ||
        outlineStyle !== "none" ||
        textDecorationLine.includes("underline")
      );
    };
    const isLabel = (one: Element) =>
      getComputedStyle(one).backgroundColor === "rgb(0, 0, 0)";
    const buttons = [...document.querySelectorAll(".usa-button")].filter(
      (one) => !hasEdge(one),
    );
    const chips = [...document.querySelectorAll(".chip")].filter(
      (one) => !isLabel(one),
    );
    return [...buttons, ...chips].map((one) => one.outerHTML.slice(0, 120));
  });
  expect.soft(flat, "in forced colours").toEqual([]);
  await page.emulateMedia({ forcedColors: "none" });
}

/*
 * No menu on paper; whatever table is on it stands in one whose head and foot a printer repeats on
 * each sheet, and they say the label of the page: at 12 pt, and where nothing is labelled that
 * nothing is.
 */
export async function printsItsLabel(
  page: Page,
  label: string | RegExp = /TLP:|No label|Sin marca/,
): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await expect.soft(page.locator("header nav")).not.toBeVisible();
  const outside = page.locator("table:not(.sheet):not(.sheet table)");
  await expect.soft(outside, "every table is in the sheet").toHaveCount(0);
  for (const [part, display] of [
    ["thead", "table-header-group"],
    ["tfoot", "table-footer-group"],
  ] as const) {
    const edge = page.locator(`.sheet > ${part}`);
    await expect.soft(edge).toBeVisible();
    await expect.soft(edge).toHaveCSS("display", display);
    await expect.soft(edge).toContainText(label);
    const chip = edge.locator(".chip");
    if (await chip.count())
      await expect.soft(chip, "12 pt").toHaveCSS("font-size", "16px");
  }
  await page.emulateMedia({ media: "screen" });
}

/*
 * A page whose own answer does not come says so in words. What a form is only helped by may stay
 * away without a word.
 */
export async function saysThatItIsOffline(
  page: Page,
  exchange: Exchange,
): Promise<void> {
  const helpers = ["/directory", "/organizations"];
  exchange.goDown(true, ["/session", "/demo/chairs", "/drafts", ...helpers]);
  await page.reload();
  await page.waitForLoadState("networkidle");
  if (exchange.unanswered > 0)
    await expect.soft(page.getByText(OFFLINE).first()).toBeVisible();
  exchange.goDown(false);
}
