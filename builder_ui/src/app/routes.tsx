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
            { path: "/keys", lazy: lazily(() => import("../pages/KeysPage")) },
            { path: "*", lazy: lazily(() => import("../pages/NotFoundPage")) },
          ],
        },
      ],
    },
  ]);
}
