import { App, Button } from "antd";
import { useTranslation } from "react-i18next";
import { useRetry } from "../api/tasks";
import { useErrorText } from "../ui/errorText";
import { ReloadOutlined } from "../ui/icons";

/** For an admin who has repaired what parked a node. */
export function RetryButton({ instanceId, activation }: { instanceId: string; activation: number }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const errorText = useErrorText();
  const retry = useRetry(instanceId);
  return (
    <div>
      <Button
        size="small"
        icon={<ReloadOutlined />}
        loading={retry.isPending}
        onClick={() => retry.mutate(activation, { onError: (error) => void message.error(errorText(error).message) })}
      >
        {t("flow.retryNode")}
      </Button>
    </div>
  );
}
