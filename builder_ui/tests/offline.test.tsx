// What pages say when the server or the clipboard is not there.
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import DraftsPage from "../src/pages/DraftsPage";
import KeysPage from "../src/pages/KeysPage";
import { ids, Surroundings } from "./surroundings";

const draft = {
  id: ids.rd,
  app: "a",
  form: "f",
  form_title: "Form",
  values: { name: "Draft" },
  created_at: "2027-03-01T08:00:00.000Z",
  updated_at: "2027-03-01T08:00:00.000Z",
};
const key = {
  id: ids.rd,
  title: "ERP",
  prefix: "fwk_abc",
  member_id: ids.wei,
  created_by: ids.wei,
  created_at: "2027-03-01T08:00:00.000Z",
  revoked_at: null,
};

function answer(body: unknown): Response {
  return new Response(JSON.stringify(body), { status: 200, headers: { "content-type": "application/json" } });
}

/** Reads are answered, deletions do not get through. */
function server(path: string, call?: RequestInit): Promise<Response> {
  if (call?.method === "DELETE") return Promise.reject(new TypeError("offline"));
  if (call?.method === "POST") return Promise.resolve(answer({ key, token: "fwk_secret" }));
  return Promise.resolve(answer({ items: [path.endsWith("/keys") ? key : draft] }));
}

beforeEach(() => vi.stubGlobal("fetch", server));
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const unreachable = /cannot be reached|连接不上服务/;

it("says that a draft could not be discarded", async () => {
  render(<DraftsPage />, { wrapper: Surroundings });
  fireEvent.click(await screen.findByRole("button", { name: /^(Delete|删除)$/ }));
  const asked = await screen.findByRole("tooltip");
  fireEvent.click([...asked.querySelectorAll("button")].at(-1) ?? asked);
  expect(await screen.findByText(unreachable)).toBeDefined();
});

it("says that a key could not be revoked", async () => {
  render(<KeysPage />, { wrapper: Surroundings });
  fireEvent.click(await screen.findByRole("button", { name: /^(Revoke|吊销)$/ }));
  const asked = await screen.findByRole("tooltip");
  fireEvent.click([...asked.querySelectorAll("button")].at(-1) ?? asked);
  expect(await screen.findByText(unreachable)).toBeDefined();
});

async function makeKey(): Promise<void> {
  render(<KeysPage />, { wrapper: Surroundings });
  fireEvent.click(screen.getByRole("button", { name: /New key|新建密钥/ }));
  fireEvent.change(await screen.findByLabelText(/What it is for|用途/), { target: { value: "ERP" } });
  fireEvent.click([...screen.getByRole("dialog").querySelectorAll("button")].at(-1) ?? document.body);
}

it("selects a new key for copying where the page gets no clipboard", async () => {
  expect(navigator.clipboard).toBeUndefined();
  await makeKey();
  fireEvent.click(await screen.findByRole("button", { name: /^(Copy|复制)$/ }));
  expect(await screen.findByText(/Ctrl\+C/)).toBeDefined();
  const shown = screen.getByDisplayValue<HTMLTextAreaElement>("fwk_secret");
  expect([shown.selectionStart, shown.selectionEnd]).toEqual([0, "fwk_secret".length]);
});

it("takes a new key away only when the person says that it is kept", async () => {
  await makeKey();
  await screen.findByDisplayValue("fwk_secret");
  const dialog = screen.getByRole("dialog", { name: /The key is made|密钥已创建/ });
  expect(dialog.querySelector(".ant-modal-close")).toBeNull();
  fireEvent.keyDown(dialog, { key: "Escape", keyCode: 27 });
  expect(screen.getByDisplayValue("fwk_secret")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: /I have saved it|我已保存/ }));
  await waitFor(() => expect(screen.queryByDisplayValue("fwk_secret")).toBeNull());
});
