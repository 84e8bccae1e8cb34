import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** The session is over while a page is open: what was typed stays, and goes on after signing in beside it. */
export function SessionOver({ signIn }: { signIn: string }) {
  const { t } = useTranslation();
  return (
    <Alert
      banner
      type="error"
      role="alert"
      className="session-over"
      title={t("shell.sessionOver")}
      description={t("shell.sessionOverHint")}
      action={
        <Link to={signIn}>
          <Button size="small" type="primary" tabIndex={-1}>
            {t("session.signIn")}
          </Button>
        </Link>
      }
    />
  );
}
