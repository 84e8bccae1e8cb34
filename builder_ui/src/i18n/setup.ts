import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";
import { changeLanguage, use } from "i18next";
import { initReactI18next } from "react-i18next";
import { speak } from "../api/client";
import type { Language } from "../api/types";
import { chinese, english } from "./resources";

dayjs.extend(utc);
dayjs.extend(timezone);

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "texts";
    resources: { texts: typeof chinese };
    returnNull: false;
  }
}

void use(initReactI18next).init({
  resources: { "zh-CN": { texts: chinese }, en: { texts: english } },
  defaultNS: "texts",
  fallbackLng: false,
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** Everything that speaks follows: texts, dates, the server's messages, the page's `lang`. */
export function speakEverywhere(language: Language): void {
  void changeLanguage(language);
  dayjs.locale(language === "zh-CN" ? "zh-cn" : "en");
  speak(language);
  document.documentElement.lang = language;
}
