/*
 * The story of a joint briefing, on the program itself, in several browsers at once: an agency that
 * hosts, before a wide window, and a county clerk on a phone; and what follows after the call.
 */
import type { Browser, Page } from "@playwright/test";
import { Keys } from "./support/keys";
import {
  expect,
  lastWords,
  NARROW,
  openPage,
  run,
  sitDown,
  test,
  TOCSIN,
  WIDE,
} from "./support/program";
import { checkWhole } from "./support/whole";

const ACTIONS_MAX = 25;
const TITLE = "What we know of the letters";
const FIRST = "Joint briefing 1: false pages and false dates";
const SECOND = "Joint briefing 2: names that imitate your office";
const THIRD = "Joint briefing 3: the last weeks";
const BY_KEYS = "By the keyboard alone";
const ONLY_STATES = "Letterhead: what the six offices saw";

test.describe.configure({ mode: "serial" }); // one demo for all of it

function isPhone(viewport: { width: number } | null): boolean {
  return viewport?.width === NARROW.width;
}

function keep(page: Page, name: string): Promise<Buffer> {
  const path = `${__dirname}/results/story-${name}.png`;
  return page.screenshot({ path, fullPage: true });
}

/* Clicks and fields: what a person does, counted. */
class Hands {
  count = 0;
  constructor(private readonly page: Page) {}

  async press(
    name: string | RegExp,
    role: "button" | "link" = "button",
  ): Promise<void> {
    this.count++;
    await this.page.getByRole(role, { name }).first().click();
  }

  async fill(label: string, value: string): Promise<void> {
    this.count++;
    await this.page.getByLabel(label, { exact: true }).fill(value);
  }
}

function inDays(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

function heading(page: Page) {
  return page.getByRole("heading", { level: 1 });
}

async function openBriefing(page: Page, title: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/app/briefings`);
  await page.getByRole("link", { name: title }).click();
  await expect(heading(page)).toHaveText(title);
}

test("the terminal names the address, and six chairs are free", async ({
  page,
  address,
  data,
}) => {
  expect(lastWords(data)).toContain(
    "/app/      the pages, from six people's chairs",
  );
  await page.goto(`${address}/app/`);
  await expect(page.getByRole("button", { name: /^Sit down as/ })).toHaveCount(
    6,
  );
});

test("a county clerk answers on a phone, and sees an agenda without a gap", async ({
  browser,
  address,
  viewport,
}) => {
  test.skip(!isPhone(viewport), "it is a phone");
  const clerk = await sitDown(browser, address, "county clerk", NARROW);
  await expect(heading(clerk)).toHaveText("Two things need your answer");
  await keep(clerk, "3-clerk");
  await clerk.getByRole("button", { name: "Yes, I will join" }).click();
  await expect(heading(clerk)).toHaveText("One thing needs your answer");
  await expect(clerk.getByText("You will join.")).toBeVisible();
  await expect(clerk.getByText(/· you will join$/)).toBeVisible();

  await clerk.getByRole("link", { name: SECOND }).first().click();
  await expect(heading(clerk)).toHaveText(SECOND);
  await expect(clerk.getByText("TLP:AMBER").first()).toHaveCSS(
    "background-color",
    "rgb(0, 0, 0)",
  );
  await expect(clerk.getByText("Call 202-555-0142")).toBeVisible(); // it begins in 20 minutes
  await expect(clerk.getByText(ONLY_STATES)).toHaveCount(0);
  await keep(clerk, "4-agenda");

  await clerk.goto(`${address}/app/`);
  await keep(clerk, "11-useful");
  await clerk.getByRole("button", { name: /^Very useful/ }).click(); // one press is an answer
  await expect(
    clerk.getByText("We have your answer. Thank you."),
  ).toBeVisible();
  await expect(heading(clerk)).toHaveText("Nothing needs your answer");
  await clerk.getByRole("link", { name: "Say why, in a sentence" }).click();
  await expect(
    clerk.getByRole("radio", { name: "Very useful", exact: true }),
  ).toBeChecked();
  await clerk
    .getByLabel("In a sentence, why?")
    .fill("I knew what to answer a caller.");
  await clerk.getByRole("button", { name: "Send my answer" }).click();
  await expect(heading(clerk)).toHaveText("We have your answer. Thank you.");
  await keep(clerk, "11-useful-said");
});

test("a host sees whom the next call would miss, the outbox, and how the first one closed", async ({
  browser,
  address,
  viewport,
}) => {
  test.skip(isPhone(viewport), "hosts sit before a wide window");
  const host = await sitDown(browser, address, "host agency");
  await openBriefing(host, THIRD);
  await expect(host.getByText("11 of 12 given")).toBeVisible();
  await keep(host, "5-approvals");
  await host.getByRole("link", { name: "Who will get this" }).first().click();
  await expect(heading(host)).toHaveText(
    /^60 people will get this. 13 organizations will not/,
  );
  await expect(host.getByText("Tattlewren (exercise)")).toBeVisible();
  await expect(host.getByRole("link", { name: THIRD })).toBeVisible();
  await keep(host, "6-who");

  await host.getByRole("link", { name: "Outbox", exact: true }).click();
  await expect(host.getByText("This exchange sends no mail.")).toBeVisible();
  await host
    .getByRole("row", { name: /dove\.pennyfarrow/ })
    .getByRole("link")
    .click();
  await expect(host.getByText("/rsvp/").first()).toBeVisible();
  await keep(host, "8-mail");
  const mail = await host.locator(".verbatim").first().innerText();
  const link = /http\S+\/rsvp\/[\w-]{43}/.exec(mail)?.[0] ?? "";
  await openWithoutScript(browser, link);
  await checkMailedPages(browser, link);

  await openBriefing(host, FIRST);
  await host.getByRole("link", { name: "Closing" }).click();
  await expect(host.getByText("57 of 60 were there")).toBeVisible();
  await expect(host.getByText("hidden", { exact: true }).first()).toBeVisible();
  await expect(
    host.getByRole("heading", { name: "We did not ask them" }),
  ).toBeVisible();
  await keep(host, "11-closing");
});

/* The page behind a mailed link tells nothing but the time before the digits (B11). */
async function openWithoutScript(
  browser: Browser,
  link: string,
): Promise<void> {
  const plain = { javaScriptEnabled: false, viewport: NARROW };
  const page = await openPage(browser, plain);
  await page.goto(link);
  await expect(heading(page)).toBeVisible();
  await expect(page.getByText(SECOND)).toHaveCount(0);
  await keep(page, "8-rsvp");
  await page.context().close();
}

/* That page, what it says to wrong digits, and what is said of a link that is none. */
async function checkMailedPages(browser: Browser, link: string): Promise<void> {
  const page = await openPage(browser, { viewport: NARROW });
  await page.goto(link);
  await checkWhole(page, "story-8-rsvp-whole");
  await page.getByLabel("Yes, I will join").press("Space");
  await page.getByLabel(/digits/).fill("0000");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText("not sent");
  await checkWhole(page, "story-8-rsvp-digits");
  await page.goto(link.replace(/.$/, (last) => (last === "A" ? "Q" : "A")));
  await expect(heading(page)).toBeVisible();
  await checkWhole(page, "story-8-rsvp-none");
  await page.context().close();
}

test("the first page of the exchange is accessible and whole", async ({
  browser,
  address,
  viewport,
}) => {
  const page = await openPage(browser, { viewport });
  await page.goto(address);
  await expect(heading(page)).toHaveText(/^Partners share what they know/);
  await checkWhole(page, `first-page-${isPhone(viewport) ? "narrow" : "wide"}`);
});

test("four answers make a briefing, it is sent, and a clerk answers on a phone", async ({
  browser,
  address,
  viewport,
}) => {
  test.skip(isPhone(viewport), "it brings its own windows");
  const host = await sitDown(browser, address, "host agency");
  const hands = new Hands(host);

  await hands.press("Briefings", "link");
  await hands.press("Make a briefing", "link");
  await hands.fill("Day", inDays(4));
  await hands.fill("Time", "14:30");
  await hands.fill("Title", TITLE);
  await hands.fill(
    "Phone number or address, and codes",
    "Call 202-555-0142, code 8812",
  );
  await hands.press("Make it and see who will get it");
  await expect(heading(host)).toContainText(/will get this/);
  await host.screenshot({ path: `${__dirname}/results/story-audience.png` });

  await hands.press(/^Send to/);
  await expect(
    host.getByText("All invitations are on the record."),
  ).toBeVisible();
  expect(
    hands.count,
    "making and sending takes few actions",
  ).toBeLessThanOrEqual(ACTIONS_MAX);

  const clerk = await sitDown(browser, address, "county clerk", NARROW);
  await expect(clerk.getByText(TITLE).first()).toBeVisible();
  await clerk.screenshot({
    path: `${__dirname}/results/story-clerk.png`,
    fullPage: true,
  });
  await openBriefing(clerk, TITLE);
  await clerk.getByRole("button", { name: "Yes, I will join" }).click();
  await expect(clerk.getByText("You will join.")).toBeVisible();

  await host.getByRole("link", { name: "Back to the agenda" }).click();
  await expect(heading(host)).toHaveText(TITLE);
  await expect(host.getByText("Dove Pennyfarrow")).toBeVisible();
  await host.screenshot({
    path: `${__dirname}/results/story-host.png`,
    fullPage: true,
  });
});

test("a company tells partners what it did, and an official reads what to do now", async ({
  browser,
  address,
  viewport,
}) => {
  test.skip(isPhone(viewport), "it brings its own windows");
  const company = await sitDown(browser, address, "host company");
  await company.goto(`${address}/app/shared`);
  await company
    .getByRole("link", { name: "Tell partners what we did" })
    .click();
  await company.getByText("Removed", { exact: true }).click();
  await company.getByLabel("Removed: how many").fill("1,212");
  await company
    .getByLabel("What happened")
    .fill("Accounts that posed as county clerks.");
  await company
    .getByLabel("What partners can do now")
    .fill("Tell callers which address is yours.");
  await expect(company.getByText("See every name")).toBeVisible();
  await keep(company, "7-tell");
  await company.getByRole("button", { name: /^Tell \d+ people$/ }).click();
  await expect(company.getByText(/^Told\. \d+ people can read/)).toBeVisible();
  await keep(company, "7-told");

  const official = await sitDown(browser, address, "state election official");
  await official.goto(`${address}/app/shared`);
  await expect(
    official.getByText("Tell callers which address is yours."),
  ).toBeVisible();
});

const PASSWORD = "four-invented-words-here";
const ASSOCIATION = "merrick.oakhanger@secretaries.exercise.example";

/* Whoever has no chair signs in. */
async function signIn(
  browser: Browser,
  address: string,
  data: string,
): Promise<Page> {
  run(
    TOCSIN,
    ["person", "--data", data, "passwd", ASSOCIATION, "--password-stdin"],
    PASSWORD,
  );
  const page = await openPage(browser, { viewport: WIDE });
  await page.goto(`${address}/app/`);
  await page.getByText("Sign in with a password instead").click();
  await page.getByLabel("E-mail address", { exact: true }).fill(ASSOCIATION);
  await page.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in with a password" }).click();
  await expect(heading(page)).toContainText(/your answer/);
  return page;
}

test("afterwards an association sees whom the call reached", async ({
  browser,
  address,
  data,
  viewport,
}) => {
  test.skip(isPhone(viewport), "it brings its own window");
  const page = await signIn(browser, address, data);
  await openBriefing(page, FIRST);
  await page
    .getByRole("link", { name: "Which of your members were reached" })
    .click();
  await expect(heading(page)).toHaveText(/^48 of 56 members reached/);
  await keep(page, "13-reached");
});

/* R2, R3 */
test("the steward is refused names by rule, asks for others, and the record is whole", async ({
  browser,
  address,
  viewport,
}) => {
  test.skip(isPhone(viewport), "it brings its own window");
  const steward = await sitDown(browser, address, "steward");
  await openThing(steward, "letterhead", "Borrowed Letterhead");
  await steward
    .getByRole("button", { name: "Ask how many have been given it" })
    .click();
  await expect(
    steward.getByText(/fewer than five|organizations/).last(),
  ).toBeVisible();
  await expect(
    steward.getByText(/told by name only of what is under TLP:RED/),
  ).toBeVisible();
  await expect(
    steward.getByRole("button", { name: "Ask for the names" }),
  ).toHaveCount(0);
  await keep(steward, "14-who-was-given-it");

  await openThing(steward, "lantern", "https://the-puerto-rico-lantern");
  await steward.getByLabel("Why you need the names").fill("It was wrong");
  await steward.getByRole("button", { name: "Ask for the names" }).click();
  await expect(steward.getByText("a second is needed")).toBeVisible();
  await keep(steward, "15-names-asked");

  await steward.goto(`${address}/app/exchange/audit`);
  await steward
    .getByRole("button", { name: "Check the chain of the record" })
    .click();
  await expect(steward.getByText(/is whole/)).toBeVisible();
  await expect(steward.getByText("receipts.ask").first()).toBeVisible();
  await keep(steward, "16-audit");
});

/* A thing that search finds, on its page. */
async function openThing(
  page: Page,
  word: string,
  title: string,
): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/app/search?q=${word}`);
  await page.getByRole("link", { name: title }).click();
  await expect(
    page.getByRole("heading", { name: "Who has been given it" }),
  ).toBeVisible();
}

/* Made, sent, its agenda written, and an answer noted: Tab, Space, Enter, arrows and typing. */
test("a briefing is hosted with the keyboard alone", async ({
  browser,
  address,
  viewport,
}) => {
  test.skip(isPhone(viewport), "hosts sit before a wide window");
  const page = await sitDown(browser, address, "host agency");
  const keys = new Keys(page);
  const link = (name: string) => page.getByRole("link", { name, exact: true });
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const field = (name: string) => page.getByLabel(name, { exact: true });
  const [year, month, day] = inDays(5).split("-");

  await expect(heading(page)).toBeFocused();
  await keys.goTo(link("Briefings"), "Shift+Tab");
  await page.keyboard.press("Enter");
  await keys.areAt(heading(page));
  await keys.press("Enter", link("Make a briefing"));
  await keys.areAt(heading(page));
  await keys.type(`${month}${day}${year}`, field("Day"));
  await keys.type("0230PM", field("Time"));
  await keys.press("Space", field("Associations"));
  await keys.press("Space", field("Associations"));
  await keys.type(BY_KEYS, field("Title"));
  await keys.type(
    "Call 202-555-0142",
    field("Phone number or address, and codes"),
  );
  await keys.press("Enter", button("Make it and see who will get it"));
  await expect(heading(page)).toContainText(/will get this/);
  await keys.areAt(heading(page));

  await keys.press("Enter", button(/^Send to/));
  await expect(
    page.getByText("All invitations are on the record."),
  ).toBeVisible();
  await keys.areAt(page.locator(".send-bar [tabindex='-1']"));
  await keys.press("Enter", link("Back to the agenda"));
  await expect(heading(page)).toHaveText(BY_KEYS);
  await keys.areAt(heading(page));

  await keys.press("Enter", link("Edit"));
  await keys.areAt(heading(page));
  const items = page.locator(".agenda-editor fieldset");
  for (const [n, title] of ["Second", "First"].entries()) {
    await keys.press("Enter", button("Add an item"));
    await keys.areAt(items.nth(n).locator("input").first());
    await page.keyboard.type(title);
  }
  await keys.press("Space", button(/^Move up.*Item 2$/));
  await keys.areAt(button(/^Move down.*Item 1$/));
  await keys.goTo(items.first().locator("select"), "Shift+Tab");
  await page.keyboard.press("ArrowUp");
  await keys.press("Enter", button("Keep the changes"));
  await expect(heading(page)).toHaveText(BY_KEYS);
  await keys.areAt(heading(page));
  await expect(page.getByRole("row", { name: /First/ })).toContainText(
    "TLP:GREEN",
  );

  const dove = page.getByRole("row", { name: /^Dove Pennyfarrow/ });
  await keys.press("Enter", dove.getByRole("button"));
  await keys.press("Space", page.getByLabel("Will join", { exact: true }));
  await page.keyboard.press("ArrowDown");
  await keys.press("Enter", button("Note that Dove Pennyfarrow cannot join"));
  await expect(dove).toContainText("No, by phone (noted by");
  await keys.areAt(dove.getByRole("button"));
  await keep(page, "keys");
});
