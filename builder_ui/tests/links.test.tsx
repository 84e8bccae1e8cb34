import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Field, Json } from "../src/api/types";
import { FieldEdit, FieldShow } from "../src/fields/registry";
import { CellValue } from "../src/grid/CellValue";
import { LinksProvider } from "../src/links/place";
import { serve } from "./server";
import { Surroundings } from "./surroundings";

const tower = "0000000000000000000000aa";
const bridge = "0000000000000000000000bb";
const field: Field = { key: "project", type: "link", title: "Project", entity: "project" };
const address = "/api/apps/work/entities/project/choices";
const hidden = /Deleted, or not for you|已删除, 或无权查看/;

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Picker({ initial = null, onValue }: { initial?: Json; onValue?: (value: Json) => void }) {
  const [value, setValue] = useState<Json>(initial);
  const change = (next: Json) => {
    setValue(next);
    onValue?.(next);
  };
  return (
    <LinksProvider app="work">
      <FieldEdit field={field} value={value} id="f" label="Project" isInvalid={false} onChange={change} />
    </LinksProvider>
  );
}

function open() {
  fireEvent.mouseDown(screen.getByRole("combobox", { name: "Project" }));
}

describe("a link that is shown", () => {
  it("leads to the record by the title that came with it, and asks nothing", () => {
    const server = serve({});
    render(
      <LinksProvider app="work" titles={{ [tower]: "Tower" }}>
        <FieldShow field={field} value={tower} />
      </LinksProvider>,
      { wrapper: Surroundings },
    );
    const link = screen.getByRole("link", { name: "Tower" });
    expect(link.getAttribute("href")).toBe(`/apps/work/entities/project/records/${tower}`);
    expect(server.asked).toHaveLength(0);
  });

  it("says that a record is gone or not to be read", async () => {
    serve({ [`GET ${address}?ids=${tower}`]: () => ({ items: [], more: false }) });
    render(
      <LinksProvider app="work">
        <FieldShow field={field} value={tower} />
      </LinksProvider>,
      { wrapper: Surroundings },
    );
    expect(await screen.findByText(hidden)).toBeDefined();
    expect(screen.queryByRole("link")).toBeNull();
  });

  it("is plain text in a list, which asks for no single title", () => {
    const server = serve({});
    render(
      <LinksProvider app="work" titles={{ [tower]: "Tower" }}>
        <CellValue field={field} value={tower} />
        <CellValue field={field} value={bridge} />
      </LinksProvider>,
      { wrapper: Surroundings },
    );
    expect(screen.getByText("Tower")).toBeDefined();
    expect(screen.getByText(hidden)).toBeDefined();
    expect(screen.queryByRole("link")).toBeNull();
    expect(server.asked).toHaveLength(0);
  });

  it("is a dash in a list where it leads nowhere, as every empty value is", () => {
    const several: Field = { key: "g", type: "link", title: "G", entity: "project", multiple: true };
    render(
      <>
        <CellValue field={field} value={null} />
        <CellValue field={several} value={[]} />
        <CellValue field={{ key: "p", type: "image", title: "P" }} value={null} />
      </>,
      { wrapper: Surroundings },
    );
    expect(screen.getAllByText("–")).toHaveLength(3);
  });
});

describe("a link that is chosen", () => {
  it("is found by words of the title, and named at once", async () => {
    const items = [{ id: tower, title: "Tower north" }];
    const server = serve({
      [`GET ${address}`]: () => ({ items: [{ id: bridge, title: "Bridge" }, ...items], more: true }),
      [`GET ${address}?q=tower`]: () => ({ items, more: false }),
    });
    const seen: Json[] = [];
    render(<Picker onValue={(value) => seen.push(value)} />, { wrapper: Surroundings });
    open();
    expect(await screen.findByText("Bridge")).toBeDefined();
    expect(screen.getByText(/There are more|还有更多数据/)).toBeDefined();
    fireEvent.change(screen.getByRole("combobox"), { target: { value: "tower" } });
    await waitFor(() => expect(server.of("GET", `${address}?q=tower`)).toHaveLength(1));
    await waitFor(() => expect(screen.queryByText("Bridge")).toBeNull());
    fireEvent.click(await screen.findByText("Tower north"));
    expect(seen).toEqual([tower]);
    // the title is known from the list
    expect(server.asked.some(({ path }) => path.includes("ids="))).toBe(false);
  });

  it("keeps its name while it is not among those offered", async () => {
    serve({
      [`GET ${address}?ids=${tower}`]: () => ({ items: [{ id: tower, title: "Tower" }], more: false }),
    });
    render(<Picker initial={tower} />, { wrapper: Surroundings });
    expect(await screen.findByText("Tower")).toBeDefined();
  });

  it("says when nothing is found", async () => {
    serve({ [`GET ${address}`]: () => ({ items: [], more: false }) });
    render(<Picker />, { wrapper: Surroundings });
    open();
    expect(await screen.findByText(/Nothing found|没有找到数据/)).toBeDefined();
  });
});

const several: Field = { ...field, multiple: true, max_items: 2 };

function Several({ initial, onValue }: { initial: Json; onValue: (value: Json) => void }) {
  const [value, setValue] = useState<Json>(initial);
  const change = (next: Json) => {
    setValue(next);
    onValue(next);
  };
  return (
    <LinksProvider app="work" titles={{ [tower]: "Tower" }}>
      <FieldEdit field={several} value={value} id="f" label="Project" isInvalid={false} onChange={change} />
    </LinksProvider>
  );
}

describe("a link to several records", () => {
  it("shows each by its title, and says which are gone", async () => {
    const server = serve({ [`GET ${address}?ids=${bridge}`]: () => ({ items: [], more: false }) });
    render(
      <LinksProvider app="work" titles={{ [tower]: "Tower" }}>
        <FieldShow field={several} value={[tower, bridge]} />
      </LinksProvider>,
      { wrapper: Surroundings },
    );
    const link = screen.getByRole("link", { name: "Tower" });
    expect(link.getAttribute("href")).toBe(`/apps/work/entities/project/records/${tower}`);
    expect(await screen.findByText(hidden)).toBeDefined();
    expect(server.asked).toHaveLength(1);
  });

  it("is plain text in a list, which asks for no titles", () => {
    const server = serve({});
    render(
      <LinksProvider app="work" titles={{ [tower]: "Tower" }}>
        <CellValue field={several} value={[tower, bridge]} />
      </LinksProvider>,
      { wrapper: Surroundings },
    );
    expect(screen.getByText("Tower")).toBeDefined();
    expect(screen.getByText(hidden)).toBeDefined();
    expect(screen.queryByRole("link")).toBeNull();
    expect(server.asked).toHaveLength(0);
  });

  it("is chosen by words, one after the other, each with its name", async () => {
    const server = serve({ [`GET ${address}`]: () => ({ items: [{ id: bridge, title: "Bridge" }], more: false }) });
    const seen: Json[] = [];
    render(<Several initial={[tower]} onValue={(value) => seen.push(value)} />, { wrapper: Surroundings });
    expect(screen.getAllByTitle("Tower").length).toBeGreaterThan(0);
    open();
    fireEvent.click(await screen.findByText("Bridge"));
    expect(seen).toEqual([[tower, bridge]]);
    await waitFor(() => expect(screen.getAllByTitle("Bridge")).toHaveLength(2));
    expect(server.asked.some(({ path }) => path.includes("ids="))).toBe(false);
    fireEvent.click(screen.getAllByLabelText(/close/i)[0] as HTMLElement);
    expect(seen.at(-1)).toEqual([bridge]);
  });

  it("shows a single id that a history holds from before", () => {
    serve({});
    render(
      <LinksProvider app="work" titles={{ [tower]: "Tower" }}>
        <FieldShow field={several} value={tower} />
      </LinksProvider>,
      { wrapper: Surroundings },
    );
    expect(screen.getByRole("link", { name: "Tower" })).toBeDefined();
  });
});
