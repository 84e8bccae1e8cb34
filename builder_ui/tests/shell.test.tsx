import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, describe, expect, it, vi } from "vitest";
import { loadAnew } from "../src/api/anew";
import { request, speakFor, whenSignedOut } from "../src/api/client";
import { sessionKey } from "../src/api/session";
import { PreferencesProvider } from "../src/app/preferences";
import { LeaveGuard } from "../src/forms/LeaveGuard";
import Shell from "../src/shell/Shell";
import { type Answer, Refusal, serve } from "./server";
import { directory, me } from "./surroundings";

vi.mock("../src/api/anew", () => ({ loadAnew: vi.fn() }));

/** A page on which something is typed. */
function Typing() {
  return (
    <>
      <input aria-label="typed" />
      <LeaveGuard isUnsaved={() => true} />
    </>
  );
}

function open(session: Answer, address = "/typing") {
  const server = serve({
    "GET /api/session": session,
    "GET /api/apps": () => ({ items: [] }),
    "GET /api/inbox/counts": () => ({ todo: 0, copied: 0 }),
    "GET /api/directory": () => directory,
    "GET /api/refused": () => new Refusal(401, "sign_in_needed"),
    "DELETE /api/session": () => null,
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  whenSignedOut(() => void client.invalidateQueries({ queryKey: sessionKey }));
  const router = createMemoryRouter(
    [
      { path: "/sign-in", element: <p>sign-in page</p> },
      {
        Component: Shell,
        children: [
          { path: "/", element: <p>start page</p> },
          { path: "/typing", Component: Typing },
        ],
      },
    ],
    { initialEntries: [address] },
  );
  render(
    <PreferencesProvider>
      <ConfigProvider button={{ autoInsertSpace: false }} theme={{ token: { motion: false } }}>
        <App>
          <QueryClientProvider client={client}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </App>
      </ConfigProvider>
    </PreferencesProvider>,
  );
  return { server, client, router };
}

/** The first answer is a session, the later ones are as told. */
function once(later: Answer): Answer {
  let asked = 0;
  return (one) => {
    asked += 1;
    return asked === 1 ? me : later(one);
  };
}

afterEach(() => {
  cleanup();
  whenSignedOut(() => undefined);
  vi.unstubAllGlobals();
});

describe("the frame", () => {
  it("keeps the page and says so when anything is refused because the session is over", async () => {
    open(once(() => new Refusal(401, "sign_in_needed")));
    const input = await screen.findByLabelText<HTMLInputElement>("typed");
    fireEvent.change(input, { target: { value: "half a sentence" } });
    await act(() => request("/api/refused").catch(() => undefined));
    expect(await screen.findByText(/Your session is over|登录已失效/)).toBeDefined();
    expect(screen.getByLabelText<HTMLInputElement>("typed").value).toBe("half a sentence");
  });

  it("keeps the page when the session cannot be asked for", async () => {
    const { client } = open(
      once(() => {
        throw new TypeError("connection lost");
      }),
    );
    await screen.findByLabelText("typed");
    await act(() => client.refetchQueries({ queryKey: sessionKey }));
    expect(screen.getByLabelText("typed")).toBeDefined();
    expect(screen.queryByText(/Your session is over|登录已失效/)).toBeNull();
  });

  it("leads to the sign-in page whoever was never signed in", async () => {
    const { router } = open(() => new Refusal(401, "sign_in_needed"));
    await screen.findByText("sign-in page");
    expect(router.state.location.search).toBe("?back=%2Ftyping");
  });
});

async function signOut() {
  fireEvent.click(await screen.findByRole("button", { name: /张伟/ }));
  fireEvent.click(await screen.findByText(/^(Sign out|退出登录)$/));
}

describe("signing out", () => {
  afterEach(() => {
    vi.mocked(loadAnew).mockClear();
    speakFor(me.member.id); // as the page that is loaded anew would
    speakFor(null);
  });

  it("asks first, and ends the session only when the person leaves", async () => {
    const { server } = open(() => me);
    await screen.findByLabelText("typed");
    await signOut();
    fireEvent.click(await screen.findByText(/^(Stay|继续填写)$/));
    expect(server.of("DELETE", "/api/session")).toEqual([]);
    await signOut();
    fireEvent.click(await screen.findByText(/^(Leave without saving|不保存, 离开)$/));
    await waitFor(() => expect(loadAnew).toHaveBeenCalledExactlyOnceWith("/sign-in"));
    expect(server.of("DELETE", "/api/session").length).toBe(1);
  });

  it("ends the session once, also where a reload would find the wish", async () => {
    const { server, router } = open(() => me, "/");
    await screen.findByText("start page");
    await signOut();
    await waitFor(() => expect(loadAnew).toHaveBeenCalledExactlyOnceWith("/sign-in"));
    expect(server.of("DELETE", "/api/session").length).toBe(1);
    expect(router.state.location.state).toBeNull();
  });
});
