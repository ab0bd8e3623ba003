/*
 * Whom a briefing is for, chosen with the keyboard alone, shown again and changed (B10); and who
 * will see what one is about to say (rule 4). Against invented answers.
 */
import type { Page } from "@playwright/test";
import { choose, options } from "./support/chooser";
import {
  AUDIENCE,
  BRIEFING_ID,
  DRAFT,
  HOSTED,
  INVITED,
  tell,
} from "./support/story";
import type { Exchange } from "./support/exchange";
import { expect, test } from "./support/site";
import { checkWhole } from "./support/whole";

const AT = `/briefings/${BRIEFING_ID}`;
const LEAGUE = {
  id: "identity--league",
  name: "League of County Clerks",
  sector: "association",
};
const OHIO = { code: "us-39", state: "Ohio" };
const ALDER = { code: "us-39-c035", state: "Ohio", within: "Alder County" };

function offer(exchange: Exchange): void {
  const officer = {
    organization: LEAGUE,
    person: "identity--ines",
    name: "Ines Marchetti",
    email: "ines@league.example",
  };
  exchange
    .on("GET /places", { items: [OHIO, ALDER] })
    .on("GET /organizations", { items: [LEAGUE] })
    .on("GET /directory", {
      items: [
        { ...officer, duty: "primary" },
        { ...officer, duty: "after-hours" },
      ],
    });
}

function takeOut(page: Page, name: string) {
  return page.getByRole("button", { name: new RegExp(`^Take out.*${name}$`) });
}

test("places, members, organizations and people are chosen with the keyboard alone", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  offer(exchange);
  exchange.on("POST /briefings", () => ({ status: 201, body: HOSTED }));
  await page.goto("/app/briefings/new");
  const says = page.locator(".whom-says");
  await expect(says).toHaveText(
    "This invites the duty officers of state offices, territory offices, and " +
      "county and local offices.",
  );
  await page.locator("summary", { hasText: "Narrow it" }).focus();
  await page.keyboard.press("Enter");
  const places = page.getByRole("combobox", { name: "Only in these places" });
  await places.focus();
  await page.keyboard.press("ArrowDown"); // what there is, before anything is typed
  await expect(options(page)).toHaveCount(2);
  await expect(places).toHaveAttribute("aria-expanded", "true");
  await checkWhole(page, `whom-list-${page.viewportSize()?.width}`);
  await page.keyboard.press("ArrowDown");
  await expect(options(page).nth(1)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(says).toContainText("that are in the area of Alder County.");
  await choose(page, "Only in these places", "oh");
  await expect(says).toContainText("in the area of Alder County or Ohio.");
  await choose(page, "Members of an association", "league");
  await choose(page, "These organizations", "league");
  await choose(page, "These people", "ines");
  await page.getByText("Primary", { exact: true }).click();
  await expect(says).toContainText("Ines Marchetti by name.");
  const area = takeOut(page, "the area of Alder County");
  await area.focus();
  await page.keyboard.press("Enter");
  await expect(area).toHaveCount(0);
  await expect(places).toBeFocused();
  await checkWhole(page, `whom-${page.viewportSize()?.width}`);

  await page.getByLabel("Day", { exact: true }).fill("2027-03-14");
  await page.getByLabel("Time", { exact: true }).fill("14:30");
  await page.getByLabel("Title", { exact: true }).fill("Letters");
  await page
    .getByLabel("Phone number or address, and codes")
    .fill("Call 202-555-0142");
  await page
    .getByRole("button", { name: "Make it and see who will get it" })
    .click();
  await expect
    .poll(() => exchange.changes().some(({ method }) => method === "POST"))
    .toBe(true);
  const made = exchange.changes().find(({ method }) => method === "POST");
  expect(made?.body).toMatchObject({
    audience: {
      sectors: ["state", "territorial", "local"],
      jurisdictions: ["us-39"],
      associations: [LEAGUE.id],
      organizations: [LEAGUE.id],
      people: ["identity--ines"],
      duties: ["primary"],
    },
  });
});

test("what a name does not find is said, and Enter sends nothing", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on("GET /places", { items: [] });
  await page.goto("/app/briefings/new");
  await page.getByText("Narrow it, or add others").click();
  await page.getByRole("combobox", { name: "Only in these places" }).focus();
  await page.keyboard.type("atlantis");
  await expect(page.getByText("Nothing is found. Type")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByText("Nothing is found. Type")).toHaveCount(0);
  await expect(page.getByText("Say the day and the time.")).toHaveCount(0);
});

test("changing it shows all that it is for, and keeps what stays", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const whole = {
    ...HOSTED,
    audience: {
      sectors: ["state", "other"],
      jurisdictions: ["us-39"],
      associations: [LEAGUE.id],
      people: ["identity--ines", "identity--gone"],
      duties: ["stand-in"],
    },
    audience_names: {
      places: [OHIO],
      associations: [LEAGUE],
      organizations: [],
      people: [{ id: "identity--ines", name: "Ines Marchetti" }],
    },
  };
  exchange
    .on(`GET ${AT}`, () => ({ body: whole, headers: { ETag: '"1"' } }))
    .on(`PATCH ${AT}`, whole);
  await page.goto(`/app${AT}/edit`);
  for (const name of ["Ohio", LEAGUE.name, "Ines Marchetti", "identity--gone"])
    await expect(takeOut(page, name)).toBeVisible();
  await expect(page.getByLabel("Others")).toBeChecked();
  await expect(page.getByLabel("Stand-in")).toBeChecked();
  await takeOut(page, "Ohio").click();
  await page.getByRole("button", { name: "Keep the changes" }).click();
  await expect.poll(() => exchange.changes()).toHaveLength(1);
  const { jurisdictions: _, ...left } = whole.audience;
  expect(exchange.changes()[0]?.body).toEqual({ audience: left });
});

test("who will see a correction or an answer is shown before, by name to hosts", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  await page.goto(`/app${AT}`);
  await page
    .getByRole("button", { name: /^Answer it/ })
    .first()
    .click();
  await page.getByRole("button", { name: "Correct a text" }).click();
  const shown = page.locator(".who-reads");
  await expect(shown).toHaveCount(2);
  for (const one of await shown.all()) {
    await expect(one).toContainText(
      "611 people in 540 organizations will see it, and your own office.",
    );
    await one.getByRole("button", { name: "See every name" }).click();
    await expect(
      one.getByRole("group", { name: "Everyone who will see it" }),
    ).toContainText("Teague Lindqvist");
  }
  await checkWhole(page, `who-reads-${page.viewportSize()?.width}`);
});

test("who asks is told how many, and no names; a state finds its counties (B2)", async ({
  page,
  exchange,
}) => {
  tell(exchange, "clerk");
  await page.goto(`/app${AT}`);
  await expect(page.locator(".who-reads")).toContainText(
    "only the hosts see them by name",
  );
  await expect(page.getByText("See every name")).toHaveCount(0);
  const link = page.getByRole("link", {
    name: "Which of your members were reached",
  });
  await expect(link).toHaveCount(0);
  exchange.on(`GET ${AT}`, { ...INVITED, has_reached: true });
  await page.reload();
  await expect(link).toBeVisible();
});

/* At 1280 px too: a line grows with what it says, and the last one is reached all the same. */
test("nothing is cut short in the list of who will get it", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const long = "Office of the Supervisor of Elections and Registration";
  const groups = AUDIENCE.groups.map((group) => ({
    ...group,
    people: group.people.map((one, n) => ({
      ...one,
      organization: n % 2 ? one.organization : `${long}, ${one.organization}`,
    })),
  }));
  exchange
    .on(`GET ${AT}`, DRAFT)
    .on(`GET ${AT}/audience`, { ...AUDIENCE, groups });
  await page.goto(`/app${AT}/audience`);
  const list = page.locator(".long-list");
  const cutShort = () =>
    list
      .locator("tbody tr[aria-rowindex] > *")
      .evaluateAll((cells) =>
        cells
          .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
          .map((cell) => cell.textContent),
      );
  await expect(list.getByRole("rowheader").first()).toBeVisible();
  expect(await cutShort()).toEqual([]);
  await checkWhole(page, `audience-long-${page.viewportSize()?.width}`);
  const rows = Number(
    await list.getByRole("table").getAttribute("aria-rowcount"),
  );
  const lastRow = list.locator(`tr[aria-rowindex="${rows}"]`);
  await list.evaluate((box) => box.scrollIntoView({ block: "center" }));
  await expect(async () => {
    await list.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await expect(lastRow).toBeInViewport({ timeout: 500 });
  }).toPass();
  expect(await cutShort()).toEqual([]);
  const gap = await list.evaluate((box) => {
    const last = [...box.querySelectorAll("tr[aria-rowindex]")].at(-1);
    const below = box.getBoundingClientRect().bottom;
    return below - (last?.getBoundingClientRect().bottom ?? 0);
  });
  expect(Math.abs(gap)).toBeLessThan(4); // and nothing but the list stands in it
  await list.evaluate((box) => box.scrollTo(0, 0));
  await expect(list.getByRole("rowheader").first()).toBeInViewport();
});
