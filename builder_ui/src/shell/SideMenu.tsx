import { Badge, Menu, type MenuProps } from "antd";
import type { TFunction } from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "react-router";
import { useApps } from "../api/apps";
import { useInboxCounts } from "../api/inbox";
import type { AppBrief, Label } from "../api/types";
import { useSession } from "../app/session";
import { useLabel } from "../i18n/label";
import {
  AppstoreOutlined,
  AuditOutlined,
  CheckSquareOutlined,
  EditOutlined,
  FileDoneOutlined,
  FormOutlined,
  FunctionOutlined,
  HomeOutlined,
  KeyOutlined,
  NotificationOutlined,
  SendOutlined,
  SettingOutlined,
  TableOutlined,
} from "../ui/icons";
import { Failed } from "../ui/states";

type Item = NonNullable<MenuProps["items"]>[number];

function entry(to: string, icon: ReactNode, text: string, count = 0): Item {
  return {
    key: to,
    icon,
    label: (
      <Link to={to} className="menu-link">
        <span className="menu-text">{text}</span>
        {count > 0 && <Badge count={count} overflowCount={999} size="small" />}
      </Link>
    ),
  };
}

function ownItems(t: TFunction, counts: { todo: number; copied: number }): Item[] {
  return [
    entry("/", <HomeOutlined />, t("shell.home")),
    entry("/inbox/todo", <CheckSquareOutlined />, t("inbox.boxes.todo"), counts.todo),
    entry("/inbox/started", <SendOutlined />, t("inbox.boxes.started")),
    entry("/inbox/handled", <FileDoneOutlined />, t("inbox.boxes.handled")),
    entry("/inbox/copied", <NotificationOutlined />, t("inbox.boxes.copied"), counts.copied),
    entry("/drafts", <EditOutlined />, t("shell.drafts")),
  ];
}

/** `design`: what the entry is called under which admins change the application. */
function appItems(app: AppBrief, label: (text: Label) => string, design: string | null): Item[] {
  const groups = app.menu.map((group, position): Item => {
    const children = group.items.map((item) =>
      !item.form
        ? entry(`/apps/${app.key}/views/${item.view}`, <TableOutlined />, label(item.title))
        : entry(`/apps/${app.key}/forms/${item.form}`, <FormOutlined />, label(item.title)),
    );
    return { key: `${app.key}-${position}`, type: "group", label: label(group.title), children };
  });
  if (design !== null) groups.push(entry(`/apps/${app.key}/formulas`, <FunctionOutlined />, design));
  return [{ key: `app-${app.key}`, icon: <AppstoreOutlined />, label: label(app.title), children: groups as [] }];
}

function lastItems(t: TFunction, isAdmin: boolean): Item[] {
  const items: Item[] = [{ type: "divider" }, entry("/keys", <KeyOutlined />, t("shell.keys"))];
  if (isAdmin) {
    items.push(entry("/settings", <SettingOutlined />, t("shell.settings")));
    items.push(entry("/audit", <AuditOutlined />, t("shell.audit")));
  }
  return items;
}

export function SideMenu({ onChosen }: { onChosen?: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const { pathname } = useLocation();
  const { member } = useSession();
  const asked = useApps();
  const apps = asked.data?.items ?? [];
  const counts = useInboxCounts().data ?? { todo: 0, copied: 0 };
  const items = [
    ...ownItems(t, counts),
    { type: "divider" } as const,
    ...apps.flatMap((app) => appItems(app, label, member.is_admin ? t("formulas.open") : null)),
    ...lastItems(t, member.is_admin),
  ];
  return (
    <nav className="side-menu" aria-label={t("shell.menu")}>
      {asked.isError && <Failed error={asked.error} onRetry={() => void asked.refetch()} />}
      <Menu
        // drawn anew when the applications are there: which of them are open is decided at first
        key={asked.isPending ? "waiting" : "known"}
        mode="inline"
        items={items}
        selectedKeys={[pathname]}
        defaultOpenKeys={apps.map((app) => `app-${app.key}`)}
        onClick={onChosen}
      />
    </nav>
  );
}
