/*
 * The pages about people and their accounts (B3, B5, B6), in each of their states and with each of
 * their forms open: accessible, whole, also at twice the size (P6). Pictures of them are left in
 * results/, those in forced colours too.
 */
import type { Page } from "@playwright/test";
import { problem, type Exchange } from "./support/exchange";
import {
  ACCOUNT,
  BARE_ACCOUNT,
  CODES,
  HALF_WAY,
  INVITED_HERE,
  KEY,
  LINK,
  LINKED_ACCOUNT,
  OUTSIDE,
  RECOVERY,
  tellAccount,
  tellOffice,
  TOKENS,
  WAITING_ACCOUNT,
} from "./support/people";
import { expect, test } from "./support/site";
import { CLERK_SESSION } from "./support/story";
import { checkWhole, checkWidth } from "./support/whole";

interface PageCase {
  name: string;
  path: string;
  heading: RegExp;
  told: (exchange: Exchange) => void;
  /* What one presses before it is looked at. */
  then?: (page: Page) => Promise<void>;
}

const LINK_AT = "/link#a-secret-of-43-letters";
const ABOUT = "POST /session/link/about";

function press(...names: (string | RegExp)[]) {
  return async (page: Page) => {
    for (const name of names)
      await page.getByRole("button", { name }).first().click();
  };
}

function link(about: object) {
  return (exchange: Exchange) =>
    exchange.on("GET /session", OUTSIDE).on(ABOUT, about);
}

const account = (of: typeof ACCOUNT) => (exchange: Exchange) =>
  tellAccount(exchange, of);

const PAGES: PageCase[] = [
  {
    name: "sign-in",
    path: "/",
    heading: /Sign in/,
    told: (exchange) => exchange.on("GET /session", OUTSIDE),
  },
  {
    name: "sign-in-refused",
    path: "/",
    heading: /Sign in/,
    told: (exchange) =>
      exchange.on("GET /session", OUTSIDE).on("POST /session", () => ({
        status: 429,
        headers: { "Retry-After": "58" },
        body: problem(429, "Too many sign-ins have failed; wait a minute"),
      })),
    then: async (page) => {
      await press("Sign in with a password")(page);
      await expect(page.getByRole("alert")).toContainText("58 seconds");
    },
  },
  {
    name: "sign-in-second",
    path: "/",
    heading: /One more step/,
    told: (exchange) => exchange.on("GET /session", HALF_WAY),
  },
  {
    name: "sign-in-recovery",
    path: "/",
    heading: /One more step/,
    told: (exchange) => exchange.on("GET /session", HALF_WAY),
    then: press("Use a recovery code"),
  },
  {
    name: "link",
    path: LINK_AT,
    heading: /Ada Finch of State Election Division, Nebraska invites you/,
    told: link(LINK),
  },
  {
    name: "link-recovery",
    path: LINK_AT,
    heading: /Set a new sign-in/,
    told: link(RECOVERY),
  },
  {
    name: "link-waits",
    path: LINK_AT,
    heading: /This link opens on/,
    told: link({
      ...RECOVERY,
      starts: new Date(Date.now() + 86_400_000).toISOString(),
    }),
  },
  {
    name: "link-dead",
    path: LINK_AT,
    heading: /opens nothing any more/,
    told: (exchange) => exchange.on("GET /session", OUTSIDE),
  },
  {
    name: "link-somebody-else",
    path: LINK_AT,
    heading: /invites you/,
    told: (exchange) =>
      exchange.on("GET /session", CLERK_SESSION).on(ABOUT, LINK),
  },
  {
    name: "link-set-up",
    path: "/link",
    heading: /How will you sign in/,
    told: (exchange) => exchange.on("GET /session", INVITED_HERE),
    then: press("Use a password and an app instead"),
  },
  {
    name: "link-app",
    path: "/link",
    heading: /How will you sign in/,
    told: (exchange) =>
      exchange
        .on("GET /session", INVITED_HERE)
        .on("PUT /account/password", CLERK_SESSION)
        .on("POST /account/totp", KEY),
    then: async (page) => {
      await press(
        "Use a password and an app instead",
        "Set this password",
      )(page);
      await expect(page.getByRole("img", { name: "QR code" })).toBeVisible();
    },
  },
  {
    name: "link-codes",
    path: "/link",
    heading: /How will you sign in/,
    told: (exchange) =>
      exchange
        .on("GET /session", INVITED_HERE)
        .on("PUT /account/password", CLERK_SESSION)
        .on("POST /account/totp", KEY)
        .on("PUT /account/totp", CLERK_SESSION)
        .on("POST /account/recovery-codes", CODES),
    then: async (page) => {
      await press(
        "Use a password and an app instead",
        "Set this password",
        "Add this app",
      )(page);
      await expect(page.getByRole("heading", { level: 1 })).toContainText(
        "Keep these ten codes",
      );
    },
  },
  {
    name: "account",
    path: "/account",
    heading: /in order/,
    told: account(ACCOUNT),
  },
  {
    name: "account-bare",
    path: "/account",
    heading: /Only a password/,
    told: account(BARE_ACCOUNT),
    then: press("Add an authenticator app", "Make a token"),
  },
  {
    name: "account-waiting",
    path: "/account",
    heading: /about to change/,
    told: account(WAITING_ACCOUNT),
    then: press(
      "Change name, address or phone",
      "Change the password",
      /^Remove.*Laptop/,
      "Add a passkey",
      "Revoke",
    ),
  },
  {
    name: "account-link-made",
    path: "/account",
    heading: /made a sign-in link/,
    told: account(LINKED_ACCOUNT),
    then: press("Make ten new codes", "Make ten new codes"),
  },
  {
    name: "contact",
    path: "/contact#a-secret",
    heading: /Was it you/,
    told: (exchange) => exchange.on("GET /session", OUTSIDE),
  },
  {
    name: "contact-confirm",
    path: "/contact/confirm#a-secret",
    heading: /Is this your address/,
    told: (exchange) => exchange.on("GET /session", OUTSIDE),
  },
  {
    name: "office",
    path: "/office",
    heading: /Four people in your care/,
    told: tellOffice,
  },
  {
    name: "office-invite",
    path: "/office",
    heading: /in your care/,
    told: tellOffice,
    then: press("Invite somebody"),
  },
  {
    name: "office-made",
    path: "/office",
    heading: /in your care/,
    told: tellOffice,
    then: press("Invite somebody", "Invite them"),
  },
  {
    name: "office-open",
    path: "/office",
    heading: /in your care/,
    told: tellOffice,
    then: press(
      /^New sign-in link.*Ada/,
      "Make the link for Ada",
      "Confirm the link",
      /^Suspend.*Dove/,
    ),
  },
];

/* As whoever recovers an account, with a password, up to the app. */
async function setPassword(page: Page, exchange: Exchange): Promise<void> {
  exchange
    .on("GET /session", INVITED_HERE)
    .on("PUT /account/password", CLERK_SESSION)
    .on("POST /account/totp", KEY)
    .on("PUT /account/totp", CLERK_SESSION)
    .on("POST /account/recovery-codes", CODES)
    .on("GET /account/tokens", THREE_TOKENS)
    .on("DELETE /account/tokens", {});
  await page.goto("/app/link");
  await press("Use a password and an app instead", "Set this password")(page);
}

const REVOKED = TOKENS.items.map((token) => ({ ...token, is_revoked: true }));
const THREE_TOKENS = {
  items: [
    ...TOKENS.items,
    { ...TOKENS.items[0], id: "token--3", name: "OpenCTI", expires: undefined },
    {
      ...TOKENS.items[0],
      id: "token--4",
      name: "Over",
      expires: "2018-08-22T14:00:00Z",
    },
  ],
};

test("a recovery shows which tokens go on, and ends them in one press (B5)", async ({
  page,
  exchange,
}, { project }) => {
  await setPassword(page, exchange);
  await press("Add this app")(page);
  const left = page.getByRole("region", {
    name: "Tokens of yours that still work",
  });
  await expect(left.getByRole("listitem")).toHaveText([/^MISP/, /^OpenCTI/]);
  await checkWhole(page, `link-tokens-${project.name}`);
  exchange.on("GET /account/tokens", { items: REVOKED });
  await left
    .getByRole("button", { name: "Revoke all 2 tokens" })
    .press("Enter");
  await expect(
    page.getByText("No token of yours works any more."),
  ).toBeVisible();
  const ended = exchange.changes().filter(({ method }) => method === "DELETE");
  expect(ended.map(({ path }) => path)).toEqual(["/account/tokens"]);
});

test("who leaves the app for later sees them too, and without any goes on (B5)", async ({
  page,
  exchange,
}, { project }) => {
  await setPassword(page, exchange);
  await press("Do it later, under your account")(page);
  await expect(
    page.getByRole("button", { name: "Revoke all 2 tokens" }),
  ).toBeVisible();
  await checkWhole(page, `link-left-${project.name}`);
  await setPassword(page, exchange);
  exchange
    .on("GET /account/tokens", { items: REVOKED })
    .on("GET /account", ACCOUNT);
  await press("Do it later, under your account")(page);
  await expect(page).toHaveURL(/\/app\/account$/);
});

test("a token that was made says where it connects, and all of one's own end together", async ({
  page,
  exchange,
}, { project }) => {
  tellAccount(exchange, ACCOUNT);
  exchange
    .on("GET /account/tokens", THREE_TOKENS)
    .on("GET /collections", {
      items: [{ id: "0b9e3b3a-6d1c", title: "Indicators" }],
    })
    .on("POST /account/tokens", {
      token: TOKENS.items[0],
      secret: "tocsin_abc",
    })
    .on("DELETE /account/tokens", {});
  await page.goto("/app/account");
  await press("Make a token")(page);
  await page.getByLabel("What is it for?").fill("OpenCTI");
  await press("Make this token")(page);
  await expect(page.getByLabel("TAXII 2.1 API root")).toHaveValue(
    /\/exchange\/$/,
  );
  await expect(page.getByText("0b9e3b3a-6d1c")).toBeVisible();
  await checkWhole(page, `token-made-${project.name}`);
  await press("I have it", /^Revoke all 2$/)(page);
  await press("Revoke all 2 tokens")(page);
  await expect
    .poll(() =>
      exchange.changes().map(({ method, path }) => `${method} ${path}`),
    )
    .toContain("DELETE /account/tokens");
});

test("codes that would stand in for nothing are not offered, nor is a steward's need told", async ({
  page,
  exchange,
}) => {
  tellAccount(exchange, BARE_ACCOUNT);
  await page.goto("/app/account");
  await expect(page.getByText("Add one of those first.")).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Make ten new codes" }),
  ).toHaveCount(0);
  await expect(page.getByText("Admins and stewards need")).toHaveCount(0);
});

for (const { name, path, heading, told, then } of PAGES) {
  test(`${name} is accessible and whole`, async ({ page, exchange }, {
    project,
  }) => {
    told(exchange);
    await page.goto(`/app${path}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await then?.(page);
    await checkWhole(page, `${name}-${project.name}`);
    if (project.name === "narrow") return;
    await page.emulateMedia({ forcedColors: "active" });
    await page.screenshot({
      path: `${__dirname}/results/${name}-forced.png`,
      fullPage: true,
    });
    await page.setViewportSize({ width: 640, height: 450 }); // 1280 at 200 %
    await checkWidth(page);
  });
}
