import type { ReactNode } from "react";
import { AppstoreOutlined, CarOutlined, FileTextOutlined, RocketOutlined, TeamOutlined, WalletOutlined } from "./icons";

const icons: Record<string, ReactNode> = {
  rocket: <RocketOutlined />,
  car: <CarOutlined />,
  wallet: <WalletOutlined />,
  team: <TeamOutlined />,
  file: <FileTextOutlined />,
};

/** The icon an application names, or the general one. */
export function AppIcon({ icon }: { icon: string | null }) {
  return (
    <span className="app-icon" aria-hidden="true">
      {icons[icon ?? ""] ?? <AppstoreOutlined />}
    </span>
  );
}
