import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "../app/session";
import { useLabel } from "../i18n/label";
import { MemberAvatar } from "../people/MemberName";
import { LogoutOutlined } from "../ui/icons";
import { useIsPhone } from "../ui/useIsPhone";
import { useLeaving } from "./useLeaving";

export function AccountMenu() {
  const { t } = useTranslation();
  const { member } = useSession();
  const name = useLabel()(member.name);
  const isPhone = useIsPhone();
  const signOut = useLeaving();
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items: [
          { key: "who", label: `${name} (${member.account})`, disabled: true },
          { type: "divider" },
          { key: "out", icon: <LogoutOutlined />, label: t("shell.signOut") },
        ],
        onClick: ({ key }) => {
          if (key === "out") signOut();
        },
      }}
    >
      <Button type="text" className="account-button">
        <MemberAvatar id={member.id} name={name} size={26} />
        {isPhone ? <span className="screen-reader">{t("shell.account", { name })}</span> : <span>{name}</span>}
      </Button>
    </Dropdown>
  );
}
