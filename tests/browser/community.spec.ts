/*
 * The community's pages, wide and narrow, and what one does on them: search, the directory and its
 * sheet, whom an association reached (B2), what stewards keep (B3, B4), for whom there are no such
 * pages.
 */
import type { Session } from "../../web/src/api/types";
import {
  ADMIN,
  ASSOCIATION,
  COLLECTION_ID,
  ELECTIONS,
  HEAD,
  HITS,
  OFFICERS,
  OFFICE_ID,
  PREVIEW,
  STEWARD,
  TOKENS,
  tellCommunity,
} from "./support/community";
import { choose } from "./support/chooser";
import { problem, type Sent } from "./support/exchange";
import { expect, test } from "./support/site";
import { WAITS } from "./support/looks";
import { BRIEFING_ID, CLERK_SESSION, HOME } from "./support/story";
import { checkWhole } from "./support/whole";

interface PageCase {
  name: string;
  as: Session;
  path: string;
  heading: RegExp;
}

const PAGES: PageCase[] = [
  {
    name: "search",
    as: CLERK_SESSION,
    path: "/search?q=imitation",
    heading: /2 things say “imitation”/,
  },
  {
    name: "search-start",
    as: CLERK_SESSION,
    path: "/search",
    heading: /Search what you may read/,
  },
  {
    name: "thing",
    as: CLERK_SESSION,
    path: "/objects/indicator--1",
    heading: /Imitation of a county’s sign-in page/,
  },
  {
    name: "sightings",
    as: ADMIN,
    path: "/sightings",
    heading: /What others met of what you shared/,
  },
  {
    name: "receipts",
    as: CLERK_SESSION,
    path: "/receipts",
    heading: /Who looked at your office’s receipts/,
  },
  {
    name: "directory",
    as: ADMIN,
    path: "/directory",
    heading: /2 duty officers answer/,
  },
  {
    name: "sheet",
    as: ADMIN,
    path: "/directory/sheet",
    heading: /Bring a sheet back/,
  },
  {
    name: "reached",
    as: ASSOCIATION,
    path: `/briefings/${BRIEFING_ID}/reached`,
    heading: /47 of 56 members reached/,
  },
  {
    name: "coverage",
    as: STEWARD,
    path: "/exchange",
    heading: /1 of 2 states and territories have nobody on duty/,
  },
  {
    name: "organizations",
    as: STEWARD,
    path: "/exchange/organizations",
    heading: /1 organization is known/,
  },
  {
    name: "organization",
    as: STEWARD,
    path: `/exchange/organizations/${OFFICE_ID}`,
    heading: /Alder County Clerk/,
  },
  {
    name: "tokens",
    as: STEWARD,
    path: "/exchange/tokens",
    heading: /1 token lets programs in/,
  },
  {
    name: "organization-tokens",
    as: STEWARD,
    path: `/exchange/organizations/${OFFICE_ID}/tokens`,
    heading: /One program may act for Alder County Clerk/,
  },
  {
    name: "collections",
    as: STEWARD,
    path: "/exchange/collections",
    heading: /1 collection holds/,
  },
  {
    name: "collection",
    as: STEWARD,
    path: `/exchange/collections/${COLLECTION_ID}`,
    heading: /Indicators/,
  },
  {
    name: "grants",
    as: STEWARD,
    path: "/exchange/grants",
    heading: /1 grant says/,
  },
  {
    name: "elections",
    as: STEWARD,
    path: "/exchange/elections",
    heading: /2 elections besides the federal day/,
  },
  {
    name: "audiences",
    as: STEWARD,
    path: "/exchange/audiences",
    heading: /1 audience has a name/,
  },
  {
    name: "holds", // B27
    as: STEWARD,
    path: "/exchange/holds",
    heading: /2 holds keep things here/,
  },
  {
    name: "audit",
    as: STEWARD,
    path: "/exchange/audit",
    heading: /Who did what/,
  },
  {
    name: "exchange-of-others",
    as: ADMIN,
    path: "/exchange",
    heading: /Nothing here for you/,
  },
];

for (const { name, as, path, heading } of PAGES) {
  test(`${name} is accessible and whole`, async ({ page, exchange }, {
    project,
  }) => {
    tellCommunity(exchange, as);
    await page.goto(`/app${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await checkWhole(page, `${name}-${project.name}`);
  });
}

/* R3 */
test("a seal is saved, and one that was kept is checked", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, CLERK_SESSION);
  const fault = "audit row 12 was changed";
  exchange.on("GET /audit/head", ({ query: { against } }: Sent) => ({
    body: against
      ? { ...HEAD, kept: { is_whole: against === HEAD.line, fault } }
      : HEAD,
  }));
  await page.goto("/app/receipts");
  const saving = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save this seal" }).press("Enter");
  const file = await (await saving).path();
  const chooser = page.getByLabel("Check a seal that you kept");
  await chooser.setInputFiles(file);
  await expect(page.getByText("The record fits this seal")).toBeVisible();
  const buffer = Buffer.from("tocsin-head 1 12 another\n");
  await chooser.setInputFiles({
    name: "a.txt",
    mimeType: "text/plain",
    buffer,
  });
  await expect(
    page.getByText(`does not fit this seal: ${fault}`),
  ).toBeVisible();
  await checkWhole(page, `seal-${project.name}`);
});

test("what was shared says who met it, how often and when", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, CLERK_SESSION);
  await page.goto("/app/objects/indicator--1");
  await expect(page.getByText("Met 13 times by 2 organizations")).toBeVisible();
  const by = page.getByRole("region", { name: "Who met it" });
  await expect(by.getByText("Met 12 times")).toBeVisible();
  await expect(by.getByText("An organization that is gone")).toBeVisible();
  await expect(by.getByText("They did not say when.")).toBeVisible();
  exchange.on("GET /objects/indicator--1/sightings", {
    times: 0,
    has_older: false,
    by: [],
    behind: 0,
  });
  await page.reload();
  await expect(
    page.getByText("Nobody has said that they met it."),
  ).toBeVisible();
  await checkWhole(page, `met-by-nobody-${project.name}`);
});

test("whoever shared nothing that was met is told how it comes back", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, ADMIN);
  exchange.on("GET /sightings", { items: [] });
  await page.goto("/app/sightings");
  await expect(
    page.getByText("Nobody has sent a sighting of what you shared yet."),
  ).toBeVisible();
  await checkWhole(page, `sightings-none-${project.name}`);
});

/* G4 */
test("an audience names tokens and roles, and the page says whom the whole admits", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, STEWARD);
  exchange.on("POST /audiences", { id: "marking-definition--2", name: "All" });
  await page.goto("/app/exchange/audiences");
  await expect(page.getByRole("row", { name: /Counties of/ })).toContainText(
    "1 token and everyone of county and local offices or state offices, " +
      "within Nebraska, who publishes",
  );
  await expect(page.getByText("Three absent lists match nobody")).toBeVisible();
  await expect(page.getByText("token has no role")).toBeVisible();
  await page.getByLabel("Name", { exact: true }).fill("All");
  await choose(page, "People", "june", "June Haverty");
  await choose(page, "People", "nola@county.example", "nola@county.example");
  await choose(page, "Tokens of programs", "larkmoor", TOKENS[0]!.name);
  for (const choice of ["State offices", "Members, who read and answer"])
    await page.getByText(choice, { exact: true }).click();
  await checkWhole(page, `audience-form-${project.name}`);
  await page.getByRole("button", { name: "Name this audience" }).click();
  await expect(page.getByText("Kept.")).toBeVisible();
  expect(exchange.changes().at(-1)?.body).toMatchObject({
    people: ["identity--june", "nola@county.example"],
    tokens: [TOKENS[0]!.id],
    sectors: ["state"],
    roles: ["member"],
  });
});

/* B27 */
test("what is to be held is found by its title, or given by its id", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, STEWARD);
  exchange.on("POST /holds", { items: [] });
  await page.goto("/app/exchange/holds");
  await expect(
    page.getByRole("button", { name: "Hold everything" }),
  ).toBeVisible();
  const id = "report--5f7c2f3e-8d0a-4c1b-9c57-0f1d2a3b4c5d";
  await choose(page, "What is to be held", id);
  await choose(page, "What is to be held", "imitation", HITS[1]!.title);
  await expect(page.getByText(id)).toHaveCount(0); // a hold is of one thing
  await page.getByLabel("Why", { exact: true }).fill("Request 18-204");
  await checkWhole(page, `hold-form-${project.name}`);
  await page.getByRole("button", { name: "Hold this" }).click();
  await expect(page.getByText("Kept.")).toBeVisible();
  expect(exchange.changes().at(-1)?.body).toEqual({
    object: HITS[1]!.id,
    reason: "Request 18-204",
  });
});

/* B27, G2 */
test("what is held is shown by its title, with a way there, where one may read it", async ({
  page,
  exchange,
}) => {
  tellCommunity(exchange, STEWARD);
  await page.goto("/app/exchange/holds");
  const rows = page.getByRole("row");
  const briefing = rows.filter({ hasText: "18-204" });
  await expect(
    briefing.getByRole("link", { name: "What the pages that copy" }),
  ).toHaveAttribute("href", `/app/briefings/${BRIEFING_ID}`);
  await expect(briefing).toContainText("TLP:AMBER+STRICT");
  await expect(
    rows.getByRole("link", { name: "Quillon Systems" }),
  ).toHaveAttribute("href", /^\/app\/objects\/identity--/);
  await expect(rows.filter({ hasText: "18-210" }).getByRole("link")).toHaveText(
    "Sighting",
  );
  const unknown = rows.filter({ hasText: "what this one wrote" });
  await expect(unknown).toContainText(
    /not here, or .* may not read: person--7/,
  );
  await expect(unknown.getByRole("link")).toHaveCount(0);
});

/* R2 */
test("whoever shared a thing asks how many were given it, and for names with a reason", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, ADMIN);
  await page.goto("/app/objects/indicator--1");
  await page
    .getByRole("button", { name: "Ask how many have been given it" })
    .press("Enter");
  await expect(page.locator(".opened")).toBeFocused();
  await expect(page.getByText("12 organizations")).toBeVisible();
  await expect(
    page.getByText("In each other kind of office there are fewer than five"),
  ).toBeVisible();
  await page.getByLabel("Why you need the names").fill(WAITS.reason!);
  await page.getByRole("button", { name: "Ask for the names" }).press("Enter");
  await expect(page.getByText("a second is needed")).toBeVisible();
  await checkWhole(page, `names-asked-${project.name}`);
});

test("a second person finds the question on home, and says no", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, ADMIN);
  const said: unknown[] = [];
  exchange
    .on("GET /home", () => ({
      body: {
        ...HOME,
        questions: [],
        looks: said.length ? [] : [{ ...WAITS, is_own: false }],
      },
    }))
    .on("PUT /looks/look-2", ({ body }: Sent) => {
      said.push(body);
      return { status: 204 };
    });
  await page.goto("/app/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "One thing needs your answer",
  );
  await expect(page.getByText(WAITS.reason!)).toBeVisible();
  await checkWhole(page, `second-person-${project.name}`);
  await page.getByRole("button", { name: /^No, tell no names/ }).press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Nothing needs your answer",
  );
  expect(said).toEqual([{ agrees: false }]);
});

test("one searches from any page, and what was found says where it leads", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, CLERK_SESSION);
  await page.goto("/app/directory");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  if (project.name === "narrow")
    await page.getByRole("button", { name: "Menu" }).click();
  const search = page.getByRole("banner").getByRole("search");
  const field = search.getByRole("searchbox", {
    name: "Search what you may read",
    exact: true,
  });
  await expect(field).not.toHaveAttribute("placeholder");
  await field.fill("imitation pages");
  await expect(search.getByRole("button", { name: "Search" })).toBeVisible();
  await checkWhole(page, `search-header-${project.name}`);
  await search.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "2 things say “imitation pages”",
  );
  expect(new URL(page.url()).searchParams.get("q")).toBe("imitation pages");
  await expect(
    page.getByRole("link", { name: HITS[1]!.title }),
  ).toHaveAttribute("href", `/app/briefings/${BRIEFING_ID}`);
  await page.getByRole("link", { name: HITS[0]!.title }).click();
  await expect(
    page.getByRole("heading", { name: "Who may see it" }),
  ).toBeVisible();
  await page.getByText("As it was contributed (STIX)").click();
  await expect(page.getByText('"pattern_type": "stix"')).toBeVisible();
  await page.goBack();
  exchange.on("GET /search", { items: [], behind: 3 });
  await page.getByLabel("Kind").selectOption({ label: "Malware" });
  await page.getByRole("main").getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Nothing you may read says “imitation pages”",
  );
  await expect(page.getByText("3 newer things are not looked")).toBeVisible();
});

/* B9, R2: of what a briefing's hosts decided by inviting, others are counted and not named. */
test("whom hosts invited beside the reader is counted by sector and not named", async ({
  page,
  exchange,
}, { project }) => {
  tellCommunity(exchange, CLERK_SESSION);
  exchange.on("GET /objects/indicator--1/may-see", {
    items: [
      {
        id: "identity--1",
        name: "Agency",
        sector: "federal",
        is_by_name: false,
      },
    ],
    sectors: [{ sector: "state", count: 12 }],
  });
  await page.goto("/app/objects/indicator--1");
  const section = page.getByRole("region", { name: "Who may see it" });
  await expect(section.getByRole("listitem")).toHaveText([
    "Agency",
    "State offices: 12 organizations",
  ]);
  await expect(section).toContainText("fewer than five, or none");
  await expect(section).toContainText("counted by sector");
  await checkWhole(page, `${project.name}-thing-invited`);
});

test("a sheet is looked at first, its faults stand beside their lines, then it is brought", async ({
  page,
  exchange,
}) => {
  tellCommunity(exchange, ADMIN);
  exchange.on("POST /directory/sheet", PREVIEW);
  await page.goto("/app/directory/sheet");
  const file = page.getByLabel("The sheet (CSV)");
  const sheet = (text: string) => ({
    name: "directory.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
  await file.setInputFiles(sheet("organization,email,duty\n"));
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "1 line cannot stand; nothing can be changed before",
  );
  await expect(page.getByRole("row", { name: /^Line 3|^3/ })).toContainText(
    "Nobody with this e-mail belongs",
  );
  await expect(page.getByRole("button", { name: /^Change/ })).toHaveCount(0);

  const good = { ...PREVIEW, faults: 0, lines: PREVIEW.lines.slice(0, 1) };
  exchange.on("POST /directory/sheet", ({ body }: { body: unknown }) => ({
    body: { ...good, is_done: !(body as { is_preview?: boolean }).is_preview },
  }));
  await file.setInputFiles(sheet("organization,email,duty,verified\n"));
  await page.getByRole("button", { name: "Change 1 duty" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "1 line changed the directory",
  );
  const [first, , last] = exchange.changes();
  expect(first?.body).toMatchObject({ is_preview: true });
  expect(last?.body).toEqual({ csv: "organization,email,duty,verified\n" });
});

test("an organization is changed as it was seen, and suspended", async ({
  page,
  exchange,
}) => {
  const at = `/organizations/${OFFICE_ID}`;
  tellCommunity(exchange, STEWARD);
  await page.goto(`/app/exchange${at}`);
  await page.getByLabel("Who asked them, and when").fill("Called on Monday");
  exchange.on(`PATCH ${at}`, ({ body }: { body: unknown }) => ({
    body: {
      id: OFFICE_ID,
      name: "Alder County Clerk, Nebraska",
      sector: "local",
      status: "member",
      links: [],
      ...(body as object),
    },
    headers: { ETag: '"2"' },
  }));
  await page.getByRole("button", { name: "Keep these changes" }).click();
  await page.getByRole("button", { name: /^Suspend Alder/ }).click();
  await expect(page.getByText("Suspended", { exact: true })).toBeVisible();
  const [kept, suspended] = exchange.changes();
  expect(kept?.body).toMatchObject({ note: "Called on Monday" });
  expect(kept?.headers["if-match"]).toBe('"1"');
  expect(suspended?.body).toEqual({ is_suspended: true });
  expect(suspended?.headers["if-match"]).toBe('"2"');
});

test("the chain of the record is green, or says where it breaks", async ({
  page,
  exchange,
}) => {
  tellCommunity(exchange, STEWARD);
  exchange.on("GET /audit/chain", { is_whole: true, rows: 432 });
  await page.goto("/app/exchange/audit");
  const check = page.getByRole("button", { name: "Check the chain" });
  await check.click();
  await expect(
    page.getByText("The chain is whole: 432 rows checked"),
  ).toBeVisible();
  const fault = "audit row 7 was changed";
  exchange.on("GET /audit/chain", { is_whole: false, rows: 6, fault });
  await check.click();
  await expect(page.getByText(`The chain is broken: ${fault}`)).toBeVisible();
});

test("what is wrong with an election stands at its fields, and a row is changed in place", async ({
  page,
  exchange,
}) => {
  tellCommunity(exchange, STEWARD);
  exchange.on("POST /elections", () => ({
    status: 422,
    body: problem(422, "Look at what is marked", [
      { field: "/jurisdiction", message: "Say where" },
    ]),
  }));
  await page.goto("/app/exchange/elections");
  await page.getByLabel("Name").fill("Ohio primary");
  await page.getByRole("button", { name: "Add this election" }).click();
  const place = page.getByLabel("Place", { exact: true });
  await expect(place).toHaveAccessibleDescription(/Say where/);
  await expect(
    page.getByRole("row", { name: /Alder County bond issue/ }),
  ).toContainText("the area of Alder County (Nebraska)");
  await expect(page.getByLabel("Name")).toHaveValue("Ohio primary");
  const [first] = ELECTIONS;
  exchange.on(`PUT /elections/${first!.id}`, () => ({ status: 204 }));
  await page
    .getByRole("button", { name: /^Change .*Nebraska primary/ })
    .click();
  await expect(page.getByRole("list", { name: /Place/ })).toContainText(
    "Nebraska",
  );
  await place.fill("Oh");
  await page.getByRole("option", { name: "Ohio" }).click();
  await expect(
    page.getByRole("list", { name: /Place/ }).getByRole("listitem"),
  ).toHaveText([/^Ohio/]);
  await page.getByLabel("Day", { exact: true }).fill("2028-05-16");
  await page.getByRole("button", { name: "Keep these changes" }).click();
  await expect(
    page.getByRole("heading", { name: "Add an election" }),
  ).toBeVisible();
  expect(exchange.changes()[1]?.body).toEqual({
    name: "Nebraska primary",
    jurisdiction: "us-39",
    kind: "primary",
    date: "2028-05-16",
  });
});

test("what more brings of a list takes the focus, also where it was the last", async ({
  page,
  exchange,
}) => {
  tellCommunity(exchange, CLERK_SESSION);
  const [june, ole] = OFFICERS;
  const pages = [
    { body: { items: [june], next: "second" } },
    { status: 503, body: problem(503, "The exchange is busy") },
    { body: { items: [ole] } },
  ];
  exchange.on("GET /directory", () => pages.shift() ?? {});
  await page.goto("/app/directory");
  const more = page.getByRole("button", { name: "Show more" });
  await more.press("Enter");
  await expect(page.getByRole("alert")).toContainText(
    "The rest of the list did not come.",
  );
  await more.press("Enter");
  await expect(page.getByRole("row", { name: /Ole Brandt/ })).toBeFocused();
  await expect(more).toHaveCount(0);
  await page.screenshot({
    path: `${__dirname}/results/more-${test.info().project.name}.png`,
  });
});
