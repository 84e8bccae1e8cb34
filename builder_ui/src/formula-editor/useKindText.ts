import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { Known } from "./vocabulary";

/** What kind of value a field has for a formula. */
export function useKindText(): (field: Known) => string {
  const { t } = useTranslation();
  return useCallback(
    (field) => {
      if (field.isList && field.kind === "any") return t("formulas.rows");
      const kind = t(`formulas.kinds.${field.kind}`);
      return field.isList && field.kind !== "files" ? t("formulas.listOf", { kind }) : kind;
    },
    [t],
  );
}
