import { Button, Card, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";
import { ApiError } from "../api/client";
import { useSignIn } from "../api/session";
import { AppearanceMenu, LanguageMenu } from "../shell/PreferenceMenus";
import { LoginOutlined } from "../ui/icons";
import { Failed } from "../ui/states";

/** Only addresses of this site: `//elsewhere` would leave it. */
export function backAddress(back: string | null): string {
  return back?.startsWith("/") && !back.startsWith("//") && !back.startsWith("/\\") ? back : "/";
}

export default function SignInPage() {
  const [parameters] = useSearchParams();
  const token = parameters.get("token");
  const back = backAddress(parameters.get("back"));
  return (
    <div className="sign-in">
      <div className="sign-in-choices">
        <LanguageMenu />
        <AppearanceMenu />
      </div>
      <main>
        <Card className="sign-in-card">
          <img src="/icon.svg" alt="" width={48} height={48} />
          {token === null ? <HowToSignIn /> : <TokenForm token={token} back={back} />}
        </Card>
      </main>
    </div>
  );
}

function TokenForm({ token, back }: { token: string; back: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const signIn = useSignIn();
  // a link that was refused is not taken a second time
  const isRefused = signIn.error instanceof ApiError && signIn.error.status >= 400 && signIn.error.status < 500;
  if (isRefused) {
    return (
      <>
        <h1>{t("session.title")}</h1>
        <Failed error={signIn.error} />
        <LinkCommand />
      </>
    );
  }
  return (
    <>
      <h1>{t("session.title")}</h1>
      <p className="quiet">{t("session.ready")}</p>
      {signIn.isError && <Failed error={signIn.error} />}
      <Button
        type="primary"
        size="large"
        block
        icon={<LoginOutlined />}
        loading={signIn.isPending}
        onClick={() => signIn.mutate(token, { onSuccess: () => void navigate(back, { replace: true }) })}
      >
        {t("session.signIn")}
      </Button>
    </>
  );
}

function HowToSignIn() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t("session.noLink")}</h1>
      <LinkCommand />
    </>
  );
}

function LinkCommand() {
  const { t } = useTranslation();
  return (
    <>
      <p className="quiet">{t("session.noLinkHint")}</p>
      <Typography.Text code copyable className="command">
        .venv/bin/formwright sign-in-link ACCOUNT
      </Typography.Text>
      <p className="quiet">{t("session.thenOpen")}</p>
    </>
  );
}
