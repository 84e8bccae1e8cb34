// What pages say when an address or a link leads to nothing.
import { fireEvent, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, expect, it, vi } from "vitest";
import { ApiError } from "../src/api/client";
import SignInPage from "../src/pages/SignInPage";
import { pendingOrFailed } from "../src/ui/states";
import { Refusal, serve } from "./server";
import { Providers, Surroundings } from "./surroundings";

afterEach(() => vi.unstubAllGlobals());

function Asked({ error }: { error: unknown }) {
  return pendingOrFailed({ isPending: false, isError: true, error, refetch: () => undefined });
}

function refused(status: number): ApiError {
  return new ApiError(status, { code: "c", message: "Said", path: null, params: {}, request_id: "r", errors: [] });
}

it("leads home from what is not there, and says under which number it was refused", () => {
  const { rerender } = render(<Asked error={refused(404)} />, { wrapper: Surroundings });
  expect(screen.getByRole("link", { name: /Back to the start|回到首页/ }).getAttribute("href")).toBe("/");
  expect(screen.getByText(/(Request|请求编号) r/)).toBeDefined();
  expect(screen.getByRole("heading", { level: 1, name: "Said" })).toBeDefined();
  expect(screen.getByRole("button", { name: /Try again|重试/ })).toBeDefined();
  rerender(<Asked error={refused(500)} />);
  expect(screen.queryByRole("link")).toBeNull();
  expect(screen.getByRole("button", { name: /Try again|重试/ })).toBeDefined();
});

it("does not offer a sign-in link again that was refused", async () => {
  serve({ "POST /api/session/link": () => new Refusal(401, "sign_in_link_invalid") });
  render(
    <MemoryRouter initialEntries={["/sign-in?token=t"]}>
      <SignInPage />
    </MemoryRouter>,
    { wrapper: Providers },
  );
  fireEvent.click(screen.getByRole("button", { name: /^(Sign in|登录)$/ }));
  await screen.findByRole("alert");
  expect(screen.queryByText(/link is ready|已就绪/)).toBeNull();
  expect(screen.queryByRole("button", { name: /^(Sign in|登录)$/ })).toBeNull();
});
