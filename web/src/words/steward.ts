/*
 * The words of the community's pages, apart from those of the first page so that it stays small.
 */
export { elections } from "./en/elections";
export { met } from "./en/met";
export { receipts } from "./en/receipts";
export { steward } from "./en/steward";
export { thing, use } from "./en/thing";
