import { useTranslation } from "react-i18next";
import { reasonOf } from "./failures";

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
