/*
 * The community's pages: fetched together when one of them is first asked for, apart from those of
 * the briefings. The entry is named here, and in every such file, so that the first script stays
 * one file, with all that it has in common with them: esbuild cuts by who needs a module.
 */
import "../main";

export { MissingPage } from "./missing/missing";
export { DirectoryPage } from "./directory/directory";
export { SheetPage } from "./directory/sheet";
export { ReceiptsPage } from "./receipts/receipts";
export { ReachedPage } from "./reached/reached";
export { SightingsPage } from "./sightings/list";
export { SearchPage } from "./search/search";
export { AudiencesPage } from "./steward/audiences";
export { AuditPage } from "./steward/audit";
export { CollectionPage } from "./steward/collection";
export { CollectionsPage } from "./steward/collections";
export { CoveragePage } from "./steward/coverage";
export { ElectionsPage } from "./steward/elections";
export { GrantsPage } from "./steward/grants";
export { HoldsPage } from "./steward/holds";
export { OrganizationPage } from "./steward/organization";
export { OrganizationsPage } from "./steward/organizations";
export { TokensPage } from "./steward/tokens";
export { ThingPage } from "./thing/thing";
