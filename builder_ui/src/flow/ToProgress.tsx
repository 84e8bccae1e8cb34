import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { PROGRESS_ID } from "./Progress";

function go(): void {
  const section = document.getElementById(PROGRESS_ID);
  section?.scrollIntoView();
  section?.focus({ preventScroll: true });
}

/** From the top of a long page down to where the flow is. */
export function ToProgress() {
  const { t } = useTranslation();
  return (
    <Button type="link" size="small" onClick={go}>
      {t("flow.toProgress")}
    </Button>
  );
}
