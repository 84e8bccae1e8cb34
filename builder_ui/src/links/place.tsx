// The application whose records links lead to, and the titles that came with the record or the page of records.
import { createContext, type ReactNode, useContext, useMemo } from "react";

interface LinksPlace {
  app: string;
  /** By record id; without those that the person may not read. */
  titles: Readonly<Record<string, string>>;
}

const none: Readonly<Record<string, string>> = {};
const LinksContext = createContext<LinksPlace>({ app: "", titles: none });

interface LinksProviderProps {
  app: string;
  titles?: Readonly<Record<string, string>> | undefined;
  children: ReactNode;
}

export function LinksProvider({ app, titles = none, children }: LinksProviderProps) {
  const place = useMemo(() => ({ app, titles }), [app, titles]);
  return <LinksContext value={place}>{children}</LinksContext>;
}

export function useLinksPlace(): LinksPlace {
  return useContext(LinksContext);
}
