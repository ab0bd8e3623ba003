/*
 * The words of the list of what came in, which come with its page.
 */
export { news } from "./en/news";
