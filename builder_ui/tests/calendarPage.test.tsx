import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { act, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useEffect } from "react";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, expect, it, vi } from "vitest";
import type { CalendarList, CalendarView } from "../src/api/types";
import CalendarPage from "../src/pages/CalendarPage";
import { serve } from "./server";
import { me, Providers } from "./surroundings";

afterEach(() => vi.unstubAllGlobals());

const view: CalendarView = {
  key: "night",
  title: "Night",
  base: null,
  workdays: [1, 2, 3, 4, 5],
  hours: [{ from: "20:00", to: "24:00" }],
  holidays: [],
  extra_workdays: [],
  names: {},
  loaded_years: [],
  unknown_years: [],
};
const name = /^(Name|名称)$/;
const overtaken = /Somebody else has changed|刚刚被别人修改过/;

const held: { cache: QueryClient | null } = { cache: null };

function Refreshed() {
  const cache = useQueryClient();
  useEffect(() => {
    held.cache = cache;
  }, [cache]);
  return <CalendarPage />;
}

/** The page of an admin, and what somebody else then stores. */
async function opened() {
  let list: CalendarList = { default: "cn", items: [view], tables: {} };
  const server = serve({
    "GET /api/calendars": () => list,
    "GET /api/session": () => me,
    "PUT /api/calendars/night": ({ body }) => {
      const stored = { ...view, ...(body as object) };
      list = { ...list, items: [stored] };
      return stored;
    },
  });
  const router = createMemoryRouter([{ path: "/settings/calendars/:key", element: <Refreshed /> }], {
    initialEntries: ["/settings/calendars/night"],
  });
  render(
    <Providers as={{ ...me, member: { ...me.member, is_admin: true } }}>
      <RouterProvider router={router} />
    </Providers>,
  );
  const box = (await screen.findByLabelText(name)) as HTMLInputElement;
  const others = async (title: string) => {
    list = { ...list, items: [{ ...view, title }] };
    await act(async () => held.cache?.invalidateQueries());
  };
  return { box, others, server };
}

it("shows what others store as long as nothing is entered", async () => {
  const { box, others } = await opened();
  await others("Theirs");
  await waitFor(() => expect(box.value).toBe("Theirs"));
  expect(screen.getByLabelText(name)).toBe(box);
  expect(screen.queryByText(overtaken)).toBeNull();
});

it("keeps what was entered when somebody else stores something, and says so until it is saved", async () => {
  const { box, others, server } = await opened();
  fireEvent.change(box, { target: { value: "Mine" } });
  await others("Theirs");
  expect(await screen.findByText(overtaken)).toBeDefined();
  expect(box.value).toBe("Mine");
  fireEvent.click(screen.getByRole("button", { name: /^(Save|保存)$/ }));
  await waitFor(() => expect(screen.queryByRole("button", { name: /^(Save|保存)$/ })).toBeNull());
  expect(box.value).toBe("Mine");
  expect(server.of("PUT", "/api/calendars/night").map(({ body }) => (body as CalendarView).title)).toEqual(["Mine"]);
});

it("goes over to what somebody else stored when the changes are given up", async () => {
  const { box, others } = await opened();
  fireEvent.change(box, { target: { value: "Mine" } });
  await others("Theirs");
  await screen.findByText(overtaken);
  fireEvent.click(screen.getByRole("button", { name: /^(Discard|放弃修改)$/ }));
  expect(box.value).toBe("Theirs");
});
