/*
 * Invented accounts: a clerk with all that an account may have, an office with somebody in every
 * state, and links of every kind.
 */
import type {
  Account,
  Person,
  Reply,
  Session,
  Token,
} from "../../../web/src/api/types";
import type { Exchange } from "./exchange";
import { CLERK_SESSION, HOST_SESSION, NOBODY } from "./story";

const HOUR_MS = 60 * 60 * 1000;

function inHours(hours: number): string {
  return new Date(Date.now() + hours * HOUR_MS).toISOString();
}

/* An exchange that is no demo: nobody sits down in a chair. */
export const OUTSIDE: Session = {
  exchange: { ...NOBODY.exchange, is_demo: false, is_exercise: false },
};

export const HALF_WAY: Session = {
  ...OUTSIDE,
  needs: "passkey",
  csrf: "token-of-this-session",
};

export const INVITED_HERE: Session = {
  ...OUTSIDE,
  needs: "setup",
  invited: {
    name: "Odalys Renner",
    email: "odalys@alder.example",
    organization: "Alder County Clerk, Nebraska",
  },
  csrf: "token-of-this-session",
};

type LinkAbout = Reply<"/session/link/about", "post">;

export const LINK: LinkAbout = {
  name: "Odalys Renner",
  email: "odalys@alder.example",
  organization: "Alder County Clerk, Nebraska",
  is_newcomer: true,
  starts: inHours(-2),
  expires: inHours(14 * 24),
  by: {
    organization: "State Election Division, Nebraska",
    person: "Ada Finch",
  },
};

export const RECOVERY: LinkAbout = { ...LINK, is_newcomer: false };

export const CODES = {
  codes: [..."abcdefghij"].map((letter) => `${letter}7kq-m2xr-9fvt-w4hn`),
};

/* A key of an app, and what its QR code says. */
export const KEY = {
  id: "authenticator--1",
  secret: "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
  uri:
    "otpauth://totp/Joint%20election%20briefings:june@alder.example" +
    "?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Joint%20election%20briefings",
};

const FIREFOX =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 " +
  "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1";

export const ACCOUNT: Account = {
  name: "June Haverty",
  email: "june@alder.example",
  phone: "402-555-0143",
  timezone: "America/Denver",
  has_password: true,
  is_strong: true,
  recovery_codes: 8,
  authenticators: [
    {
      id: "authenticator--1",
      kind: "passkey",
      name: "Laptop in the office",
      created: inHours(-40 * 24),
      used: inHours(-2),
    },
    {
      id: "authenticator--2",
      kind: "totp",
      name: "",
      created: inHours(-40 * 24),
    },
  ],
  sessions: [
    {
      id: "session--1",
      is_this: true,
      organization: "Alder County Clerk, Nebraska",
      browser: FIREFOX,
      address: "192.0.2.7",
      is_shared_computer: false,
      begun: inHours(-2),
      used: inHours(-0.1),
    },
    {
      id: "session--2",
      is_this: false,
      organization: "Alder County Clerk, Nebraska",
      browser: IPHONE,
      address: "198.51.100.20",
      is_shared_computer: false,
      begun: inHours(-70),
      used: inHours(-26),
    },
    {
      id: "session--3",
      is_this: false,
      organization: "Alder County Clerk, Nebraska",
      browser: "curl/8",
      address: "2001:db8::20",
      is_shared_computer: true,
      begun: inHours(-3),
      used: inHours(-3),
    },
  ],
  links: [],
};

export const WAITING_ACCOUNT: Account = {
  ...ACCOUNT,
  waiting: {
    name: "June Haverty",
    email: "june.haverty@alder.example",
    phone: "402-555-0199",
    made: inHours(-1),
    due: inHours(23),
    is_unconfirmed: true,
  },
};

export const LINKED_ACCOUNT: Account = {
  ...ACCOUNT,
  links: [
    {
      id: "invitation--1",
      made: inHours(-1),
      starts: inHours(23),
      expires: inHours(15 * 24),
      person: "Ada Finch",
      organization: "State Election Division, Nebraska",
    },
  ],
};

/* On the first day: a password and nothing else. */
export const BARE_ACCOUNT: Account = {
  ...ACCOUNT,
  phone: undefined,
  recovery_codes: 0,
  is_strong: false,
  authenticators: [],
  sessions: ACCOUNT.sessions.slice(0, 1),
};

export const TOKENS: { items: Token[] } = {
  items: [
    {
      id: "token--1",
      kind: "bearer",
      name: "MISP",
      organization: "Alder County Clerk, Nebraska",
      is_read_only: true,
      is_revoked: false,
      expires: inHours(90 * 24),
    },
    {
      id: "token--2",
      kind: "bearer",
      name: "The old server",
      organization: "Alder County Clerk, Nebraska",
      is_read_only: false,
      is_revoked: true,
    },
  ],
};

function person(name: string, more: Partial<Person> = {}): Person {
  return {
    id: `identity--${name.toLowerCase().replace(/\W+/g, "-")}`,
    name,
    email: `${name.split(" ")[0]?.toLowerCase()}@alder.example`,
    phone: "402-555-0143",
    affiliations: [CLERK_SESSION.acting_for!],
    has_password: true,
    is_suspended: false,
    ...more,
  };
}

export const PEOPLE: { items: Person[] } = {
  items: [
    person("Ada Finch"),
    person("Bartholomew Quillfeather-Ostrander of the Night Desk", {
      phone: undefined,
    }),
    person("Cleo Dunn", { is_suspended: true }),
    person("Dove Pennyfarrow", {
      waiting_link: {
        made: inHours(-1),
        starts: inHours(23),
        is_mine: false,
        person: "Ada Finch",
        organization: "State Election Division, Nebraska",
      },
    }),
  ],
};

const NEWCOMER = person("Odalys Renner", { has_password: false });

export const MADE = {
  person: NEWCOMER,
  link: {
    id: "invitation--9",
    url: "https://exchange.example/app/link#0123456789abcdefghijklmnopqrstuvwxyzABCDEFG",
    starts: inHours(0),
    expires: inHours(14 * 24),
  },
};

/* The exchange to somebody who manages people, as a steward. */
export function tellOffice(exchange: Exchange): void {
  const { acting_for } = HOST_SESSION;
  exchange
    .on("GET /session", {
      ...HOST_SESSION,
      acting_for: { ...acting_for, roles: ["steward", "admin"] },
    })
    .on("GET /people", PEOPLE)
    .on("POST /people", MADE);
}

/* The exchange to the clerk, on the page of their account. */
export function tellAccount(exchange: Exchange, account: Account): void {
  exchange
    .on("GET /session", CLERK_SESSION)
    .on("GET /account", account)
    .on("GET /account/tokens", TOKENS)
    .on("POST /account/totp", KEY)
    .on("POST /account/recovery-codes", CODES);
}
