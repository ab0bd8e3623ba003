/*
 * What hosts do together, against invented answers: approving, asking one more host, and editing at
 * the same time as another.
 */
import type { Page } from "@playwright/test";
import { Keys } from "./support/keys";
import { AGREED, MINE_OPEN, WAITING } from "./support/approvals";
import { OFFICERS } from "./support/community";
import {
  BRIEFING_ID,
  CLERK_SESSION,
  HELD,
  HOME,
  HOST_SESSION,
  HOSTED,
  INVITED,
  tell,
} from "./support/story";
import { problem } from "./support/exchange";
import { recordThatStays } from "./support/record";
import { expect, test } from "./support/site";
import { checkWhole } from "./support/whole";
import type {
  AbsenceNote,
  Answer,
  Briefing,
  Correction,
  Label,
  Widening,
} from "../../web/src/api/types";

const AT = `/briefings/${BRIEFING_ID}`;

/* By the keyboard alone. */
async function goTo(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  await expect(button).toBeVisible();
  for (let n = 0; n < 60; n++) {
    if (await button.evaluate((it) => it === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach “${name}”`);
}

/* B8: what holds nothing up takes one line. */
test("when every host has approved, one line says so and opens the names", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`GET ${AT}/approvals`, AGREED);
  await page.goto(`/app${AT}`);
  const line = page.locator("summary", {
    hasText: "All four hosts approved it",
  });
  const host = page.getByRole("rowheader", { name: /^Osterby Cloud/ });
  await expect(line).toBeVisible();
  await expect(host).toBeHidden();
  await checkWhole(page, `approved-${page.viewportSize()?.width}`);
  await new Keys(page).press("Enter", line);
  await expect(host).toBeVisible();
  await checkWhole(page, `approved-open-${page.viewportSize()?.width}`);
  const [first, ...rest] = AGREED.hosts;
  const without = first!.cells.map((cell) => ({ ...cell, word: "without" }));
  exchange.on(`GET ${AT}/approvals`, {
    ...AGREED,
    hosts: [{ ...first, cells: without }, ...rest],
  });
  await page.reload();
  await expect(host).toBeVisible();
  await expect(line).toHaveCount(0);
});

/* B8: yes is one press, to the scope as it was seen; no says why. */
test("a host approves with the keyboard alone, and says no with a reason", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange
    .on(`GET ${AT}/approvals`, MINE_OPEN)
    .on(`PUT ${AT}/approvals`, MINE_OPEN);
  await page.goto(`/app${AT}`);
  await goTo(page, "Approve the agenda");
  await page.keyboard.press("Enter");
  await expect.poll(() => exchange.changes()).toHaveLength(1);
  expect(exchange.changes()[0]?.body).toEqual({
    scope: "agenda",
    state: "b",
    is_approved: true,
  });
  exchange.on(`PUT ${AT}/approvals`, WAITING);
  await goTo(page, "No to the agenda");
  await page.keyboard.press("Enter");
  await page
    .getByLabel("What would have to change?", { exact: false })
    .fill("Item 2 is ours");
  await goTo(page, "Say no to the agenda");
  await page.keyboard.press("Enter");
  await expect(
    page.getByText("Osterby Cloud has not approved the changed agenda", {
      exact: false,
    }),
  ).toBeVisible();
  expect(exchange.changes()[1]?.body).toMatchObject({
    is_approved: false,
    reason: "Item 2 is ours",
  });
});

/* B7: of two hosts at once the second sees the difference; nothing typed is lost. */
test("whoever was slower sees the difference and keeps what they typed", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const now = { ...HOSTED, title: "Theirs", about: "They wrote this" };
  exchange.on(`PATCH ${AT}`, () => ({
    status: 412,
    body: problem(412, "Somebody was faster"),
  }));
  await page.goto(`/app${AT}/edit`);
  await page.getByLabel("Title", { exact: true }).first().fill("Mine");
  exchange.on(`GET ${AT}`, () => ({ body: now, headers: { ETag: '"2"' } }));
  await page.getByRole("button", { name: "Keep the changes" }).click();
  const difference = page.getByRole("alert");
  await expect(difference).toContainText("Somebody else changed this");
  await expect(difference).toContainText("They wrote this");
  await expect(page.getByLabel("Title", { exact: true }).first()).toHaveValue(
    "Mine",
  );
  await expect(page.getByLabel("What it is about").first()).toHaveValue(
    "They wrote this",
  );
  await page.screenshot({
    path: `${__dirname}/results/difference-${page.viewportSize()?.width}.png`,
    fullPage: true,
  });
  exchange.on(`PATCH ${AT}`, () => ({ body: now, headers: { ETag: '"3"' } }));
  await page.getByRole("button", { name: "Keep the changes" }).click();
  await expect.poll(() => exchange.changes()).toHaveLength(2);
  const second = exchange.changes()[1];
  expect(second?.headers["if-match"]).toBe('"2"');
  expect(second?.body).toEqual({ title: "Mine" });
});

/* The agenda is written, moved and taken out on the page. */
test("items are moved and taken out, and only what differs is sent", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`PATCH ${AT}`, HOSTED);
  await page.goto(`/app${AT}/edit`);
  await page.getByRole("button", { name: /^Move down.*Item 1$/ }).click();
  await page.getByRole("button", { name: /^Take it out.*Item 5$/ }).click();
  await expect(
    page.getByRole("button", { name: /^Take it out.*Item 4$/ }),
  ).toBeFocused();
  await page.getByRole("button", { name: "Keep the changes" }).click();
  await expect.poll(() => exchange.changes()).toHaveLength(1);
  const body = exchange.changes()[0]?.body as { items: { id: string }[] };
  expect(Object.keys(body)).toEqual(["items"]);
  expect(body.items.map(({ id }) => id)).toEqual(
    [1, 0, 2, 3].map((n) => `briefing-item--${n}`),
  );
});

const DOVE: Answer = {
  person: {
    id: "identity--dove",
    name: "Dove Pennyfarrow",
    organization: "Wren Lake County, Maine",
  },
  answer: "open",
  phone: "207-555-0142",
};
const LONG: Answer = {
  person: {
    id: "identity--long",
    name: `Maximiliana-${"Featherstonehaugh".repeat(11)} \u05e9\u05e8\u05d4 \u202eabc`,
    organization: `Office of ${"Llanfair".repeat(20)}`,
  },
  answer: "no",
  noted_by: "Larkmoor Social",
};

/* B11: noted in the row, and the focus is where one goes on; a name of any kind breaks nothing. */
test("a host notes what was said by phone with the keyboard alone", async ({
  page,
  exchange,
}) => {
  const noted = `PUT ${AT}/answers/identity--dove`;
  const said = {
    ...DOVE,
    answer: "yes",
    noted_by: "National Infrastructure Watch",
  };
  tell(exchange, "host");
  exchange
    .on(`GET ${AT}/approvals`, AGREED)
    .on(`GET ${AT}/answers`, { items: [DOVE, LONG] })
    .on(noted, () => ({
      status: 409,
      body: problem(409, "Dove has answered"),
    }));
  await page.goto(`/app${AT}`);
  const row = page.getByRole("row", { name: /^Dove Pennyfarrow/ });
  await expect(
    row.getByRole("link", { name: "Call 207-555-0142" }),
  ).toBeVisible();
  await goTo(page, /^Note an answer.*Dove Pennyfarrow$/);
  await page.keyboard.press("Enter");
  await goTo(page, "Leave it");
  await page.keyboard.press("Enter");
  const begin = row.getByRole("button");
  await expect(begin).toBeFocused();
  await page.keyboard.press("Enter");
  await goTo(page, "Note what Dove Pennyfarrow said");
  await page.keyboard.press("Enter");
  const asked = page.getByRole("group", {
    name: "What did Dove Pennyfarrow say?",
  });
  await expect(asked).toHaveAccessibleDescription(/Say which it was/);
  await expect(page.getByLabel("Will join")).toBeFocused();
  await page.keyboard.press("Space");
  await checkWhole(page, `note-answer-${page.viewportSize()?.width}`);
  await goTo(page, "Note that Dove Pennyfarrow will join");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toContainText(
    "This answer is not noted yet.",
  );
  exchange.on(noted, said);
  await page.keyboard.press("Enter");
  await expect(row).toContainText(
    "Yes, by phone (noted by National Infrastructure Watch)",
  );
  await expect(begin).toBeFocused();
  await expect(begin).toHaveText(/^Note another answer/);
  expect(exchange.changes()[1]?.body).toEqual({ answer: "yes" });
});

/* B11, P8: to the person in whose name it stands, with the answers beside it. */
test("whoever was called reads what was noted, and answers over it", async ({
  page,
  exchange,
}) => {
  const my_answer: Briefing["my_answer"] = {
    answer: "yes",
    noted_by: "Larkmoor Social",
  };
  const noted = { ...INVITED, my_answer };
  const said = "A host noted: you said yes by phone";
  const [first] = HOME.questions;
  tell(exchange, "clerk");
  exchange
    .on("GET /home", {
      ...HOME,
      questions: [
        {
          ...first,
          kind: "noted",
          briefing: { ...first!.briefing, my_answer },
        },
      ],
    })
    .on(`GET ${AT}`, noted)
    .on(`PUT ${AT}/answer`, { ...INVITED, my_answer: { answer: "no" } });
  await page.goto("/app/");
  await expect(page.getByRole("heading", { name: `${said} to` })).toBeVisible();
  await expect(
    page.getByText("Noted by Larkmoor Social. Not right?"),
  ).toBeVisible();
  await checkWhole(page, `noted-home-${page.viewportSize()?.width}`);
  await page.goto(`/app${AT}`);
  await expect(page.getByRole("heading", { name: said })).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Yes, I will join" }),
  ).toBeVisible();
  await checkWhole(page, `noted-mine-${page.viewportSize()?.width}`);
  await page.getByRole("button", { name: "No, I cannot" }).click();
  await expect(page.getByText("You cannot join.")).toBeVisible();
  expect(exchange.changes()[0]?.body).toEqual({ answer: "no" });
});

const CORRECTED: Correction = {
  id: "correction--1",
  of: "item",
  object: "briefing-item--1",
  reason: "One site was counted twice.",
  corrected: new Date().toISOString(),
  label: "amber",
  is_new: true,
  before: {
    title: "Fourteen imitation sites",
    words: "Fourteen sites imitate county offices. Eleven are down.",
  },
  after: {
    title: "Thirteen imitation sites",
    words: "Thirteen sites imitate county offices. Eleven are down.",
  },
};

/* B22: old and new in words, read aloud too; what is new stands first. */
test("a text is corrected, and whoever had it sees what is different", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`POST ${AT}/corrections`, {
    may_correct: true,
    items: [
      {
        ...CORRECTED,
        is_new: false,
        reach: { of: 57, has: 56, without: ["Alder County Clerk"] },
      },
    ],
  });
  await page.goto(`/app${AT}`);
  await page.getByRole("button", { name: "Correct a text" }).click();
  await page
    .getByLabel("Which text is wrong?")
    .selectOption({ label: "Item: Fourteen imitation sites, 11 of them down" });
  await page.getByLabel("What it should say").fill("Thirteen sites.");
  await page.getByLabel("Why?", { exact: false }).fill("Counted twice.");
  await expect
    .poll(() => exchange.draft("correction-briefing-item--1"))
    .toMatchObject({ said: "Thirteen sites.", reason: "Counted twice." });
  await checkWhole(page, `correct-${page.viewportSize()?.width}`);
  await page.getByRole("button", { name: "Correct it, and tell" }).click();
  await expect(page.getByText("One site was counted twice.")).toBeVisible();
  await expect(page.getByText("56 of 57 offices had it")).toBeVisible();
  await expect(page.getByText("Not yet: Alder County Clerk")).toBeVisible();
  await checkWhole(page, `corrected-host-${page.viewportSize()?.width}`);
  expect(exchange.changes()[0]?.body).toEqual({
    object: "briefing-item--1",
    version: HOSTED.items[1]?.modified,
    words: "Thirteen sites.",
    reason: "Counted twice.",
  });
  tell(exchange, "clerk");
  exchange.on(`GET ${AT}/corrections`, {
    may_correct: false,
    items: [CORRECTED],
  });
  await page.goto(`/app${AT}`);
  const fresh = page.getByRole("region", { name: "Corrections" });
  await expect(fresh.locator("del").last()).toHaveText("Taken out: Fourteen.");
  await expect(fresh.locator("ins").last()).toHaveText("Put in: Thirteen.");
  await checkWhole(page, `corrected-${page.viewportSize()?.width}`);
});

/* B27, G3: on the screen as far as one may read it, on paper as far as it may leave. */
test("what stays in the exchange is on the screen and not on paper", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  await page.goto(`/app${AT}/record`);
  const kept = page.getByText("Names of the two registrants", { exact: false });
  const head = page.locator(".sheet > thead");
  await expect(kept).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await expect(kept).not.toBeVisible();
  await expect(page.getByText("Do the letters name our office?")).toBeVisible();
  await expect(head).toHaveText(/TLP:AMBER$/);
  await page.emulateMedia({ media: "screen" });
  exchange
    .on(`GET ${AT}`, { ...HELD, label: "amber+strict" })
    .on(`GET ${AT}/record/document`, recordThatStays(HELD.title));
  await page.reload();
  await expect(kept).toBeVisible();
  await checkWhole(page, `record-stays-${page.viewportSize()?.width}`);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("All of it stays in the exchange")).toBeVisible();
  await expect(page.getByText(HELD.title)).not.toBeVisible();
  expect(await page.title()).not.toContain(HELD.title);
});

/* G3, P6: of a page that shows several things the strictest label; of RED it shows a place. */
test("a printed briefing carries the strictest label of what stands on it", async ({
  page,
  exchange,
}) => {
  const [first, second] = HOSTED.items;
  const shown = (label: Label) =>
    exchange.on(`GET ${AT}`, {
      ...HOSTED,
      items: [
        { ...first, label },
        { ...second, label: "red" },
      ],
    });
  const head = page.locator(".sheet > thead");
  tell(exchange, "host");
  exchange.on(`GET ${AT}/materials`, { may_give: true, items: [] });
  for (const label of ["amber+strict", "green"] as const) {
    shown(label);
    await page.goto(`/app${AT}`);
    await page.emulateMedia({ media: "print" });
    await expect(head).toHaveText(
      label === "green" ? /TLP:AMBER$/ : /TLP:AMBER\+STRICT$/,
    );
    await page.emulateMedia({ media: "screen" });
  }
});

/* B20: to an organization, what is noted about it, and nothing of an edition it cannot see. */
test("an office that was missing reads what is noted, and says something", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  const absent: AbsenceNote = { reason: "invited-and-absent", is_later: false };
  const later: AbsenceNote = { reason: "not-asked", is_later: true };
  exchange
    .on(`GET ${AT}`, { ...HELD, is_host: false, counts: undefined })
    .on(`GET ${AT}/absence`, { items: [absent, later] })
    .on(`PUT ${AT}/absence`, { items: [absent, later] });
  await page.goto(`/app${AT}`);
  await expect(
    page.getByText("That is their omission, not yours."),
  ).toBeVisible();
  await page
    .getByRole("button", { name: "Would you like to say" })
    .first()
    .click();
  await page.getByLabel("Would you like to say").fill("On another line.");
  await checkWhole(page, `noted-${page.viewportSize()?.width}`);
  await page.getByRole("button", { name: "Tell the hosts" }).click();
  await expect.poll(() => exchange.changes()).toHaveLength(1);
  expect(exchange.changes()[0]?.body).toEqual({
    content: "On another line.",
    is_later: false,
  });
});

/* B13: what the labels keep is asked for in one click, and answered by a host in one. */
test("a briefing is passed on, and hosts are asked to widen the rest", async ({
  page,
  exchange,
}) => {
  const asked: Widening = {
    id: "widening--1",
    item: "briefing-item--2",
    asked_by: { name: "June Haverty", organization: "Alder County" },
    asked: new Date().toISOString(),
    state: "open",
  };
  tell(exchange, "clerk");
  exchange
    .on(`POST ${AT}/widenings`, { may_answer: false, items: [asked] })
    .on(`POST ${AT}/onward`, () => ({ status: 201, body: HOSTED }));
  await page.goto(`/app${AT}/onward`);
  await page.getByRole("button", { name: "Ask the hosts to widen it" }).click();
  await page.getByRole("button", { name: "Make my edition" }).click();
  await expect(page.getByText("Say how people join.")).toBeVisible();
  await page.getByLabel("Day").fill("2028-09-05");
  await page.getByLabel("Time", { exact: true }).fill("09:30");
  await page.getByLabel("How to join?").fill("Call 555-0101");
  await page.getByRole("button", { name: "Make my edition" }).click();
  await expect.poll(() => exchange.changes()).toHaveLength(2);
  expect(exchange.changes()[0]?.body).toEqual({ item: "briefing-item--2" });
  expect(exchange.changes()[1]?.body).toMatchObject({
    when: { local: "2028-09-05T09:30", minutes: 45 },
    join: "Call 555-0101",
  });
  tell(exchange, "host");
  exchange
    .on(`GET ${AT}/widenings`, { may_answer: true, items: [asked] })
    .on(`PUT ${AT}/widenings/widening--1/answer`, {
      may_answer: true,
      items: [],
    });
  await page.goto(`/app${AT}`);
  await expect(page.getByText("Alder County would like to")).toBeVisible();
  await checkWhole(page, `widening-${page.viewportSize()?.width}`);
  await page.getByRole("button", { name: "Yes, under TLP:AMBER" }).click();
  await expect.poll(() => exchange.changes()).toHaveLength(3);
  expect(exchange.changes()[2]?.body).toEqual({
    is_granted: true,
    label: "amber",
  });
});

/* B25: over a page of the exercise, and beside it where there is more; nowhere else. */
test("on a real exchange an exercise says so over its own pages", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange.on("GET /session", {
    ...CLERK_SESSION,
    exchange: { ...CLERK_SESSION.exchange, is_exercise: false },
  });
  const strip = page.getByRole("region", { name: "Exercise", exact: true });
  await page.goto("/app/briefings");
  await expect(page.getByText("EXERCISE", { exact: true })).toHaveCount(1);
  await expect(strip).toHaveCount(0);
  await page.locator("tbody").getByRole("link").click();
  await expect(strip).toContainText("belongs to an exercise");
  await checkWhole(page, "exercise-briefing");
  await page.goto("/app/");
  await expect(page.getByText("EXERCISE", { exact: true })).not.toHaveCount(0);
  await expect(strip).toHaveCount(0);
});

/* B10: each reason has its next step, as far as the reader may take it. */
test("who is missed has a next step: done here by whoever may, else asked of the steward", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`GET ${AT}`, { ...HOSTED, status: "draft", sent: undefined });
  await page.goto(`/app${AT}/audience`);
  await expect(
    page.getByRole("link", { name: /^Ask the steward to invite them/ }).first(),
  ).toHaveAttribute("href", /^mailto:/);
  await expect(
    page.getByRole("link", { name: "Lower the label" }),
  ).toHaveAttribute("href", `/app${AT}/edit`);
  await expect(
    page.getByRole("link", { name: /^Whom to call there/ }).first(),
  ).toHaveAttribute("href", /directory.q=/);
  const acting_for = HOST_SESSION.acting_for!;
  const roles = [...acting_for.roles, "steward"];
  exchange.on("GET /session", {
    ...HOST_SESSION,
    acting_for: { ...acting_for, roles },
  });
  await page.reload();
  await expect(
    page.getByRole("link", { name: /^Note that you asked them/ }).first(),
  ).toHaveAttribute("href", /exchange.organizations.identity--moss$/);
  await expect(
    page.getByRole("link", { name: /^Say who is on duty/ }).first(),
  ).toHaveAttribute("href", /directory.office=/);
  await expect(
    page.getByRole("link", { name: /^Ask the steward/ }),
  ).toHaveCount(0);
  await checkWhole(page, `misses-${test.info().project.name}`);
});

/* B3, B20: of a place, as of an office, one finds in the directory who answers. */
test("a place from which nobody comes leads to whom to call there", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on("GET /directory", { items: OFFICERS }).on("GET /places", {
    items: [
      { code: "us", state: "United States" },
      { code: "us-66", state: "Guam" },
      { code: "us-23-c001", state: "Maine", within: "Alder County" },
    ],
  });
  await page.goto(`/app${AT}`);
  await expect(page.getByText(/^Nobody yet from/)).toContainText("Maine");
  await page.screenshot({
    path: `${__dirname}/results/places-${test.info().project.name}.png`,
    fullPage: true,
  });
  const asked = page.waitForRequest(/\/api\/directory\?/);
  await page.getByRole("link", { name: /^Guam.*Whom to call/ }).click();
  expect((await asked).url()).toContain("jurisdiction=us-66");
  const state = page.getByLabel("State or territory");
  await expect(state.getByRole("option")).toHaveText(["Everywhere", "Guam"]);
  await expect(state).toHaveValue("us-66");
});
