// The frame of every page of a signed-in person: header, sidebar (a drawer on a phone), banner, page.
import { Drawer, Layout } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Navigate, Outlet, useLocation } from "react-router";
import { isSignedOut } from "../api/client";
import { useMe, useShownPerson } from "../api/session";
import type { Me } from "../api/types";
import { SessionProvider } from "../app/session";
import { DirectoryProblem } from "../people/DirectoryProblem";
import { Failed } from "../ui/states";
import { useIsPhone } from "../ui/useIsPhone";
import { ActingBanner } from "./ActingBanner";
import { Header } from "./Header";
import { OtherPerson } from "./OtherPerson";
import { SessionOver } from "./SessionOver";
import { SideMenu } from "./SideMenu";

function useBackAddress(): string {
  const { pathname, search } = useLocation();
  const here = pathname + search;
  return here === "/" ? "/sign-in" : `/sign-in?back=${encodeURIComponent(here)}`;
}

export default function Shell() {
  const me = useMe();
  const shown = useShownPerson(me.data);
  const signIn = useBackAddress();
  // once there is a page, nothing that happens to the session takes away what is being typed on it
  if (me.data !== undefined && shown !== undefined) {
    const now = me.data.member.id === shown.member.id ? null : me.data;
    return (
      <SessionProvider me={shown}>
        {/* drawn anew for another person, so that nothing of the former is left */}
        <Frame key={shown.member.id} isOver={isSignedOut(me.error)} now={now} signIn={signIn} />
      </SessionProvider>
    );
  }
  if (isSignedOut(me.error)) return <Navigate to={signIn} replace />;
  if (me.isPending) return <div className="page-loading" />;
  return (
    <main className="page narrow">
      <Failed error={me.error} onRetry={() => void me.refetch()} />
    </main>
  );
}

/** `now`: who acts since another tab has changed the person. */
function Frame({ isOver, now, signIn }: { isOver: boolean; now: Me | null; signIn: string }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [isOpen, setOpen] = useState(false);
  const { pathname } = useLocation();
  return (
    <Layout className="frame">
      <a className="skip-link" href="#content">
        {t("shell.skip")}
      </a>
      <Header {...(isPhone ? { onMenu: () => setOpen(true) } : {})} />
      <Layout hasSider={!isPhone}>
        {isPhone ? (
          <Drawer
            placement="left"
            size={280}
            open={isOpen}
            onClose={() => setOpen(false)}
            title={t("shell.menu")}
            className="menu-drawer"
          >
            <SideMenu onChosen={() => setOpen(false)} />
          </Drawer>
        ) : (
          <Layout.Sider width={232} className="sider">
            <SideMenu />
          </Layout.Sider>
        )}
        <div className="beside-sider">
          {isOver && <SessionOver signIn={signIn} />}
          {!isOver && now !== null && <OtherPerson now={now} />}
          <ActingBanner />
          <DirectoryProblem />
          <main id="content" className="page" key={pathname}>
            <Outlet />
          </main>
        </div>
      </Layout>
    </Layout>
  );
}
