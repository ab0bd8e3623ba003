/*
 * Who we are, on the program itself: an invitation taken with the keyboard alone and a passkey, a
 * password with an app and a recovery code, one's account, another office, and who manages people
 * (B1, B3, B5, B6).
 */
import type { Page } from "@playwright/test";
import {
  codeOf,
  COUNTY,
  PASSWORD,
  plugInKey,
  STATE,
  test,
} from "./support/house";
import { expect, NARROW } from "./support/program";
import { checkWhole } from "./support/whole";

test.skip(
  ({ viewport }) => viewport?.width === NARROW.width,
  "the pages themselves are looked at narrow in people-pages.spec.ts",
);

const TABS_MAX = 25;

function heading(page: Page) {
  return page.getByRole("heading", { level: 1 });
}

function button(page: Page, name: string | RegExp) {
  return page.getByRole("button", { name }).first();
}

/* To a button or a field with the Tab key, and no further than a person would go. */
async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const target = button(page, name);
  await expect(target).toBeVisible();
  for (let n = 0; n < TABS_MAX; n++) {
    if (await target.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${name} is not reached with the Tab key`);
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press("Enter");
}

async function signIn(page: Page, email: string): Promise<void> {
  const address = page.getByLabel("E-mail address", { exact: true });
  await expect(address).toHaveCount(1); // while a page goes, the next is there already
  await address.fill(email);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await button(page, "Sign in with a password").click();
}

/* An app for who has come with the password alone; gives its key. */
async function addApp(page: Page): Promise<string> {
  await button(page, "Add an authenticator app").click();
  const key = (await page.locator("code.key").textContent()) ?? "";
  await page.getByLabel("The code the app shows now").fill(codeOf(key));
  await button(page, "Add this app").click();
  await expect(page.getByRole("status").first()).toContainText("is added");
  return key;
}

test("an invitation is taken with the keyboard alone, and its passkey signs in", async ({
  page,
  house,
}) => {
  await plugInKey(page);
  house.console.person("cleo@alder.example", COUNTY, ["member"]);
  const link = `${house.address}/app/link#${house.console.link("cleo@alder.example")}`;
  const sent: string[] = [];
  page.on("request", (request) => {
    if (request.method() !== "GET") sent.push(new URL(request.url()).pathname);
  });
  await page.goto(link);
  await expect(heading(page)).toContainText("You are invited");
  await page.reload(); // a program that looks at links in mail changes nothing by it
  await expect(button(page, "Begin as cleo")).toBeVisible();
  expect(new Set(sent)).toEqual(new Set(["/api/session/link/about"]));

  await press(page, "Begin as cleo");
  await expect(heading(page)).toHaveText("How will you sign in?");
  expect(page.url()).not.toContain("#");
  await press(page, "Make a passkey on this device");
  await expect(heading(page)).toContainText("Keep these ten codes");
  await expect(
    page.getByRole("list", { name: "Recovery codes" }),
  ).toBeVisible();
  await page
    .getByRole("link", { name: "Go to what needs your answer" })
    .focus();
  await page.keyboard.press("Enter");
  await expect(heading(page)).toHaveText("Nothing needs your answer");

  await press(page, "Sign out");
  await press(page, "Sign in with a passkey");
  await expect(heading(page)).toHaveText("Nothing needs your answer");
  await page.goto(link);
  await page.reload(); // the address differs behind its # alone
  await expect(heading(page)).toHaveText("This link opens nothing any more");
});

test("a password with an app, then a code of the app, then a recovery code", async ({
  page,
  house,
}) => {
  house.console.person("dove@alder.example", COUNTY, ["member"]);
  const secret = house.console.link("dove@alder.example");
  await page.goto(`${house.address}/app/link#${secret}`);
  await button(page, "Begin as dove").click();
  await button(page, "Use a password and an app instead").click();
  await page.getByLabel("A new password").fill("short");
  await button(page, "Set this password").click();
  await expect(page.getByText(/at least 12 characters/).last()).toBeVisible();
  await page.getByLabel("A new password").fill(PASSWORD);
  await button(page, "Set this password").click();
  const key = (await page.locator("code.key").textContent()) ?? "";
  await page.getByLabel("The code the app shows now").fill(codeOf(key));
  await button(page, "Add this app").click();
  const codes = page.getByRole("list", { name: "Recovery codes" });
  await expect(codes.getByRole("listitem")).toHaveCount(10);
  const [first = ""] = await codes.getByRole("listitem").allTextContents();

  await button(page, "Sign out").click();
  await signIn(page, "dove@alder.example");
  await page.getByLabel("Code of your authenticator app").fill("000000");
  await button(page, "Sign in with this code").click();
  await expect(page.getByRole("alert")).toContainText("This code is wrong");
  await page.getByLabel("Code of your authenticator app").fill(codeOf(key, 1));
  await button(page, "Sign in with this code").click();
  await expect(heading(page)).toHaveText("Nothing needs your answer");

  await button(page, "Sign out").click();
  await signIn(page, "dove@alder.example");
  await button(page, "Use a recovery code").click();
  await page
    .getByLabel("Recovery code", { exact: true })
    .fill(first.toUpperCase());
  await button(page, "Sign in with this recovery code").click();
  await page.getByRole("link", { name: "Your account" }).click();
  await expect(page.getByText("9 of 10 left")).toBeVisible();
});

test("one's account: passkeys, a token, a contact that waits, another office", async ({
  page,
  house,
}) => {
  await plugInKey(page);
  await page.goto(`${house.address}/app/account`);
  await signIn(page, "bo@state.example");
  await expect(heading(page)).toHaveText("Only a password guards your account");
  await button(page, "Add a passkey").click();
  await page.getByLabel("What do you want to call it?").fill("Key on my ring");
  await button(page, "Make the passkey").click();
  await expect(heading(page)).toHaveText("You have no recovery codes");
  await button(page, "Add a passkey").click();
  await button(page, "Make the passkey").click();
  await expect(page.getByRole("alert")).toContainText(
    "for this account already",
  );
  await button(page, "Not now").click();

  await button(page, "Make a token").click();
  await page.getByLabel("What is it for?").fill("MISP");
  await button(page, "Make this token").click();
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue(
    /^tocsin_/,
  );
  await button(page, "I have it").click();
  await button(page, /^Revoke.*MISP/).click();
  await button(page, "Revoke “MISP”").click();
  await expect(page.getByText("Revoked")).toBeVisible();

  await button(page, "Change name, address or phone").click();
  await page.getByLabel("Phone", { exact: true }).fill("402-555-0199");
  await button(page, "Ask for the change").click();
  await expect(heading(page)).toContainText("about to change");
  await expect(page.getByText("bo@state.example was told")).toBeVisible();
  await button(page, "Withdraw the change").click();
  await expect(heading(page)).toHaveText("You have no recovery codes");

  await button(page, "Change office").click();
  const [here, there] = [STATE, COUNTY];
  const other = button(page, /^Act for/);
  const name = ((await other.textContent()) ?? "").replace("Act for ", "");
  expect([here, there]).toContain(name);
  await other.click();
  await expect(page.getByRole("status").first()).toContainText(
    `You act for ${name} now`,
  );
  await expect(page.getByRole("banner")).toContainText(`bo for ${name}`);
});

test("who manages people invites, makes a link that waits, and suspends", async ({
  page,
  house,
}) => {
  await page.goto(`${house.address}/app/office`);
  await signIn(page, "ada@state.example");
  await expect(page.getByRole("alert")).toContainText("second step");
  await page.getByRole("link", { name: /second step/ }).click();
  await addApp(page);
  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(heading(page)).toContainText("in your care");

  await button(page, "Invite somebody").click();
  await page.getByLabel("Name", { exact: true }).fill("Fenella");
  await page.getByLabel("E-mail address", { exact: true }).fill("no address");
  await button(page, "Invite Fenella").click();
  await expect(page.getByRole("alert")).toContainText("Nobody was invited yet");
  await page
    .getByLabel("E-mail address", { exact: true })
    .fill("fenella@state.example");
  await button(page, "Invite Fenella").click();
  await expect(page.getByLabel("Link", { exact: true })).toHaveValue(
    /\/app\/link#/,
  );
  await button(page, "I have passed it on").click();

  await button(page, /^New sign-in link.*bo/).click();
  await button(page, "Make the link for bo").click();
  await expect(page.getByText("Say how you know")).toBeVisible();
  await page.getByText("I called the number on file").click();
  await button(page, "Make the link for bo").click();
  await expect(
    page.getByText(/It opens on .* 24 hours to refuse/),
  ).toBeVisible();
  await expect(page.getByText("You made it; another steward")).toBeVisible();

  await page.getByRole("link", { name: "Tokens of your programs" }).click();
  await expect(heading(page)).toHaveText(`No programs may act for ${STATE}`);
  await expect(page.getByText("No program acts for this")).toBeVisible();
  await button(page, "Make a token").click();
  await button(page, "Make this token").click();
  await expect(page.getByRole("alert").first()).toContainText(
    "No token was made.",
  );
  await page.getByLabel("What is it for?").fill("MISP");
  await button(page, "Make this token").click();
  await expect(page.getByLabel("Token", { exact: true })).toHaveValue(
    /^tocsin_/,
  );
  await expect(heading(page)).toHaveText(`One program may act for ${STATE}`);
  await button(page, "I have it").click();
  await expect(page.getByText(/^token--/)).toBeVisible();
  await button(page, /^Revoke.*MISP/).click();
  await button(page, "Revoke “MISP”").click();
  await expect(heading(page)).toHaveText(`No programs may act for ${STATE}`);
  await expect(page.getByText("Revoked")).toBeVisible();
  await page.getByRole("link", { name: "People", exact: true }).first().click();

  const row = page.getByRole("listitem").filter({ hasText: "fenella@" });
  await row.getByRole("button", { name: /^Suspend/ }).click();
  await button(page, "Suspend Fenella now").click();
  await expect(row.getByText("Suspended")).toBeVisible();
  await row.getByRole("button", { name: /^Give access back/ }).click();
  await expect(row.getByText("Suspended")).toBeHidden();
});

/* P5, P7: what anyone may read, without script, in both languages. */
test("the first page is accessible in English and in Spanish", async ({
  page,
  house,
}) => {
  await page.goto(house.address);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await checkWhole(page, "first-page-en");
  await page.getByRole("link", { name: "Español" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "es");
  await checkWhole(page, "first-page-es");
  await page.getByRole("link", { name: "Iniciar sesión" }).click();
  await expect(heading(page)).toHaveText("Iniciar sesión");
});
