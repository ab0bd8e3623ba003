/*
 * The pages, one row each: address, which entry of the menu it belongs to, and what shows it. Home
 * comes with the first script; the others are fetched ahead, or when one of them is asked for.
 */
import type { ComponentType } from "react";
import { Home } from "../pages/home/home";
import { chunkOf } from "./chunks";
import { match } from "./router";

export type NavEntry =
  | "home"
  | "briefings"
  | "shared"
  | "directory"
  | "office"
  | "exchange"
  | "outbox";
export type Params = Readonly<Record<string, string>>;

export interface PageProps {
  params: Params;
}

interface PageRow {
  path: string;
  nav?: NavEntry;
  page: ComponentType<PageProps>;
  /* Shown to anyone; others ask to sign in first. */
  isPublic?: boolean;
  /* In Spanish too, as signing in is (P5). */
  isBilingual?: boolean;
}

const Later = chunkOf(() => import("../pages/later"));
const Community = chunkOf(() => import("../pages/steward-chunk"));
/* Signing in and accounts, fetched by whoever has to do with them. */
const People = chunkOf(() => import("../pages/account-chunk"));

/* What most readers of home go on to. */
export const NEXT_CHUNKS = [Later, Community];

export const SignIn = People.page("SignIn");

const { page: later } = Later;
const { page: community } = Community;
const { page: people } = People;

const PAGES: readonly PageRow[] = [
  { path: "/", nav: "home", page: Home },
  { path: "/new", nav: "home", page: later("NewsPage") },
  { path: "/account", page: people("AccountPage") },
  { path: "/office", nav: "office", page: people("OfficePage") },
  { path: "/office/tokens", nav: "office", page: people("OfficeTokensPage") },
  { path: "/link", page: people("LinkPage"), isPublic: true, isBilingual: true },
  { path: "/contact", page: people("ContactPage"), isPublic: true, isBilingual: true },
  {
    path: "/contact/confirm",
    page: people("ContactConfirmPage"),
    isPublic: true,
    isBilingual: true,
  },
  { path: "/briefings", nav: "briefings", page: later("BriefingList") },
  { path: "/briefings/new", nav: "briefings", page: later("Make") },
  { path: "/briefings/:briefing", nav: "briefings", page: later("BriefingPage") },
  { path: "/briefings/:briefing/edit", nav: "briefings", page: later("EditPage") },
  { path: "/briefings/:briefing/audience", nav: "briefings", page: later("AudiencePage") },
  { path: "/briefings/:briefing/attendance", nav: "briefings", page: later("AttendancePage") },
  { path: "/briefings/:briefing/useful", nav: "briefings", page: later("UsefulPage") },
  { path: "/briefings/:briefing/closing", nav: "briefings", page: later("ClosingPage") },
  { path: "/briefings/:briefing/record", nav: "briefings", page: later("RecordPage") },
  { path: "/briefings/:briefing/onward", nav: "briefings", page: later("OnwardPage") },
  { path: "/shared", nav: "shared", page: later("SharedList") },
  { path: "/shared/tell", nav: "shared", page: later("Tell") },
  { path: "/briefings/:briefing/reached", nav: "briefings", page: community("ReachedPage") },
  { path: "/briefings/:briefing/missing", nav: "briefings", page: community("MissingPage") },
  { path: "/search", page: community("SearchPage") },
  { path: "/objects/:object", page: community("ThingPage") },
  { path: "/sightings", nav: "shared", page: community("SightingsPage") },
  { path: "/receipts", page: community("ReceiptsPage") },
  { path: "/directory", nav: "directory", page: community("DirectoryPage") },
  { path: "/directory/sheet", nav: "directory", page: community("SheetPage") },
  { path: "/exchange", nav: "exchange", page: community("CoveragePage") },
  { path: "/exchange/organizations", nav: "exchange", page: community("OrganizationsPage") },
  {
    path: "/exchange/organizations/:organization",
    nav: "exchange",
    page: community("OrganizationPage"),
  },
  {
    path: "/exchange/organizations/:organization/tokens",
    nav: "exchange",
    page: people("OrganizationTokensPage"),
  },
  { path: "/exchange/tokens", nav: "exchange", page: community("TokensPage") },
  { path: "/exchange/collections", nav: "exchange", page: community("CollectionsPage") },
  { path: "/exchange/collections/:collection", nav: "exchange", page: community("CollectionPage") },
  { path: "/exchange/grants", nav: "exchange", page: community("GrantsPage") },
  { path: "/exchange/audiences", nav: "exchange", page: community("AudiencesPage") },
  { path: "/exchange/elections", nav: "exchange", page: community("ElectionsPage") },
  { path: "/exchange/holds", nav: "exchange", page: community("HoldsPage") },
  { path: "/exchange/audit", nav: "exchange", page: community("AuditPage") },
  { path: "/outbox", nav: "outbox", page: later("Outbox") },
  { path: "/outbox/:message", nav: "outbox", page: later("MessagePage") },
  { path: "/patterns", page: later("Patterns"), isPublic: true },
];

export interface FoundPage extends PageRow {
  params: Params;
}

export function pageFor(path: string): FoundPage | undefined {
  for (const row of PAGES) {
    const params = match(row.path, path);
    if (params) return { ...row, params };
  }
  return undefined;
}
