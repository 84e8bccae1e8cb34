import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { App } from "antd";
import { afterEach, describe, expect, it, vi } from "vitest";
import { PreferencesProvider } from "../src/app/preferences";
import { DirectoryProblem } from "../src/people/DirectoryProblem";
import { MemberName } from "../src/people/MemberName";
import { ids, Surroundings } from "./surroundings";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const someone = "0000000000000000000000ff";

describe("a member's name", () => {
  it("is that of the system for nobody only", () => {
    render(
      <>
        <MemberName id={null} />
        <MemberName id={ids.wei} />
        <MemberName id={someone} />
      </>,
      { wrapper: Surroundings },
    );
    expect(screen.getAllByText(/^(System|系统)$/)).toHaveLength(1);
    expect(screen.getByText(/张伟|Zhang Wei/)).toBeDefined();
    expect(screen.getByText(/Unknown member|未知成员/)).toBeDefined();
  });

  it("is waited for, and unknown with the reason when it cannot be had", async () => {
    const asking = Promise.withResolvers<Response>();
    vi.stubGlobal("fetch", () => asking.promise);
    const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
    render(
      <PreferencesProvider>
        <App>
          <QueryClientProvider client={client}>
            <DirectoryProblem />
            <MemberName id={someone} />
          </QueryClientProvider>
        </App>
      </PreferencesProvider>,
    );
    expect(screen.queryByText(/System|系统|Unknown|未知/)).toBeNull();
    asking.reject(new TypeError("offline"));
    expect(await screen.findByText(/Unknown member|未知成员/)).toBeDefined();
    expect(screen.getByRole("alert").textContent).toMatch(/cannot be reached|连接不上服务/);
    expect(screen.queryByText(/System|系统/)).toBeNull();
  });
});
