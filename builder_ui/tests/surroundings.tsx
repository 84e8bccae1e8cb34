// What components stand on: language, theme, session and a directory, with answers instead of a server.
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import type { ReactNode } from "react";
import { MemoryRouter } from "react-router";
import type { DirectoryAnswer, Me } from "../src/api/types";
import { PreferencesProvider } from "../src/app/preferences";
import { SessionProvider } from "../src/app/session";

export const ids = {
  wei: "000000000000000000000001",
  fang: "000000000000000000000002",
  rd: "00000000000000000000000a",
};

export const directory: DirectoryAnswer = {
  members: [
    {
      id: ids.wei,
      account: "zhang.wei",
      name: { "zh-CN": "张伟", en: "Zhang Wei" },
      department_id: ids.rd,
      departments: [ids.rd],
      active: true,
      is_admin: false,
      supervisor_id: null,
    },
    {
      id: ids.fang,
      account: "wang.fang",
      name: { "zh-CN": "王芳", en: "Wang Fang" },
      department_id: ids.rd,
      departments: [ids.rd],
      active: false,
      is_admin: false,
      supervisor_id: null,
    },
  ],
  departments: [
    { id: ids.rd, key: "rd", title: { "zh-CN": "研发部", en: "Development" }, parent_id: null, head_ids: [] },
  ],
  roles: [],
};

export const me: Me = {
  member: { id: ids.wei, account: "zhang.wei", name: "张伟", is_admin: false },
  origin: null,
  can_switch: false,
  workspace: {
    title: "Formwright",
    zone: "Asia/Shanghai",
    language: "zh-CN",
    default_calendar: "cn",
    calendars: [
      { key: "cn", title: "工作日历", base: "CN", workdays: [1, 2, 3, 4, 5], off: [], extra: [], hours: [[540, 1080]] },
    ],
    tables: { CN: { off: [], extra: [] } },
    has_sample: false,
    bin_days: 30,
  },
};

/** All but an address. */
export function Providers({ as = me, children }: { as?: Me; children: ReactNode }) {
  const client = new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Number.POSITIVE_INFINITY } },
  });
  client.setQueryData(["directory"], directory);
  return (
    <PreferencesProvider>
      <ConfigProvider button={{ autoInsertSpace: false }}>
        <App>
          <QueryClientProvider client={client}>
            <SessionProvider me={as}>{children}</SessionProvider>
          </QueryClientProvider>
        </App>
      </ConfigProvider>
    </PreferencesProvider>
  );
}

export function Surroundings({ children }: { children: ReactNode }) {
  return (
    <Providers>
      <MemoryRouter>{children}</MemoryRouter>
    </Providers>
  );
}
