import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { Nothing } from "../ui/states";

export default function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Nothing title={t("common.notFound")} hint={t("common.notFoundHint")} isPage>
      <Link to="/">
        <Button type="primary" tabIndex={-1}>
          {t("common.toHome")}
        </Button>
      </Link>
    </Nothing>
  );
}
