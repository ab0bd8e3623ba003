/*
 * The words of the pages, in the language of this build. A language is a folder beside this file
 * with the same names in it.
 */
export { words } from "./en/words";
export type { Words } from "./en/words";
