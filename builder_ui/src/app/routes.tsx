import type { ReactNode } from "react";
import { createBrowserRouter } from "react-router";
import { RouteProblem } from "../ui/RouteProblem";

type Page = () => ReactNode;

/** A page that is fetched when its address is first opened. */
function lazily(load: () => Promise<{ default: Page }>) {
  return async () => ({ Component: (await load()).default });
}

export function makeRouter() {
  return createBrowserRouter([
    {
      errorElement: <RouteProblem />,
      hydrateFallbackElement: <div className="page-loading" />,
      children: [
        { path: "/sign-in", lazy: lazily(() => import("../pages/SignInPage")) },
        {
          lazy: lazily(() => import("../shell/Shell")),
          children: [
            { path: "/", lazy: lazily(() => import("../pages/HomePage")) },
            { path: "/inbox/:box", lazy: lazily(() => import("../pages/InboxPage")) },
            { path: "/drafts", lazy: lazily(() => import("../pages/DraftsPage")) },
            { path: "/apps/:app/forms/:form", lazy: lazily(() => import("../pages/FormPage")) },
            { path: "/tasks/:id", lazy: lazily(() => import("../pages/TaskPage")) },
            { path: "/apps/:app/views/:view", lazy: lazily(() => import("../pages/ViewPage")) },
            { path: "/apps/:app/entities/:entity/records/:id", lazy: lazily(() => import("../pages/RecordPage")) },
            { path: "/apps/:app/formulas/:entity?", lazy: lazily(() => import("../pages/FormulasPage")) },
            { path: "/apps/:app/formulas/:entity/edit", lazy: lazily(() => import("../pages/FormulaPage")) },
            { path: "/settings", lazy: lazily(() => import("../pages/SettingsPage")) },
            { path: "/settings/calendars", lazy: lazily(() => import("../pages/CalendarsPage")) },
            { path: "/settings/calendars/:key", lazy: lazily(() => import("../pages/CalendarPage")) },
            { path: "/audit", lazy: lazily(() => import("../pages/AuditPage")) },
            { path: "/keys", lazy: lazily(() => import("../pages/KeysPage")) },
            { path: "*", lazy: lazily(() => import("../pages/NotFoundPage")) },
          ],
        },
      ],
    },
  ]);
}
