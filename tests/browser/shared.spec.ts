/*
 * Telling partners what was done (B23), questions to the hosts (B18) and sending someone else
 * (B12): what people do, and what is sent with it.
 */
import { problem } from "./support/exchange";
import { MATERIALS } from "./support/materials";
import { BRIEFING_ID, HOME, INVITED, tell } from "./support/story";
import { expect, test } from "./support/site";
import { checkWhole } from "./support/whole";

const AT = `/briefings/${BRIEFING_ID}`;

test("partners are told with the number that was shown, and in one click on the agenda", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange
    .on("PUT /drafts/action", () => ({}))
    .on("DELETE /drafts/action", () => ({}))
    .on("POST /actions", () => ({ status: 201, body: { id: "action--3" } }));
  await page.goto("/app/shared");
  await page.getByRole("link", { name: "Tell partners what we did" }).click();
  await page.getByRole("button", { name: "Tell 1,204 people" }).click();
  await expect(page.getByRole("alert").first()).toContainText(
    "Nothing was sent",
  );
  expect(exchange.changes()).toEqual([]);
  await page.getByText("Removed", { exact: true }).click();
  await page.getByLabel("Removed: how many").fill("1,212");
  await page.getByLabel("What happened").fill("Accounts posing as clerks.");
  await page.getByText("Also put it on the agenda").click();
  await page.getByText("See every name").click();
  await expect(page.getByText("Odalys Renner")).toBeVisible();
  await page.getByRole("button", { name: "Tell 1,204 people" }).click();
  await expect(
    page.getByText("Told. 1,204 people can read it now."),
  ).toBeVisible();
  const told = exchange.changes().find(({ path }) => path === "/actions");
  expect(told?.body).toMatchObject({
    deeds: [{ deed: "removed", count: 1212, what: "accounts" }],
    label: "green",
    people: 1204,
    briefing: BRIEFING_ID,
  });
  expect(told?.headers["idempotency-key"]).toBeTruthy();
});

test("another number than was shown tells nobody, and shows the new one", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange
    .on("PUT /drafts/action", () => ({}))
    .on("POST /actions", () => ({
      status: 409,
      body: problem(
        409,
        "1203 people would see this now, and you were shown 1204",
      ),
    }));
  await page.goto("/app/shared/tell");
  await page.getByText("Blocked", { exact: true }).click();
  await page.getByLabel("What happened").fill("Addresses.");
  await page.getByRole("button", { name: "Tell 1,204 people" }).click();
  await expect(page.getByRole("alert")).toContainText("Nobody was told yet.");
  await expect(page.getByLabel("What happened")).toHaveValue("Addresses.");
});

test("a question without a name warns where few could have asked it", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange.on(`POST ${AT}/questions`, () => ({ status: 201, body: {} }));
  await page.goto(`/app${AT}`);
  await page.getByLabel("Your question").fill("Which letters?");
  await page.getByText("Ask without my name").click();
  // B6: it is there again when one comes back; B18: only this page holds it.
  const menu = page.getByRole("button", { name: "Menu" });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("link", { name: "Home", exact: true }).click();
  await page.getByRole("link", { name: "What is planned" }).click();
  await expect(page.getByLabel("Your question")).toHaveValue("Which letters?");
  await expect(page.getByText(/Fewer than five/)).toHaveCount(0);
  await page.getByRole("button", { name: "Ask it without my name" }).click();
  await expect(page.getByText("Your question is asked.")).toBeVisible();
  expect(exchange.changes()[0]?.body).toEqual({
    content: "Which letters?",
    is_unattributed: true,
  });
  expect(exchange.sent.filter(({ path }) => /drafts/.test(path))).toEqual([]);
});

test("a host answers in words or says that it was answered on the call", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`PUT ${AT}/questions/question--2/answer`, () => ({ body: {} }));
  await page.goto(`/app${AT}`);
  await page.getByRole("button", { name: /Answer it.*Has any office/ }).click();
  await page
    .getByRole("button", { name: "It was answered on the call" })
    .click();
  await expect(
    page.getByRole("button", { name: /Answer it.*Has any office/ }),
  ).toBeVisible();
  expect(exchange.changes()[0]?.body).toEqual({ is_on_call: true });
});

/* B26: what is wrong stands beside the field, before a byte leaves; the name is told as kept. */
test("a host gives a file to an item, replaces one and takes one back, by the keyboard", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const given = { ...MATERIALS.items[0], id: "briefing-material--4" };
  exchange
    .on(`POST ${AT}/files`, {
      file: "sealed",
      kind: "text",
      bytes: 5,
      sha256: "",
    })
    .on(`POST ${AT}/materials`, () => ({
      status: 201,
      body: {
        ...given,
        title: "Notes",
        file: { ...given.file, name: "notes.txt" },
      },
    }))
    .on(`PUT ${AT}/materials/briefing-material--1`, () => ({
      status: 412,
      body: problem(412, "Somebody was faster; nothing of yours was written"),
    }))
    .on(`DELETE ${AT}/materials/briefing-material--3`, () => ({}));
  await page.goto(`/app${AT}`);
  await expect(
    page.getByText("Opened by 20 or more of 57 organizations"),
  ).toBeVisible();
  await expect(page.getByText(/^It goes to too few/)).toHaveCount(1);
  await page
    .getByRole("button", { name: "Give a file or an object" })
    .press("Enter");
  const file = page.getByLabel("The file");
  await expect(page.getByText("at most 25 MB")).toBeVisible();
  await file.setInputFiles({
    name: "slides.docx",
    mimeType: "application/pdf",
    buffer: Buffer.from("PK"),
  });
  await expect(page.getByText("ends in .pdf, .png")).toBeVisible();
  expect(exchange.changes()).toEqual([]);
  await file.setInputFiles({
    name: "no\u202etes.txt",
    mimeType: "application/vnd.ms-excel",
    buffer: Buffer.from("Hello"),
  });
  await page.getByLabel("What it belongs to").selectOption({ index: 3 });
  await expect(page.getByRole("radio")).toHaveCount(1); // the item is AMBER+STRICT
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth),
  ).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);
  await page.screenshot({
    path: `${__dirname}/results/give-${test.info().project.name}.png`,
    fullPage: true,
  });
  await page
    .getByRole("button", { name: "Give it to who sees that item" })
    .press("Enter");
  await expect(page.getByText("“Notes” is given.")).toBeVisible();
  await expect(
    page.getByText("The file is called “notes.txt” here"),
  ).toBeVisible();
  const [bytes, gave] = exchange.changes();
  expect(bytes?.headers["content-type"]).toBe("text/plain");
  expect(bytes?.body).toBe("Hello");
  expect(gave?.headers["idempotency-key"]).toBeTruthy();
  expect(gave?.body).toEqual({
    file: "sealed",
    name: "no\u202etes.txt",
    item: "briefing-item--2",
    label: "amber+strict",
  });
  await page
    .getByRole("button", { name: /^Replace it.*Read ahead/ })
    .press("Enter");
  await page.getByLabel("The file").setInputFiles({
    name: "slides.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF"),
  });
  await page
    .getByRole("button", { name: "Put this file in its place" })
    .press("Enter");
  await expect(page.getByRole("alert")).toContainText(
    "The file of before is still in place.",
  );
  await page
    .getByRole("button", { name: /^Take it back.*Paper Lantern/ })
    .press("Enter");
  await page
    .getByRole("button", { name: "Take it back from everyone" })
    .press("Enter");
  await expect.poll(() => exchange.changes().at(-1)?.method).toBe("DELETE");
  expect(exchange.changes().at(-1)?.headers["if-match"]).toBe('"3"');
});

/* R2: told beforehand; who opens one is not told who else did. */
test("where materials are opened it stands that a receipt is left", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  await page.goto(`/app${AT}`);
  await expect(page.getByText(/opening what is on .* a receipt/)).toBeVisible();
  await expect(page.getByText(/^Opened/)).toHaveCount(0);
  await page.screenshot({
    path: `${__dirname}/results/materials-${test.info().project.name}.png`,
    fullPage: true,
  });
  const asked = page.waitForRequest(/\/api\/objects\/report--1\?/);
  await page.getByRole("link", { name: "Paper Lantern" }).click();
  expect((await asked).url()).toContain("?material=briefing-material--3");
});

test("someone else is sent from home, by the rule", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange.on(`PUT ${AT}/answer`, () => ({
    body: {
      ...INVITED,
      my_answer: { answer: "delegate", delegate: "Teague Lindqvist" },
    },
  }));
  await page.goto("/app/");
  const begin = page.getByRole("button", { name: "Send someone else" });
  await begin.press("Enter");
  await expect(page.locator(".opened")).toBeFocused();
  await expect(page.getByText("Leave my answer as it is")).toHaveCount(0);
  await page.getByRole("button", { name: "Answer for myself" }).press("Enter");
  await expect(begin).toBeFocused();
  await begin.press("Enter");
  await page.getByText("Teague Lindqvist").click();
  await page.screenshot({
    path: `${__dirname}/results/send-someone-${test.info().project.name}.png`,
  });
  await page
    .getByRole("button", { name: "Send Teague Lindqvist in my place" })
    .click();
  await expect
    .poll(() => exchange.changes()[0]?.body)
    .toEqual({
      answer: "delegate",
      delegate: "identity--2",
    });
});

test("somebody without an account is vouched for, and waits for a call", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  const waits = {
    ...INVITED,
    my_answer: { newcomer: { name: "Nola Reyes", standing: "waits" } },
  };
  exchange.on(`POST ${AT}/newcomer`, () => ({
    status: 422,
    body: {
      ...problem(422, "Some fields are wrong"),
      errors: [
        { field: "/phone", message: "Give the whole number" },
        { field: "/is_vouched_for", message: "Say that you vouch for them" },
      ],
    },
  }));
  await page.goto(`/app${AT}`);
  await page.getByRole("button", { name: "Send someone else" }).press("Enter");
  await page.getByText("Somebody of my office who has no account").click();
  await page.getByLabel("Their name").fill("Nola Reyes");
  await page.getByLabel("Their e-mail address").fill("nola@county.example");
  await page.getByLabel("Their phone number").fill("0133");
  const send = page.getByRole("button", { name: "Vouch for Nola Reyes" });
  await send.press("Enter");
  await expect(page.getByLabel("Their phone number")).toHaveAttribute(
    "aria-invalid",
    "true",
  );
  await expect(page.getByText("Say that you vouch for them")).toBeVisible();
  await checkWhole(page, `newcomer-${test.info().project.name}`);
  exchange.on(`POST ${AT}/newcomer`, waits);
  await page.getByLabel("Their phone number").fill("+1 202 555 0133");
  await page.getByText("I know this person").click();
  await send.press("Enter");
  await expect(
    page.getByText("Nola Reyes goes in your place after a second person"),
  ).toBeVisible();
  expect(exchange.changes().at(-1)?.headers["idempotency-key"]).toBeTruthy();
  expect(exchange.changes().at(-1)?.body).toEqual({
    name: "Nola Reyes",
    email: "nola@county.example",
    phone: "+1 202 555 0133",
    is_vouched_for: true,
  });
});

/* B12: until somebody has called them. */
test("a newcomer is told how far they read, and what happens next", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  exchange
    .on("GET /home", { ...HOME, questions: [], reads_up_to: "green" })
    .on(`GET ${AT}`, { ...INVITED, reads_up_to: "green" });
  for (const path of ["/app/", `/app${AT}`]) {
    await page.goto(path);
    await expect(page.getByText("until somebody has called you")).toContainText(
      "You read up to TLP:GREEN",
    );
  }
});

test("a second person calls, and says that it was them", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const { organization } = INVITED.hosts[0]!;
  exchange
    .on("GET /home", {
      ...HOME,
      questions: [],
      newcomers: [
        {
          id: "identity--9",
          name: "Nola Reyes",
          phone: "+1 202 555 0133",
          organization,
          vouched_by: "Odalys Renner",
          briefing: BRIEFING_ID,
          title: INVITED.title,
          start: INVITED.when.start,
        },
      ],
    })
    .on("PUT /people/identity--9/call", () => ({ status: 204 }));
  await page.goto("/app/");
  await expect(
    page.getByRole("heading", { name: "One thing needs your answer" }),
  ).toBeVisible();
  await page
    .getByRole("button", { name: /^I could not confirm it/ })
    .press("Enter");
  await expect(
    page.getByRole("button", { name: "End the access of Nola Reyes" }),
  ).toBeVisible();
  await checkWhole(page, `newcomer-call-${test.info().project.name}`);
  await page.getByRole("button", { name: "Not now" }).press("Enter");
  await page
    .getByRole("button", { name: "I called, and it was Nola Reyes" })
    .press("Enter");
  await expect
    .poll(() => exchange.changes()[0]?.body)
    .toEqual({ organization: organization.id, is_them: true });
});
