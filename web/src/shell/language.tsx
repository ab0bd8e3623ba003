/*
 * In which language the page is: English, or on the pages that need no account Spanish as well. The
 * document says so too, for screen readers.
 */
import { createContext, use, useEffect, useMemo, useState, type ReactNode } from "react";
import { Act } from "../parts/act";
import { words } from "../words";
import { frame } from "../words/es/frame";
import { firstLanguage, keepLanguage, type Language } from "../words/language";

interface Speaking {
  language: Language;
  /* Absent where the page is in English alone. */
  choose?: (language: Language) => void;
}

const Context = createContext<Speaking>({ language: "en" });

interface LanguageProviderProps {
  isBilingual: boolean;
  children: ReactNode;
}

export function LanguageProvider({ isBilingual, children }: LanguageProviderProps) {
  const [chosen, setChosen] = useState(firstLanguage);
  const language = isBilingual ? chosen : "en";
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(() => {
    const choose = (next: Language) => {
      keepLanguage(next);
      setChosen(next);
    };
    return isBilingual ? { language, choose } : { language };
  }, [language, isBilingual]);
  return <Context value={value}>{children}</Context>;
}

export function useLanguage(): Language {
  return use(Context).language;
}

/* The words of the frame, and of what stands on every page. */
export function useFrameWords(): typeof frame {
  return useLanguage() === "es" ? frame : words;
}

export function OtherLanguage() {
  const { language, choose } = use(Context);
  if (!choose) return null;
  const [other, name] =
    language === "es" ? (["en", "English"] as const) : (["es", "Español"] as const);
  return (
    <p className="other-language" lang={other}>
      <Act unstyled onAct={() => choose(other)}>
        {name}
      </Act>
    </p>
  );
}
