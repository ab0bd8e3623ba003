/*
 * The words of the pages about people and their accounts, which come with those pages.
 */
export { account, organizationTokens } from "./en/account";
export { office } from "./en/office";
export { codes, passkeys } from "./en/sign-in";
