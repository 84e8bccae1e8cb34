import dayjs from "dayjs";
import { createContext, type ReactNode, useContext, useLayoutEffect } from "react";
import type { Me } from "../api/types";
import { usePreferences } from "./preferences";

const Signed = createContext<Me | null>(null);

export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const { followWorkspace } = usePreferences();
  const { language, zone } = me.workspace;
  // before the pages below ask the server for anything
  useLayoutEffect(() => followWorkspace(language), [followWorkspace, language]);
  // the day that pickers call today is that of the workspace
  useLayoutEffect(() => dayjs.tz.setDefault(zone), [zone]);
  return <Signed value={me}>{children}</Signed>;
}

/** Who is signed in; only below the shell, which asks before it draws anything. */
export function useSession(): Me {
  const me = useContext(Signed);
  if (me === null) throw new Error("useSession needs the shell above it");
  return me;
}
