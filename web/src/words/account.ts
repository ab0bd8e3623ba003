/*
 * The words of the pages about people and their accounts, which come with those pages.
 */
export { account, contactConfirm, contactStop } from "./en/account";
export { office } from "./en/office";
export { app, codes, link, passkeys, signIn } from "./en/sign-in";
