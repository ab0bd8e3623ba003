/*
 * What holds for every page however it is looked at (P6): wide, at 200 %, in forced colours, on
 * paper, and without an answer.
 */
import { expect, type Page } from "@playwright/test";
import type { Exchange } from "./exchange";

const WIDTHS = [1600, 1024, 640]; // the last is 1280 at 200 %
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

/* No menu on paper; what is labelled carries its label at the head and the foot of each sheet. */
export async function printsItsLabel(page: Page): Promise<void> {
  await page.emulateMedia({ media: "print" });
  await expect.soft(page.locator("header nav")).not.toBeVisible();
  const sheet = page.locator(".sheet");
  if (await sheet.count()) {
    await expect.soft(sheet.locator("> thead .chip")).toBeVisible();
    await expect.soft(sheet.locator("> tfoot .chip")).toBeVisible();
    const size = await sheet
      .locator("> thead .chip")
      .evaluate((chip) => getComputedStyle(chip).fontSize);
    expect.soft(parseFloat(size), "12 pt").toBeCloseTo(16, 1);
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
