/*
 * Signing in, one's account, invitations and the people of one's office: fetched together, and only
 * by who has to do with them.
 */
import "../main"; // as in later.ts

export { AccountPage } from "./account/account";
export { ContactConfirmPage, ContactPage } from "./contact/contact";
export { LinkPage } from "./link/link";
export { OfficePage } from "./office/office";
export { OfficeTokensPage, OrganizationTokensPage } from "./tokens/organization";
export { SignIn } from "./sign-in/sign-in";
