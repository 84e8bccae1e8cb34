import { useCallback } from "react";
import type { Label, Language } from "../api/types";
import { usePreferences } from "../app/preferences";

export function labelText(label: Label, language: Language): string {
  return typeof label === "string" ? label : (label[language] ?? label["zh-CN"] ?? label.en ?? "");
}

/** Picks the language of authored texts. */
export function useLabel(): (label: Label | null | undefined) => string {
  const { language } = usePreferences();
  return useCallback((label) => (label === null || label === undefined ? "" : labelText(label, language)), [language]);
}
