import { Button, Layout } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { useSession } from "../app/session";
import { MenuOutlined } from "../ui/icons";
import { useIsPhone } from "../ui/useIsPhone";
import { AccountMenu } from "./AccountMenu";
import { PersonSwitch } from "./PersonSwitch";
import { AppearanceMenu, LanguageMenu } from "./PreferenceMenus";

export function Header({ onMenu }: { onMenu?: () => void }) {
  const { t } = useTranslation();
  const me = useSession();
  const isPhone = useIsPhone();
  const hasOwnTitle = me.workspace.title !== "Formwright";
  return (
    <Layout.Header className="header">
      {onMenu && <Button type="text" icon={<MenuOutlined />} aria-label={t("shell.openMenu")} onClick={onMenu} />}
      <Link to="/" className="brand" aria-label={t("shell.toHome")}>
        <img src="/icon.svg" alt="" width={28} height={28} />
        <span className="brand-name">{t("shell.product")}</span>
        {hasOwnTitle && !isPhone && <span className="brand-workspace">{me.workspace.title}</span>}
      </Link>
      <span className="stretch" />
      {me.can_switch && <PersonSwitch />}
      <LanguageMenu />
      <AppearanceMenu />
      <AccountMenu />
    </Layout.Header>
  );
}
