import { useTranslation } from "react-i18next";

/** The mark beside a title. An input says itself that it is required; where there are several, the mark says it. */
export function RequiredMark({ isSpoken = false }: { isSpoken?: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <span className="required-mark" title={t("fields.required")} aria-hidden="true" />
      {isSpoken && <span className="screen-reader">{t("fields.required")}</span>}
    </>
  );
}
