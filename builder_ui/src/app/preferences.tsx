// What a person chose for this browser: language and appearance, remembered.
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { Language } from "../api/types";
import { speakEverywhere } from "../i18n/setup";

export type Appearance = "light" | "dark" | "system";

export interface Preferences {
  /** As chosen in this browser, else that of the workspace, else, before anyone signs in, that of the browser. */
  language: Language;
  appearance: Appearance;
  isDark: boolean;
  /** Whether the system asks for as little movement as possible. */
  isStill: boolean;
  setLanguage: (language: Language) => void;
  setAppearance: (appearance: Appearance) => void;
  /** Tell which language the workspace has. */
  followWorkspace: (language: Language) => void;
}

const LANGUAGE = "formwright.language";
const APPEARANCE = "formwright.appearance";
const DARK = "(prefers-color-scheme: dark)";
const STILL = "(prefers-reduced-motion: reduce)";
const Chosen = createContext<Preferences | null>(null);

function remembered(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null; // storage may be switched off; then choices last as long as the page
  }
}

function remember(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    // see above
  }
}

function asLanguage(name: string): Language {
  return name.startsWith("zh") ? "zh-CN" : "en";
}

function firstAppearance(): Appearance {
  const chosen = remembered(APPEARANCE);
  return chosen === "light" || chosen === "dark" ? chosen : "system";
}

function useSystemWish(wish: string): boolean {
  const [isWished, setWished] = useState(() => window.matchMedia(wish).matches);
  useEffect(() => {
    const query = window.matchMedia(wish);
    const follow = () => setWished(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, [wish]);
  return isWished;
}

function useLanguage() {
  const [language, setLanguage] = useState<Language>(() => {
    const first = asLanguage(remembered(LANGUAGE) ?? navigator.language);
    speakEverywhere(first);
    return first;
  });
  // not asked of the storage each time: it may be switched off
  const isChosen = useRef(remembered(LANGUAGE) !== null);
  return useMemo(() => {
    const speak = (next: Language) => {
      speakEverywhere(next);
      setLanguage(next);
    };
    return {
      language,
      setLanguage: (next: Language) => {
        isChosen.current = true;
        remember(LANGUAGE, next);
        speak(next);
      },
      followWorkspace: (next: Language) => {
        if (!isChosen.current) speak(next);
      },
    };
  }, [language]);
}

export function PreferencesProvider({ children }: { children: ReactNode }) {
  const speech = useLanguage();
  const [appearance, setAppearance] = useState<Appearance>(firstAppearance);
  const systemDark = useSystemWish(DARK);
  const isStill = useSystemWish(STILL);
  const isDark = appearance === "system" ? systemDark : appearance === "dark";

  useEffect(() => {
    document.documentElement.style.colorScheme = isDark ? "dark" : "light";
  }, [isDark]);

  const value = useMemo<Preferences>(
    () => ({
      ...speech,
      appearance,
      isDark,
      isStill,
      setAppearance: (next) => {
        remember(APPEARANCE, next);
        setAppearance(next);
      },
    }),
    [speech, appearance, isDark, isStill],
  );
  return <Chosen value={value}>{children}</Chosen>;
}

export function usePreferences(): Preferences {
  const value = useContext(Chosen);
  if (value === null) throw new Error("usePreferences needs a PreferencesProvider above it");
  return value;
}
