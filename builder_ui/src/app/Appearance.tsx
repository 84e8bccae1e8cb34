// antd's theme, and the few colours of it that our own style sheet uses.
import { App as AntApp, ConfigProvider, theme } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { type ReactNode, useLayoutEffect } from "react";
import { usePreferences } from "./preferences";

const light = { colorPrimary: "#2454d6", colorInfo: "#2454d6", colorLink: "#2454d6", colorBgLayout: "#f4f6fa" };
const dark = { colorPrimary: "#5b85f0", colorInfo: "#7aa0ff", colorLink: "#8fb0ff", colorBgLayout: "#0c0d10" };

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
  const { language, isDark } = usePreferences();
  return (
    <ConfigProvider
      locale={language === "zh-CN" ? zhCN : enUS}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { ...(isDark ? dark : light), borderRadius: 8, fontSize: 14 },
        components: { Layout: { headerPadding: "0 16px", headerHeight: 56 } },
      }}
    >
      <PageColours />
      <AntApp component={false}>{children}</AntApp>
    </ConfigProvider>
  );
}
