import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";
import type { Language } from "../api/types";
import { type Appearance, usePreferences } from "../app/preferences";
import { DesktopOutlined, MoonOutlined, SunOutlined, TranslationOutlined } from "../ui/icons";

export function LanguageMenu() {
  const { t } = useTranslation();
  const { language, setLanguage } = usePreferences();
  const items = [
    { key: "zh-CN", label: "简体中文", lang: "zh-CN" },
    { key: "en", label: "English", lang: "en" },
  ];
  return (
    <Dropdown
      trigger={["click"]}
      menu={{ items, selectable: true, selectedKeys: [language], onClick: ({ key }) => setLanguage(key as Language) }}
    >
      <Button type="text" icon={<TranslationOutlined />} aria-label={t("shell.language")} />
    </Dropdown>
  );
}

const icons = { light: <SunOutlined />, dark: <MoonOutlined />, system: <DesktopOutlined /> };

export function AppearanceMenu() {
  const { t } = useTranslation();
  const { appearance, setAppearance } = usePreferences();
  const items = (["light", "dark", "system"] as const).map((key) => ({
    key,
    icon: icons[key],
    label: t(`shell.appearances.${key}`),
  }));
  return (
    <Dropdown
      trigger={["click"]}
      menu={{
        items,
        selectable: true,
        selectedKeys: [appearance],
        onClick: ({ key }) => setAppearance(key as Appearance),
      }}
    >
      <Button type="text" icon={icons[appearance]} aria-label={t("shell.appearance")} />
    </Dropdown>
  );
}
