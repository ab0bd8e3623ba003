/*
 * A person at the keyboard alone. Wherever they come, something has the focus, it shows that it
 * has, and it is in the window.
 */
import { expect, type Locator, type Page } from "@playwright/test";

const TABS_MAX = 250;

/* Of the page: what is wrong with the focus; empty where it is as it should be. */
function whatIsWrong(): string {
  const one = document.activeElement;
  if (!one || one === document.body) return "nothing has the focus";
  const label = one instanceof HTMLInputElement ? one.labels?.[0] : undefined;
  const isDrawn = (of: Element, part?: string) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(
      of,
      part,
    );
    const hasOutline = outlineStyle !== "none" && outlineWidth !== "0px";
    return hasOutline || boxShadow !== "none";
  };
  const isInside = // at the browser's own sign of a date or a time
    one.matches("[type=date], [type=time]") && !one.matches(":focus-visible");
  const isMarked =
    isInside || isDrawn(one) || (label && isDrawn(label, "::before"));
  const { top, bottom, width } = (label ?? one).getBoundingClientRect();
  const isInWindow = width > 0 && bottom > 0 && top < window.innerHeight;
  const what = `${one.tagName} ${one.textContent?.slice(0, 40)}`;
  if (!isMarked) return `${what} does not show that it has the focus`;
  return isInWindow ? "" : `${what} has the focus outside the window`;
}

export class Keys {
  constructor(private readonly page: Page) {}

  /* At once, or when what moves into the window has moved. */
  private async isInSight(): Promise<void> {
    await expect.poll(() => this.page.evaluate(whatIsWrong)).toBe("");
  }

  /* The focus is where one expects it after what one has done. */
  async areAt(place: Locator): Promise<void> {
    await expect(place).toBeFocused();
    await this.isInSight();
  }

  /* Goes there, forward or back, and finds the focus in its place at every step. */
  async goTo(place: Locator, key: "Tab" | "Shift+Tab" = "Tab"): Promise<void> {
    await expect(place).toBeVisible();
    for (let n = 0; n < TABS_MAX; n++) {
      if (await place.evaluate((it) => it === document.activeElement)) return;
      await this.page.keyboard.press(key);
      await this.isInSight();
    }
    throw new Error(`the keyboard does not reach ${place}`);
  }

  async press(key: string, place: Locator): Promise<void> {
    await this.goTo(place);
    await this.page.keyboard.press(key);
  }

  async type(text: string, place: Locator): Promise<void> {
    await this.goTo(place);
    await this.page.keyboard.type(text);
  }
}
