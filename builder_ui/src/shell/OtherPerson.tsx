import { Alert, App, Button, Space } from "antd";
import { useTranslation } from "react-i18next";
import { useFollowing, useReturning } from "../api/session";
import type { Me } from "../api/types";
import { useSession } from "../app/session";
import { useLabel } from "../i18n/label";
import { useErrorText } from "../ui/errorText";

/** Another tab has changed the person: nothing is done in his name from here, and what was typed stays. */
export function OtherPerson({ now }: { now: Me }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const label = useLabel();
  const errorText = useErrorText();
  const shown = useSession();
  const follow = useFollowing();
  const back = useReturning(shown);
  const names = { name: label(now.member.name), former: label(shown.member.name) };
  const goBack = () => back.mutate(undefined, { onError: (error) => void message.error(errorText(error).message) });
  return (
    <Alert
      banner
      type="error"
      role="alert"
      className="session-over"
      title={t("shell.otherPerson", names)}
      description={t("shell.otherPersonHint", names)}
      action={
        <Space wrap>
          {now.can_switch && (
            <Button size="small" type="primary" loading={back.isPending} onClick={goBack}>
              {t("shell.switchBack", { name: names.former })}
            </Button>
          )}
          <Button size="small" onClick={() => follow(now)}>
            {t("shell.goOnAs", names)}
          </Button>
        </Space>
      }
    />
  );
}
