/*
 * The words of the pages that need no account, in the language of the page.
 */
import { useLanguage } from "../shell/language";
import { dayAndTime, spanishDayAndTime } from "../time/time";
import * as account from "./en/account";
import * as signIn from "./en/sign-in";
import * as contacto from "./es/contact";
import * as entrar from "./es/sign-in";

const english = {
  ...signIn,
  contactConfirm: account.contactConfirm,
  contactStop: account.contactStop,
  dayAndTime,
};
const spanish: typeof english = { ...entrar, ...contacto, dayAndTime: spanishDayAndTime };

export function useSpoken(): typeof english {
  return useLanguage() === "es" ? spanish : english;
}

/* For what is no part of a page: as the document says. */
export function passkeyWords(): typeof english.passkeys {
  return document.documentElement.lang === "es" ? entrar.passkeys : signIn.passkeys;
}
