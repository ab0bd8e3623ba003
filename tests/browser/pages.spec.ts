/*
 * Every page, wide and narrow: accessible by axe, nothing cut off, one heading that says the case,
 * nothing that breaks the policy (P4, P6). Pictures of them are left in results/.
 */
import { AGREED, MINE_OPEN, REFUSED } from "./support/approvals";
import {
  NOBODY,
  BRIEFING_ID,
  CHAIRS,
  DRAFT,
  HELD,
  HOME,
  HOST_SESSION,
  tell,
} from "./support/story";
import {
  fitsEveryWidth,
  printsItsLabel,
  saysThatItIsOffline,
  standsForcedColours,
} from "./support/everywhere";
import type { Exchange } from "./support/exchange";
import { expect, test } from "./support/site";
import { checkWhole } from "./support/whole";

interface PageCase {
  name: string;
  as: "clerk" | "host";
  path: string;
  heading: RegExp;
  change?: (exchange: Exchange) => void;
  /* What its head and foot say on paper. */
  printed?: string | RegExp;
  /* Rules of axe that this page breaks by what it is for. */
  except?: string[];
}

const AT = `/briefings/${BRIEFING_ID}`;

const PAGES: PageCase[] = [
  {
    name: "chairs",
    as: "clerk",
    path: "/",
    heading: /Whose chair/,
    change: (exchange) =>
      exchange.on("GET /session", NOBODY).on("GET /demo/chairs", CHAIRS),
  },
  {
    name: "home",
    as: "clerk",
    path: "/",
    heading: /Two things need your answer/,
    printed: "TLP:AMBER",
  },
  {
    name: "home-empty",
    as: "clerk",
    path: "/",
    heading: /Nothing needs your answer/,
    printed: "No label",
    change: (exchange) =>
      exchange.on("GET /home", {
        questions: [],
        newcomers: [],
        looks: [],
        new: { items: [] },
        coming: [],
      }),
  },
  {
    name: "new",
    as: "clerk",
    path: "/new",
    heading: /What came in, newest first/,
    change: (exchange) =>
      exchange.on("GET /new", { items: HOME.new.items, next: "more" }),
  },
  {
    name: "briefings",
    as: "host",
    path: "/briefings",
    heading: /One briefing ahead/,
    printed: "TLP:AMBER",
  },
  {
    name: "briefings-empty",
    as: "clerk",
    path: "/briefings",
    heading: /No briefing ahead/,
    change: (exchange) => exchange.on("GET /briefings", { items: [] }),
  },
  {
    name: "make",
    as: "host",
    path: "/briefings/new",
    heading: /Make a briefing/,
  },
  {
    name: "briefing-invited",
    as: "clerk",
    path: AT,
    heading: /Joint briefing 2/,
    printed: "TLP:AMBER",
  },
  { name: "briefing-host", as: "host", path: AT, heading: /Joint briefing 2/ },
  {
    name: "briefing-draft",
    as: "host",
    path: AT,
    heading: /Joint briefing 2/,
    change: (exchange) =>
      exchange.on(`GET ${AT}`, DRAFT).on(`GET ${AT}/approvals`, MINE_OPEN),
  },
  {
    name: "briefing-refused",
    as: "host",
    path: AT,
    heading: /Joint briefing 2/,
    change: (exchange) =>
      exchange.on(`GET ${AT}`, DRAFT).on(`GET ${AT}/approvals`, REFUSED),
  },
  {
    name: "edit",
    as: "host",
    path: `${AT}/edit`,
    heading: /Change “Joint briefing 2/,
    printed: "TLP:AMBER",
  },
  {
    name: "audience-blocked",
    as: "host",
    path: `${AT}/audience`,
    heading: /630 people will get this/,
    change: (exchange) => exchange.on(`GET ${AT}`, DRAFT),
  },
  {
    name: "audience",
    as: "host",
    path: `${AT}/audience`,
    heading: /630 people will get this. 7 organizations will not/,
    printed: "TLP:AMBER",
    change: (exchange) =>
      exchange.on(`GET ${AT}`, DRAFT).on(`GET ${AT}/approvals`, AGREED),
  },
  {
    name: "attendance",
    as: "host",
    path: `${AT}/attendance`,
    heading: /Nobody has said yet who of 4 was there/,
    printed: "TLP:AMBER",
  },
  {
    name: "useful",
    as: "clerk",
    path: `${AT}/useful`,
    heading: /useful to you/,
  },
  {
    name: "closing",
    as: "host",
    path: `${AT}/closing`,
    heading: /Closing/,
    printed: "TLP:AMBER",
    change: (exchange) => exchange.on(`GET ${AT}`, HELD),
  },
  {
    name: "onward",
    as: "clerk",
    path: `${AT}/onward`,
    heading: /Three items may go on/,
  },
  {
    name: "missing",
    as: "host",
    path: `${AT}/missing`,
    heading: /3 organizations were missing/,
    printed: "TLP:AMBER",
  },
  {
    name: "record",
    as: "host",
    path: `${AT}/record`,
    heading: /The record of/,
  },
  {
    name: "shared",
    as: "host",
    path: "/shared",
    heading: /Partners told of two things in the last 30 days/,
  },
  {
    name: "shared-empty",
    as: "clerk",
    path: "/shared",
    heading: /Nobody has told/,
    change: (exchange) => exchange.on("GET /actions", { items: [] }),
  },
  {
    name: "tell",
    as: "host",
    path: "/shared/tell",
    heading: /Tell partners what we did/,
    change: (exchange) =>
      exchange.on("GET /drafts/action", {
        form: "action",
        updated: new Date().toISOString(),
        body: {
          deeds: ["removed", "warned"],
          counts: { removed: { count: "212", what: "accounts" } },
          happened: "Accounts posing as county clerks.",
          isOnAgenda: true,
        },
      }),
  },
  {
    name: "outbox",
    as: "host",
    path: "/outbox",
    heading: /One message in the outbox/,
    printed: "No label",
  },
  {
    name: "message",
    as: "host",
    path: "/outbox/m1",
    heading: /A call on Tuesday/,
  },
  {
    name: "patterns",
    as: "clerk",
    path: "/patterns",
    heading: /The parts these pages are made of/,
    except: ["landmark-unique"], // a part stands here several times
  },
  {
    name: "nothing",
    as: "clerk",
    path: "/no/such/page",
    heading: /Nothing here for you/,
  },
];

for (const { name, as, path, heading, change, printed, except = [] } of PAGES) {
  test(`${name} is accessible and whole`, async ({ page, exchange }, {
    project,
  }) => {
    tell(exchange, as);
    change?.(exchange);
    await page.goto(`/app${path}`);
    await expect(page.getByRole("heading", { level: 1 }).first()).toHaveText(
      heading,
    );
    await checkWhole(page, `${name}-${project.name}`, except);
    if (project.name === "narrow") return; // the rest sets its own widths
    await fitsEveryWidth(page);
    await standsForcedColours(page);
    await printsItsLabel(page, printed);
    await saysThatItIsOffline(page, exchange);
  });
}

const FROM_RIGHT_TO_LEFT =
  "\u05e9\u05e8\u05d4 \u05dc\u05d5\u05d9 (3) \u202eabc";

test("a name from right to left turns nothing round beside it", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on("GET /session", {
    ...HOST_SESSION,
    person: { ...HOST_SESSION.person, name: FROM_RIGHT_TO_LEFT },
  });
  await page.goto(`/app${AT}`);
  const name = page.getByText(FROM_RIGHT_TO_LEFT).first();
  await expect(name).toHaveCSS("unicode-bidi", "isolate");
  const [own, organization] = await Promise.all([
    name.boundingBox(),
    page.locator(".who b", { hasText: "Watch" }).boundingBox(),
  ]);
  expect(own?.x ?? 0).toBeLessThan(organization?.x ?? 0);
});

/* B16: in the night in which the clocks go back one time comes twice. */
test("a time that comes twice is told, and a host may choose another", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  const twice = { ...DRAFT.when, local: "2028-11-05T01:30" };
  const when = { ...twice, is_first_of_two: true };
  exchange.on(`GET ${AT}`, { ...DRAFT, when });
  await page.goto(`/app${AT}`);
  const note = page.getByText("show 1:30 a.m. twice. The first of the two");
  await expect(note).toBeVisible();
  await expect(
    page.getByRole("link", { name: "Choose another time" }),
  ).toHaveAttribute("href", `/app${AT}/edit`);
  tell(exchange, "clerk");
  const [first, ...others] = HOME.questions;
  const briefing = { ...first!.briefing, when };
  exchange.on("GET /home", {
    ...HOME,
    questions: [{ ...first, briefing }, ...others],
  });
  await page.goto("/app/");
  await expect(note).toBeVisible();
});

test("the filled button is the host's own answer as long as that is open", async ({
  page,
  exchange,
}) => {
  tell(exchange, "host");
  exchange.on(`GET ${AT}`, DRAFT).on(`GET ${AT}/approvals`, MINE_OPEN);
  await page.goto(`/app${AT}`);
  const filled = page.locator(".next-step .usa-button");
  await expect(page.locator(".approving").getByRole("button")).not.toHaveCount(
    0,
  );
  await expect(page.getByText("Nobody has got this yet.")).toBeVisible();
  await expect(filled).toHaveCount(0);
  exchange.on(`GET ${AT}/approvals`, AGREED);
  await page.reload();
  await expect(filled).toHaveText("Who will get this");
});
