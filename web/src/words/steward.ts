/*
 * The words of the community's pages, apart from those of the first page so that it stays small.
 */
export { steward } from "./en/steward";
