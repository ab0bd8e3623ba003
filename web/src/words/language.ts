/*
 * The language of the pages that need no account (P5): what the link asked for, else what was
 * chosen on this page before, else the browser's.
 */
export type Language = "en" | "es";

const KEPT_AS = "language";

function languageOf(tag: string | null): Language | undefined {
  const found = /^(en|es)(-|$)/i.exec(tag ?? "");
  return found?.[1]?.toLowerCase() as Language | undefined;
}

export function firstLanguage(): Language {
  const asked = new URLSearchParams(window.location.search).get("lang");
  const wanted = [asked, sessionStorage.getItem(KEPT_AS), ...navigator.languages];
  return wanted.map(languageOf).find(Boolean) ?? "en";
}

export function keepLanguage(language: Language): void {
  sessionStorage.setItem(KEPT_AS, language);
}
