// The application whose records links lead to, the titles that came with the record or the page of records, and the
// record whose page this is.
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { RecordPlace } from "../api/records";

interface LinksPlace {
  app: string;
  /** By record id; without those that the person may not read. */
  titles: Readonly<Record<string, string>>;
  /** The stored record that is shown; null where there is none yet, or many. */
  record: RecordPlace | null;
}

const none: Readonly<Record<string, string>> = {};
const LinksContext = createContext<LinksPlace>({ app: "", titles: none, record: null });

interface LinksProviderProps {
  app: string;
  titles?: Readonly<Record<string, string>> | undefined;
  record?: RecordPlace | null;
  children: ReactNode;
}

export function LinksProvider({ app, titles = none, record = null, children }: LinksProviderProps) {
  const place = useMemo(() => ({ app, titles, record }), [app, titles, record]);
  return <LinksContext value={place}>{children}</LinksContext>;
}

export function useLinksPlace(): LinksPlace {
  return useContext(LinksContext);
}
