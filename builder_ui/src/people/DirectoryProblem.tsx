import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useErrorText } from "../ui/errorText";
import { ReloadOutlined } from "../ui/icons";
import { useDirectory } from "./directory";

/** Says why people have no names and cannot be chosen, where the organisation could not be read. */
export function DirectoryProblem() {
  const { t } = useTranslation();
  const { problem, refetch } = useDirectory();
  const errorText = useErrorText();
  if (problem === null) return null;
  return (
    <Alert
      type="warning"
      banner
      role="alert"
      title={t("people.notLoaded")}
      description={errorText(problem).message}
      action={
        <Button size="small" icon={<ReloadOutlined />} onClick={refetch}>
          {t("common.retry")}
        </Button>
      }
    />
  );
}
