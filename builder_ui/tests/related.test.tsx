import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Entity, RelatedField } from "../src/api/types";
import { LinksProvider } from "../src/links/place";
import { linkSearch, prefilled } from "../src/links/prefilled";
import { RelatedList } from "../src/links/RelatedList";
import { serve } from "./server";
import { Surroundings } from "./surroundings";

const tower = "0000000000000000000000aa";
const order = "0000000000000000000000cc";
const field: RelatedField = { key: "orders", type: "related", title: "Orders", entity: "order", by: "project" };
const orders: Entity = {
  key: "order",
  title: "Order",
  fields: [
    { key: "name", type: "text", title: "Name" },
    { key: "project", type: "link", title: "Project", entity: "project" },
    { key: "others", type: "link", title: "Others", entity: "project", multiple: true },
  ],
};
const app = {
  key: "work",
  title: "Work",
  icon: null,
  version: 1,
  menu: [{ title: "Work", items: [{ form: "order", title: "Order" }] }],
  entities: { order: orders },
  forms: { order: { key: "order", entity: "order", title: "Order", layout: [{ section: "s", items: ["project"] }] } },
  views: {},
  flows: {},
  can_create: [],
};
const address = `/api/apps/work/entities/project/records/${tower}/related/orders`;
const item = {
  id: order,
  version: 1,
  title: "Steel",
  created_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
  created_by: null,
  updated_by: null,
  created_department: null,
  flow_status: null,
  values: { name: "Steel", project: tower },
  links: { [tower]: "Tower" },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function show(isStored: boolean) {
  const record = isStored ? { app: "work", entity: "project", id: tower } : null;
  render(
    <LinksProvider app="work" record={record}>
      <RelatedList field={field} />
    </LinksProvider>,
    { wrapper: Surroundings },
  );
}

describe("a related list", () => {
  it("counts and lists the records that link here, each leading to its page", async () => {
    serve({
      "GET /api/apps/work": () => app,
      [`GET ${address}?limit=10`]: () => ({ items: [item], next: null }),
      [`GET ${address}/count`]: () => ({ count: 1 }),
    });
    show(true);
    const link = await screen.findByRole("link", { name: "Steel" });
    expect(link.getAttribute("href")).toBe(`/apps/work/entities/order/records/${order}`);
    expect(await screen.findByText(/1 record|1 条/)).toBeDefined();
    // the link that leads back says nothing new
    expect(screen.queryByText("Tower")).toBeNull();
    expect(screen.getByRole("button", { name: /Order/ })).toBeDefined();
  });

  it("says that nothing links here", async () => {
    serve({
      "GET /api/apps/work": () => app,
      [`GET ${address}?limit=10`]: () => ({ items: [], next: null }),
      [`GET ${address}/count`]: () => ({ count: 0 }),
    });
    show(true);
    expect(await screen.findByText(/Nothing links here yet|还没有关联到此处的数据/)).toBeDefined();
  });

  it("waits for the record to be there", () => {
    const server = serve({ "GET /api/apps/work": () => app });
    show(false);
    expect(screen.getByText(/once this is saved|保存后显示/)).toBeDefined();
    expect(server.asked.some(({ path }) => path.includes("related"))).toBe(false);
  });
});

const read = (search: string) => prefilled(new URLSearchParams(search).get("link"), orders);

describe("a new record that is to link to another", () => {
  it("has the link of the address, as one or as a list", () => {
    expect(read(linkSearch("project", tower))).toEqual({ project: tower });
    expect(read(linkSearch("others", tower))).toEqual({ others: [tower] });
  });

  it("takes nothing that is no link of the entity", () => {
    for (const text of [null, "", "project", `name:${tower}`, `nothing:${tower}`, "project:1", `lines.item:${tower}`])
      expect(prefilled(text, orders)).toEqual({});
  });
});
