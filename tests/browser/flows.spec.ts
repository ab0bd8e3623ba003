/*
 * What people do, against invented answers: with the keyboard alone, offline, refused, and what is
 * sent with it; a session that ends meanwhile (B6), and a change of contact that is stopped (B5).
 */
import { AGREED } from "./support/approvals";
import {
  BRIEFING_ID,
  CLERK_SESSION,
  DRAFT,
  HOME,
  HOST_SESSION,
  HOSTED,
  INVITED,
  tell,
} from "./support/story";
import { problem, type Sent } from "./support/exchange";
import { expect, test } from "./support/site";
import { checkWhole } from "./support/whole";

const AT = `/briefings/${BRIEFING_ID}`;
const ANSWERED = { ...INVITED, my_answer: { answer: "yes" } };

test("an invitation is answered on home with the keyboard alone", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange.on(`PUT ${AT}/answer`, ANSWERED);
  await page.goto("/app/");
  const yes = page.getByRole("button", { name: "Yes, I will join" });
  await expect(yes).toBeVisible();
  for (let n = 0; n < 15; n++) {
    if (await yes.evaluate((button) => button === document.activeElement))
      break;
    await page.keyboard.press("Tab");
  }
  exchange.on("GET /home", { ...HOME, questions: [] });
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("Nothing needs your answer");
  await expect(heading, "what had the focus is gone").toBeFocused();
  await expect(page.getByText("You will join.")).toBeVisible();
  await expect(
    page.getByRole("main").getByRole("link", { name: INVITED.title }).first(),
  ).toHaveAttribute("href", `/app${AT}`);
  const [sent] = exchange.changes();
  expect(sent?.body).toEqual({ answer: "yes" });
  expect(sent?.headers["x-csrf-token"]).toBe("token-of-this-session");
});

/* The mail leads to home for it, and a phone shows little at a time. */
test("from half an hour before a call, how to join comes first and a touch calls it", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  const soon = new Date(Date.now() + 18 * 60_000).toISOString();
  const [call, ...others] = HOME.coming;
  exchange
    .on("GET /home", { ...HOME, coming: [{ ...call, start: soon }, ...others] })
    .on(`GET ${AT}`, {
      ...INVITED,
      my_answer: { answer: "yes" },
      join_from: new Date(Date.now() - 60_000).toISOString(),
      join: "Call 202-555-0142, code 8812 44",
    });
  await page.goto("/app/");
  const strip = page.getByRole("region", { name: "To join now" });
  await expect(strip).toContainText("begins in 18 minutes");
  await page.screenshot({
    path: `${__dirname}/results/join-home-${test.info().project.name}.png`,
  });
  await strip.getByRole("link", { name: "See how to join" }).click();
  const number = page.getByRole("link", { name: "202-555-0142" });
  await expect(number).toHaveAttribute("href", "tel:2025550142");
  await expect(number).toBeInViewport();
  await expect(page.getByRole("heading", { level: 2 }).first()).toHaveText(
    "How to join",
  );
  await checkWhole(page, `join-${test.info().project.name}`);
});

test("a call to which one cannot come is not announced on home", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  const start = new Date(Date.now() + 18 * 60_000).toISOString();
  const coming = [{ ...HOME.coming[0], start, answer: "no" }];
  exchange.on("GET /home", { ...HOME, coming });
  await page.goto("/app/");
  await expect(page.getByText("you cannot")).toBeVisible();
  await expect(page.getByText("begins in")).toHaveCount(0);
});

/* B9: who needs something says so beside the answer; it stands there when they change it. */
test("what one needs is written beside the answer, and hosts find it in a list", async ({
  page,
  exchange,
}) => {
  const note = "Captions, and a phone number instead of video";
  tell(exchange, "clerk");
  exchange.on(`PUT ${AT}/answer`, {
    ...INVITED,
    my_answer: { answer: "yes", note },
  });
  await page.goto(`/app${AT}`);
  await page
    .getByRole("button", { name: "I need something to take part" })
    .press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type(note);
  await checkWhole(page, `needs-${page.viewportSize()?.width}`);
  await page.getByRole("button", { name: "Yes, I will join" }).click();
  await expect(page.getByText(`You wrote: “${note}”`)).toBeVisible();
  expect(exchange.changes()[0]?.body).toEqual({ answer: "yes", note });
  await page.getByRole("button", { name: "Change my answer" }).click();
  await expect(page.getByLabel("What do you need?")).toHaveValue(note);

  tell(exchange, "host");
  await page.goto(`/app${AT}`);
  const list = page.getByRole("region", { name: "What people need" });
  await expect(list).toContainText("Captions, please.");
  await expect(list).toContainText("Odalys Renner");
  await checkWhole(page, `needs-host-${page.viewportSize()?.width}`);
});

test("an answer given offline is sent when the button is pressed again, not before", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange.on(`PUT ${AT}/answer`, ANSWERED);
  await page.goto(`/app${AT}`);
  const yes = page.getByRole("button", { name: "Yes, I will join" });
  await expect(yes).toBeVisible();
  exchange.goDown();
  await yes.click();
  await expect(
    page.getByText("Your answer is not sent yet. You are offline").first(),
  ).toBeVisible();
  exchange.goDown(false);
  expect(exchange.changes()).toEqual([]);
  await yes.click();
  await expect(page.getByText("You will join.")).toBeVisible();
  expect(exchange.changes()).toHaveLength(1);
});

/* P3 */
test("home is asked again by the ETag that it had, and stays as it is", async ({
  page,
  exchange,
}) => {
  await page.clock.install();
  tell(exchange, "clerk");
  const headers = { ETag: '"this one"' };
  exchange.on("GET /home", ({ headers: { "if-none-match": known } }: Sent) =>
    known ? { status: 304, body: "", headers } : { body: HOME, headers },
  );
  await page.goto("/app/");
  const yes = page.getByRole("button", { name: "Yes, I will join" });
  await expect(yes).toBeVisible();
  await page.clock.fastForward(61_000);
  const asked = () => exchange.sent.filter(({ path }) => path === "/home");
  await expect.poll(() => asked().length).toBe(2);
  expect(asked()[1]?.headers["if-none-match"]).toBe('"this one"');
  expect(asked()[1]?.headers["x-background"]).toBe("true");
  await expect(yes).toBeVisible();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test("the focus goes to the heading of the page one went to", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  await page.goto("/app/");
  await page.getByRole("link", { name: "What is planned" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toContainText("Joint briefing 2");
  await expect(heading).toBeFocused();
  await expect(page).toHaveTitle(/Joint briefing 2/);
});

test("what the server refuses stands at its field, and what was typed stays", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on("POST /briefings", () => ({
    status: 422,
    body: problem(422, "The briefing is not made", [
      {
        field: "/when/local",
        message: "That hour is skipped there on that day",
      },
    ]),
  }));
  await page.goto("/app/briefings/new");
  const act = page.getByRole("button", {
    name: "Make it and see who will get it",
  });
  await act.click();
  await expect(page.getByText("Say the day and the time.")).toBeVisible();
  expect(exchange.changes(), "the page itself saw that").toEqual([]);
  await page.getByLabel("Day", { exact: true }).fill("2027-03-14");
  await page.getByLabel("Time", { exact: true }).fill("02:30");
  await page.getByLabel("Title", { exact: true }).fill("Letters");
  await page
    .getByLabel("Phone number or address, and codes")
    .fill("Call 202-555-0142");
  await act.click();
  await expect(
    page.getByText("That hour is skipped there on that day"),
  ).toBeVisible();
  await expect(page.getByLabel("Title", { exact: true })).toHaveValue(
    "Letters",
  );
  const made = exchange.changes().find(({ method }) => method === "POST");
  expect(made?.headers["idempotency-key"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("what was refused is seen, wherever the button stands that one has pressed", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on("POST /briefings", () => ({
    status: 422,
    body: problem(422, "The briefing is not made", [
      { field: "/title", message: "Another briefing has this title" },
    ]),
  }));
  await page.goto("/app/briefings/new");
  const act = page.getByRole("button", {
    name: "Make it and see who will get it",
  });
  const day = page.getByLabel("Day", { exact: true });
  for (const again of [false, true]) {
    await act.click();
    await expect(day, `pressed again: ${again}`).toBeFocused();
    await expect(page.getByText("Say the day and the time.")).toBeInViewport();
  }
  await day.fill("2027-03-12");
  await page.getByLabel("Time", { exact: true }).fill("02:30");
  const title = page.getByLabel("Title", { exact: true });
  await title.fill("Letters");
  await page
    .getByLabel("Phone number or address, and codes")
    .fill("Call 202-555-0142");
  await act.click();
  await expect(title).toBeFocused();
  await expect(page.getByText("Another briefing has")).toBeInViewport();
  exchange.on("POST /briefings", () => ({
    status: 500,
    body: problem(500, "The exchange failed"),
  }));
  await act.press("Enter");
  await expect(page.getByRole("alert")).toBeInViewport();
});

test("the list of who will get it has whole names, also on a phone", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  await page.goto(`/app${AT}/audience`);
  const names = page.getByRole("region").getByRole("rowheader");
  await expect(names.first()).toBeVisible();
  for (const name of (await names.all()).slice(0, 12)) {
    const isCut = await name.evaluate((e) => e.scrollWidth > e.clientWidth);
    expect(isCut, await name.innerText()).toBe(false);
  }
});

test("a list that changed meanwhile is not sent", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange
    .on(`GET ${AT}`, DRAFT)
    .on(`GET ${AT}/approvals`, AGREED)
    .on(`POST ${AT}/send`, () => ({
      status: 409,
      body: problem(409, "It would be 631 people now"),
    }));
  await page.goto(`/app${AT}/audience`);
  await page.getByRole("button", { name: "Send to 630 people" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing was sent.");
  expect(exchange.changes()[0]?.body).toEqual({ people: 630 });
});

test("who has not answered is asked again, and the strip says so (B23)", async ({
  page,
  exchange,
}) => {
  const open = {
    ...HOSTED,
    answers_kept_until: "2030-12-31T18:00:00Z", // B27
    reminder: {
      from: "2026-01-01T12:00:00Z",
      due: new Date(
        Date.parse(HOSTED.when.start ?? "") - 86_400_000,
      ).toISOString(),
    },
  };
  tell(exchange, "host");
  exchange.on(`GET ${AT}/approvals`, AGREED).on(`GET ${AT}`, open);
  exchange.on(`POST ${AT}/remind`, () => {
    const asked = new Date().toISOString();
    const now = { ...open, reminder: { from: HOSTED.when.end, asked } };
    exchange.on(`GET ${AT}`, now);
    return { body: now };
  });
  await page.goto(`/app${AT}`);
  await expect(
    page.getByText(/is kept until .*December 31, 2030, then dropped/),
  ).toBeVisible();
  await expect(
    page.getByText(/Whoever has not answered by .* is mailed once more/),
  ).toBeVisible();
  const ask = page.getByRole("button", { name: "Ask the 130 again" });
  await ask.click();
  await expect(page.getByText(/They were asked again/)).toBeVisible();
  await expect(ask).toBeHidden();
  expect(exchange.changes()).toHaveLength(1);
});

test("hosts are told when the whole record goes (B27)", async ({
  page,
  exchange,
}) => {
  const alone = {
    ...HOSTED,
    answers_kept_until: "2031-12-31T18:00:00Z",
    kept_until: "2031-12-31T18:00:00Z",
  };
  const answers = page.getByText(/Who was invited, .* is kept until/);
  const whole = page.getByText(
    /The whole record, and this briefing with it, is kept until .*December 31, 2031, then dropped/,
  );
  tell(exchange, "host");
  exchange.on(`GET ${AT}`, alone);
  await page.goto(`/app${AT}`);
  await expect(whole).toBeVisible();
  await expect(answers).toBeHidden();
  const both = { ...alone, answers_kept_until: "2030-12-31T18:00:00Z" };
  exchange.on(`GET ${AT}`, both);
  await page.reload();
  await expect(answers).toBeVisible();
  await expect(whole).toBeVisible();
});

test("calling it off names the version one saw and how many are told", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`POST ${AT}/cancel`, {
    ...HOSTED,
    status: "cancelled",
    cancelled_because: "The line is down",
  });
  await page.goto(`/app${AT}`);
  await page.getByRole("button", { name: "Call it off" }).click();
  await page.getByLabel(/^Why/).fill("The line is down");
  await page
    .getByRole("button", { name: "Call it off and tell 612 people" })
    .click();
  await expect(
    page.getByText("It was called off: The line is down"),
  ).toBeVisible();
  expect(exchange.changes()[0]?.headers["if-match"]).toBe('"1"');
});

test("a session that ends keeps what was typed, and another's sign-in does not get it", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const outside = { ...HOST_SESSION.exchange, is_demo: false };
  const mine = { ...HOST_SESSION, exchange: outside };
  exchange.on("GET /session", mine).on("POST /session", mine);
  await page.goto("/app/briefings/new");
  const title = page.getByLabel("Title", { exact: true });
  await title.fill("Letters");
  exchange.on("POST /briefings", () => ({
    status: 401,
    body: problem(401, "Sign in first"),
  }));
  await page.getByLabel("Day", { exact: true }).fill("2027-03-14");
  await page.getByLabel("Time", { exact: true }).fill("12:30");
  await page
    .getByLabel("Phone number or address, and codes")
    .fill("Call 202-555-0142");
  await page
    .getByRole("button", { name: "Make it and see who will get it" })
    .click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Sign in again",
  );
  await expect(
    page.getByText("What you typed on the page is kept"),
  ).toBeVisible();
  await page.getByLabel("Password", { exact: true }).fill("a password");
  await page.getByRole("button", { name: "Sign in with a password" }).click();
  await expect(title).toHaveValue("Letters");

  await page
    .getByRole("button", { name: "Make it and see who will get it" })
    .click();
  exchange.on("POST /session", { ...CLERK_SESSION, exchange: outside });
  await page.getByLabel("Password", { exact: true }).fill("another's");
  await page.getByRole("button", { name: "Sign in with a password" }).click();
  await expect(page.getByRole("banner")).toContainText("June Haverty");
  await expect(title).not.toHaveValue("Letters");
});

test("on a shared computer an ended session leaves nothing on the screen", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  const exchangeOutside = { ...CLERK_SESSION.exchange, is_demo: false };
  exchange.on("GET /session", {
    ...CLERK_SESSION,
    exchange: exchangeOutside,
    is_shared_computer: true,
  });
  await page.goto(`/app${AT}`);
  exchange.on(`PUT ${AT}/answer`, () => ({
    status: 401,
    body: problem(401, "Sign in first"),
  }));
  await page.getByRole("button", { name: "Yes, I will join" }).click();
  await expect(
    page.getByText("after 15 minutes without a click").first(),
  ).toBeVisible();
  await expect(page.locator("body")).not.toContainText("Joint briefing 2");
});

const MAILED_LINKS = [
  {
    who: "the old address stops it",
    path: "/contact",
    does: "/account/contact/refuse",
    asks: "Was it you",
    act: /It was not me/,
    done: "The change is stopped",
  },
  {
    who: "the new address confirms it",
    path: "/contact/confirm",
    does: "/account/contact/confirm",
    asks: "Is this your address",
    act: /It was me/,
    done: "The address is confirmed",
  },
];

for (const { who, path, does, asks, act, done } of MAILED_LINKS)
  test(`of a change of contact ${who}`, async ({ page, exchange }) => {
    exchange
      .on("GET /session", { exchange: HOST_SESSION.exchange })
      .on(`POST ${does}`, () => ({ status: 204 }));
    await page.goto(`/app${path}#the-secret`);
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toContainText(asks);
    expect(exchange.changes(), "opening the link changes nothing").toEqual([]);
    await page.getByRole("button", { name: act }).click();
    await expect(heading).toHaveText(done);
    expect(exchange.changes()[0]?.body).toEqual({ secret: "the-secret" });
  });

/* B6: a change goes on where it was left, on what it was begun on. */
test("what was typed and not sent is there again, and is forgotten once it is sent", async ({
  page,
  exchange,
  viewport,
}) => {
  test.skip(viewport?.width === 400, "the same on a phone");
  tell(exchange, "host");
  const form = `edit-${BRIEFING_ID}`;
  await page.goto(`/app${AT}/edit`);
  const title = page.getByLabel("Title", { exact: true }).first();
  await title.fill("Begun yesterday");
  await expect
    .poll(() => exchange.draft(form))
    .toMatchObject({ etag: '"1"', draft: { title: "Begun yesterday" } });
  exchange
    .on(`GET /drafts/${form}`, { form, body: exchange.draft(form) })
    .on(`GET ${AT}`, () => ({ body: HOSTED, headers: { ETag: '"2"' } }))
    .on(`PATCH ${AT}`, HOSTED)
    .on(`DELETE /drafts/${form}`, () => ({}));
  await page.reload();
  await expect(title).toHaveValue("Begun yesterday");
  await page.getByRole("button", { name: "Keep the changes" }).click();
  await expect(page).toHaveURL(new RegExp(`${AT}$`));
  const [sent] = exchange.changes();
  expect(sent?.body).toEqual({ title: "Begun yesterday" });
  expect(sent?.headers["if-match"], "what it was begun on").toBe('"1"');
  expect(
    exchange.sent.map(({ method, path }) => `${method} ${path}`),
  ).toContain(`DELETE /drafts/${form}`);

  await page.goto(`/app${AT}/useful`);
  await page.getByLabel("In a sentence").fill("Worth the call.");
  await expect
    .poll(() => exchange.draft(`useful-${BRIEFING_ID}`))
    .toEqual({ sentence: "Worth the call.", readers: "hosts" });
});
