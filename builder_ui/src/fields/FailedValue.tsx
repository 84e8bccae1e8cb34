import { useTranslation } from "react-i18next";

/** Why there is no value, by the formula's error value. */
const REASONS = {
  "#DIV/0!": "fields.failed.div",
  "#VALUE!": "fields.failed.value",
  "#NUM!": "fields.failed.num",
  "#N/A": "fields.failed.na",
  "#REF!": "fields.failed.ref",
  "#CYCLE!": "fields.failed.cycle",
} as const;

function reasonOf(code: string): (typeof REASONS)[keyof typeof REASONS] {
  const found = Object.entries(REASONS).find(([known]) => known === code);
  return found?.[1] ?? REASONS["#VALUE!"];
}

/** Stands where a formula has no value. Division by an empty field is a hint; the others keep the record from saving. */
export function FailedValue({ code }: { code: string }) {
  const { t } = useTranslation();
  const isHint = code === "#DIV/0!";
  return (
    <span className={isHint ? "failed-value quiet" : "failed-value wrong"}>
      <span aria-hidden="true">– </span>
      {t(reasonOf(code))}
    </span>
  );
}
