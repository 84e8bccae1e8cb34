import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useState } from "react";
import { RouterProvider } from "react-router/dom";
import { ApiError, whenPersonChanged, whenSignedOut } from "../api/client";
import { sessionKey } from "../api/session";
import { Appearance } from "./Appearance";
import { PreferencesProvider } from "./preferences";
import { makeRouter } from "./routes";

const router = makeRouter();

/** Only what may pass by itself is asked again: the network and an overloaded server, not a refusal. */
function isWorthRetrying(failures: number, error: Error): boolean {
  const status = error instanceof ApiError ? error.status : 500;
  return failures < 2 && (status === 0 || status === 503);
}

function makeQueryClient(): QueryClient {
  const client = new QueryClient({ defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 5_000 } } });
  // whatever is refused, the frame learns that the session is over and offers the way back in
  whenSignedOut(() => void client.invalidateQueries({ queryKey: sessionKey }));
  whenPersonChanged(() => void client.invalidateQueries({ queryKey: sessionKey }));
  return client;
}

export function App() {
  const [client] = useState(makeQueryClient);
  return (
    <PreferencesProvider>
      <Appearance>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </Appearance>
    </PreferencesProvider>
  );
}
