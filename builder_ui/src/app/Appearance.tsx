// antd's theme, and the few colours of it that our own style sheet uses.
import { App as AntApp, ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useLayoutEffect } from "react";
import { usePreferences } from "./preferences";

// darker (on dark pages: lighter) than antd's own, so that every text has a contrast of 4.5 to 1
const light = {
  colorPrimary: "#2454d6",
  colorInfo: "#2454d6",
  colorLink: "#2454d6",
  colorSuccess: "#237804",
  colorWarning: "#a35a00",
  colorError: "#cf1322",
  colorBgLayout: "#f4f6fa",
  colorTextTertiary: "#5f6570",
  colorTextDescription: "#5f6570",
  colorTextPlaceholder: "#6f7580",
  // pale grounds, which would come out muddy from the darker colours
  colorSuccessBg: "#eef8ea",
  colorSuccessBorder: "#b7dfa8",
  colorWarningBg: "#fff7e6",
  colorWarningBorder: "#ffd591",
  colorErrorBg: "#fff1f0",
  colorErrorBorder: "#ffb3ae",
};
const dark = {
  colorPrimary: "#527ce6",
  colorInfo: "#7aa0ff",
  colorLink: "#9dbaff",
  colorError: "#ff6b6b",
  colorBgLayout: "#0c0d10",
  colorTextTertiary: "#a2a7b0",
  colorTextDescription: "#a2a7b0",
  colorTextPlaceholder: "#8c929c",
};
// the ground of a switch that is off, on which its word stands in white
const switches = {
  light: { colorTextQuaternary: "#6b717c", colorTextTertiary: "#5f6570" },
  dark: { colorTextQuaternary: "#5b6069", colorTextTertiary: "#666c76" },
};
const menus = {
  light: {},
  dark: { itemSelectedColor: "#b3c8ff", subMenuItemSelectedColor: "#b3c8ff" },
};

function PageColours() {
  const { token } = theme.useToken();
  useLayoutEffect(() => {
    const colours: Record<string, string> = {
      "--page": token.colorBgLayout,
      "--surface": token.colorBgContainer,
      "--raised": token.colorFillQuaternary,
      "--line": token.colorBorderSecondary,
      "--strong-line": token.colorBorder,
      "--text": token.colorText,
      "--quiet": token.colorTextSecondary,
      "--primary": token.colorPrimary,
      "--link": token.colorLink,
      "--primary-soft": token.colorPrimaryBg,
      "--danger": token.colorError,
      "--danger-soft": token.colorErrorBg,
      "--success": token.colorSuccess,
      "--success-soft": token.colorSuccessBg,
      "--warning": token.colorWarning,
      "--warning-soft": token.colorWarningBg,
    };
    for (const [name, value] of Object.entries(colours)) document.documentElement.style.setProperty(name, value);
  }, [token]);
  return null;
}

export function Appearance({ children }: { children: ReactNode }) {
  const { language, isDark, isStill } = usePreferences();
  return (
    <ConfigProvider
      locale={language === "zh-CN" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { ...(isDark ? dark : light), borderRadius: 8, fontSize: 14, motion: !isStill },
        components: {
          Layout: { headerPadding: "0 16px", headerHeight: 56 },
          Menu: isDark ? menus.dark : menus.light,
          // on the light red of a dark page only a dark text can be read
          Button: isDark ? { dangerColor: "#240808" } : {},
          Tabs: isDark ? { itemSelectedColor: dark.colorLink, itemHoverColor: dark.colorLink } : {},
          Switch: isDark ? switches.dark : switches.light,
        },
      }}
    >
      <PageColours />
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  );
}
