/*
 * Telling partners what was done (B23), questions to the hosts (B18) and sending someone else
 * (B12): what people do, and what is sent with it.
 */
import { problem } from "./support/exchange";
import { BRIEFING_ID, INVITED, tell } from "./support/story";
import { expect, test } from "./support/site";

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
  await expect(page.getByText(/Fewer than five/)).toHaveCount(0);
  await page.getByRole("button", { name: "Ask it without my name" }).click();
  await expect(page.getByText("Your question is asked.")).toBeVisible();
  expect(exchange.changes()[0]?.body).toEqual({
    content: "Which letters?",
    is_unattributed: true,
  });
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
  await page.getByRole("button", { name: "Send someone else" }).click();
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
