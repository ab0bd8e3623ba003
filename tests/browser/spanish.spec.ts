/*
 * The pages that need no account, to a browser that asks for Spanish (P5): in Spanish as a whole,
 * said so to screen readers, and in English at the press of a link; what comes after signing in is
 * in English.
 */
import type { Page } from "@playwright/test";
import { problem, type Exchange } from "./support/exchange";
import {
  CODES,
  HALF_WAY,
  INVITED_HERE,
  KEY,
  LINK,
  OUTSIDE,
} from "./support/people";
import { expect, test } from "./support/site";
import { NARROW } from "./support/program";
import { CHAIRS, CLERK_SESSION, NOBODY, tell } from "./support/story";
import { checkWhole } from "./support/whole";

test.use({ locale: "es-PR" });

const SECRET = "#a-secret-of-43-letters";
const ABOUT = "POST /session/link/about";

interface PageCase {
  name: string;
  path: string;
  heading: RegExp;
  told?: (exchange: Exchange) => void;
  /* What one presses before it is looked at. */
  then?: string[];
}

const PAGES: PageCase[] = [
  { name: "sign-in", path: "/", heading: /^Iniciar sesión$/ },
  {
    name: "refused",
    path: "/",
    heading: /^Iniciar sesión$/,
    told: (exchange) =>
      exchange.on("POST /session", () => ({
        status: 401,
        body: problem(401, "The address or the password is not right"),
      })),
    then: ["Iniciar sesión con contraseña"],
  },
  {
    name: "second",
    path: "/",
    heading: /Un paso más/,
    told: (exchange) => exchange.on("GET /session", HALF_WAY),
    then: ["Usar un código de recuperación"],
  },
  {
    name: "chairs",
    path: "/",
    heading: /¿Qué puesto/,
    told: (exchange) =>
      exchange.on("GET /session", NOBODY).on("GET /demo/chairs", CHAIRS),
  },
  {
    name: "link",
    path: `/link?lang=es${SECRET}`,
    heading: /le invita/,
    told: (exchange) => exchange.on(ABOUT, LINK),
  },
  {
    name: "link-dead",
    path: `/link${SECRET}`,
    heading: /ya no abre nada/,
    told: (exchange) =>
      exchange.on(ABOUT, () => ({ status: 404, body: problem(404, "None") })),
  },
  { name: "contact", path: `/contact${SECRET}`, heading: /¿Fue usted/ },
  {
    name: "confirm",
    path: `/contact/confirm${SECRET}`,
    heading: /¿Es esta/,
    told: (exchange) =>
      exchange.on("POST /account/contact/confirm", () => ({
        status: 404,
        body: problem(404, "There is no such change"),
      })),
    then: ["Fui yo: esta es mi dirección"],
  },
];

for (const { name, path, heading, told, then = [] } of PAGES)
  test(`in Spanish: ${name}`, async ({ page, exchange }) => {
    exchange.on("GET /session", OUTSIDE);
    told?.(exchange);
    await page.goto(`/app${path}`);
    for (const act of then)
      await page.getByRole("button", { name: act }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await expect(page.locator("html")).toHaveAttribute("lang", "es");
    await hasNoEnglish(page);
    await checkWhole(page, `spanish-${name}-${page.viewportSize()?.width}`);
  });

/* Small words that no Spanish sentence holds; what says that it is English may hold them. */
async function hasNoEnglish(page: Page): Promise<void> {
  const text = await page.evaluate(() => {
    const copy = document.body.cloneNode(true) as HTMLElement;
    copy.querySelectorAll("[lang=en], noscript").forEach((it) => it.remove());
    return copy.textContent ?? "";
  });
  expect(text.match(/\b(the|your|you|with|is|and|of)\b/gi) ?? []).toEqual([]);
}

test.describe("in one width", () => {
  test.skip(
    ({ viewport }) => viewport?.width === NARROW.width,
    "looked at above",
  );

  test("a link is taken in Spanish up to its codes, and the pages behind it are English", async ({
    page,
    exchange,
  }) => {
    tell(exchange, "clerk");
    exchange
      .on("GET /session", OUTSIDE)
      .on(ABOUT, LINK)
      .on("POST /session/link", INVITED_HERE)
      .on("PUT /account/password", () => ({
        status: 422,
        body: problem(422, "Not set", [
          { field: "/password", message: "At least 12 characters" },
        ]),
      }))
      .on("POST /account/totp", KEY)
      .on("PUT /account/totp", CLERK_SESSION)
      .on("POST /account/recovery-codes", CODES);
    const press = (name: string | RegExp) =>
      page.getByRole("button", { name }).click();
    await page.goto(`/app/link${SECRET}`);
    await press(/^Empezar como/);
    await press("Mejor usar una contraseña y una aplicación");
    await press("Poner esta contraseña");
    await expect(page.getByText("Esta contraseña no sirve")).toBeVisible();
    exchange.on("PUT /account/password", CLERK_SESSION);
    await press("Poner esta contraseña");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(
      "Agregue la aplicación en su teléfono",
    );
    await hasNoEnglish(page);
    await page.getByLabel("El código que la aplicación").fill("123456");
    await press("Agregar esta aplicación");
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      "Guarde estos diez códigos",
    );
    await hasNoEnglish(page);
    await checkWhole(page, `spanish-codes-${page.viewportSize()?.width}`);
    await page.getByRole("link", { name: "Ir a lo que espera" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      "your answer",
    );
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
  });

  test("the other language is one press away, and stays for the next page", async ({
    page,
    exchange,
  }) => {
    exchange.on("GET /session", OUTSIDE).on(ABOUT, LINK);
    await page.goto("/app/");
    await page
      .getByRole("textbox", { name: "Correo electrónico" })
      .fill("june@alder.example");
    await page.getByRole("button", { name: "English" }).press("Enter");
    await expect(
      page.getByRole("textbox", { name: "E-mail address" }),
    ).toHaveValue("june@alder.example");
    await expect(page.locator("html")).toHaveAttribute("lang", "en");
    await page.goto(`/app/link${SECRET}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(
      "invites you",
    );
    await page.goto(`/app/contact?lang=es${SECRET}`);
    await expect(page.getByRole("button", { name: "English" })).toBeVisible();
  });
});
