/*
 * The policy that every page of the application keeps (P4), and what breaks it.
 */
import type { Page } from "@playwright/test";

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " +
  "connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; " +
  "frame-ancestors 'none'";

/* Adds to `wrong` what the page does against its policy, and what it throws. */
export function guard(page: Page, wrong: string[]): void {
  page.on("pageerror", (error) => wrong.push(error.message));
  page.on("console", (message) => {
    if (/Content Security Policy/.test(message.text()))
      wrong.push(message.text());
  });
}
