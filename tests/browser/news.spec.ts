/*
 * What came in, narrowed: what is asked for stands in the address, is asked of the exchange, and
 * can be cleared.
 */
import type { NewThing } from "../../web/src/api/types";
import type { Page } from "@playwright/test";
import { problem, type Exchange, type Sent } from "./support/exchange";
import { expect, test } from "./support/site";
import { tell } from "./support/story";
import { checkWhole } from "./support/whole";

const HOSTS = "identity--8f1c1d06-4d1b-4c3e-9f3e-2f8f4f7d1a11";
const OFFICE = "identity--2c1f8b0e-5a57-4a70-9c0c-4cbb9f0f9a52";
const SHELF = "91a7b528-80eb-42ed-a74d-c6fbd5a26116";

const THINGS: NewThing[] = Array.from({ length: 3 }, (_, n) => ({
  id: `report--${n}`,
  type: "report",
  title: `Letters about polling places, part ${n}`,
  words: "What they say, and where they came from",
  label: "amber",
  source: "Quillon Systems",
  added: "2026-08-29T14:00:00Z",
  is_exercise: false,
}));

const ANSWER: NewThing = {
  id: "note--1",
  type: "note",
  title: "Towns and townships, eleven of them in Michigan.",
  label: "green",
  source: "Continental Cyber Defense Office",
  added: "2026-08-29T13:00:00Z",
  is_exercise: false,
  part_of: {
    briefing: "briefing--1",
    title: "False pages",
    is_answer: true,
    is_to_mine: false,
    question: "Do the forty pages name townships?",
  },
};

const COLLECTION = {
  title: "Incidents",
  default_label: "amber",
  is_public: false,
  is_built_in: false,
  may_write: false,
};

function tellNews(exchange: Exchange): void {
  tell(exchange, "clerk");
  const member = {
    id: HOSTS,
    name: "Quillon Systems",
    sector: "vendor",
    jurisdictions: [],
  };
  const office = {
    ...member,
    id: OFFICE,
    name: "Continental Cyber Defense Office",
    sector: "federal",
  };
  exchange
    .on("GET /organizations", { items: [member, office] })
    .on(`GET /organizations/${HOSTS}`, member)
    .on(`GET /organizations/${OFFICE}`, office)
    .on("GET /collections", {
      items: [
        { ...COLLECTION, id: SHELF, may_read: true },
        { ...COLLECTION, id: "closed", title: "Closed", may_read: false },
        {
          ...COLLECTION,
          id: "m",
          alias: "members",
          title: "Members",
          may_read: true,
        },
      ],
    })
    .on("GET /new", ({ query }: Sent) => {
      if (query["kind"] === "foo")
        return {
          status: 422,
          body: problem(422, "Not understood", [
            { field: "/kind", message: "It is one of" },
          ]),
        };
      if (query["kind"] === "channel") return { body: { items: [] } };
      if (query["kind"] === "note")
        return query["cursor"]
          ? { body: { items: THINGS } }
          : { body: { items: [], next: "on" } };
      if (query["kind"]) return { body: { items: THINGS, next: "on" } };
      return { body: { items: [ANSWER, ...THINGS] } };
    });
}

/* The question as it stands there folded. */
function folded(page: Page, question: string) {
  return page.locator("summary").filter({ hasText: question });
}

async function tick(page: Page, question: string, ...answers: string[]) {
  await folded(page, question).click();
  for (const answer of answers)
    await page
      .getByRole("group", { name: question })
      .getByText(answer, { exact: true })
      .click();
}

test.beforeEach(({ exchange }) => tellNews(exchange));

test("what is asked for is in the address, and can be kept and cleared", async ({
  page,
  exchange,
}) => {
  await page.goto("/app/new");
  await tick(page, "What it is", "Report", "Campaign");
  await tick(page, "Label", "TLP:AMBER");
  await tick(page, "Collection", "Incidents");
  await page.getByLabel("When it came").selectOption("In the last 7 days");
  await expect(
    page.getByRole("group", { name: "Collection" }).getByRole("checkbox"),
  ).toHaveCount(1);
  for (const name of ["Quillon", "Continental"]) {
    await page.getByLabel(/^Who shared it/).fill(name);
    await page.getByRole("option", { name }).click();
  }
  await checkWhole(page, `news-open-${test.info().project.name}`);
  await page.getByRole("button", { name: "Show these" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText("3 or more things, newest first");
  await expect(heading).toBeFocused();
  const asked = [
    ["kind", "campaign"],
    ["kind", "report"],
    ["organization", HOSTS],
    ["organization", OFFICE],
    ["label", "amber"],
    ["collection", SHELF],
    ["since", "7d"],
  ];
  expect([...new URL(page.url()).searchParams]).toEqual(asked);
  const sent = exchange.sent.filter(({ path }) => path === "/new").at(-1);
  expect([...sent!.search]).toEqual(asked);
  await page.reload();
  await expect(folded(page, "What it is")).toHaveText(/Campaign, Report$/);
  await expect(folded(page, "Collection")).toHaveText(/Incidents$/);
  await expect(
    page.getByRole("list", { name: /Who shared it/ }).getByRole("listitem"),
  ).toHaveText([/Quillon Systems/, /Continental Cyber Defense Office/]);
  await checkWhole(page, `news-narrowed-${test.info().project.name}`);
  await page.getByRole("link", { name: "Clear" }).click();
  await expect(heading).toHaveText("What came in, newest first");
  await expect(folded(page, "What it is")).toHaveText(/Anything$/);
  expect(new URL(page.url()).search).toBe("");
});

test("an answer shows the question that it answers", async ({ page }) => {
  await page.goto("/app/new");
  const row = page
    .getByRole("listitem")
    .filter({ hasText: "Answer to a question" });
  await expect(row).toContainText(
    "Asked: “Do the forty pages name townships?”",
  );
  await checkWhole(page, `news-answer-${test.info().project.name}`);
});

test("where nothing is like that it is said what to do", async ({ page }) => {
  await page.goto("/app/new?kind=channel");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Nothing is like that",
  );
  await checkWhole(page, `news-none-${test.info().project.name}`);
  await page.getByRole("link", { name: "see all that came in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "What came in, newest first",
  );
});

test("what fits rarely goes on behind an empty page", async ({ page }) => {
  await page.goto("/app/new?kind=note");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Nothing among the newest",
  );
  await expect(page.getByText("looks through older ones")).toBeVisible();
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "3 things found",
  );
});

test("an address that asks for what is not known is told beside its field", async ({
  page,
}) => {
  await page.goto("/app/new?kind=foo");
  await expect(
    page.getByRole("group", { name: "What it is" }),
  ).toHaveAccessibleDescription("Choose from the list.");
  await expect(page.getByText("not known here")).toBeVisible();
  await checkWhole(page, `news-wrong-${test.info().project.name}`);
});

test("more answers to one question than are taken are told before they are sent", async ({
  page,
}) => {
  const many = Array.from({ length: 21 }, (_, n) => `organization=x--${n}`);
  await page.goto(`/app/new?${many.join("&")}`);
  await expect(page.getByLabel(/^Who shared it/)).toHaveAccessibleDescription(
    /Choose at most 20 of them/,
  );
});

test("what cannot be ticked goes out of the address with the next question", async ({
  page,
}) => {
  await page.goto("/app/new?kind=foo&collection=members");
  await tick(page, "Label", "TLP:RED");
  await page.getByRole("button", { name: "Show these" }).click();
  await expect(page).toHaveURL(/\/new\?label=red$/);
});
