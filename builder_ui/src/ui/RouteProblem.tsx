import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";

/** A page that could not be drawn: most often its part of the program was replaced by a newer version. */
export function RouteProblem() {
  const { t } = useTranslation();
  return (
    <Result
      status="warning"
      title={t("common.pageFailed")}
      subTitle={t("common.pageFailedHint")}
      extra={
        <Button type="primary" onClick={() => window.location.reload()}>
          {t("common.reload")}
        </Button>
      }
    />
  );
}
