import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Field, Json } from "../src/api/types";
import { FieldEdit, FieldShow } from "../src/fields/registry";
import { CellValue } from "../src/grid/CellValue";
import { ids, Surroundings } from "./surroundings";

const PHOTO: Field = { key: "f", type: "image", title: "Photos" };
const NAME: Field = { key: "f", type: "signature", title: "Applicant" };
const stored = { id: ids.wei, name: "a.png", size: 9, media_type: "image/png" };

/** What was drawn, and an upload that succeeds. */
const drawn: string[] = [];
const paper = new Proxy({} as Record<string, unknown>, {
  get: (_, name) =>
    name === "measureText"
      ? () => ({ width: 10 })
      : (...given: unknown[]) => drawn.push(`${String(name)} ${given.join()}`),
  set: () => true,
});

class Sent extends EventTarget {
  readonly upload = new EventTarget();
  status = 201;
  responseText = JSON.stringify(stored);
  open() {}
  setRequestHeader() {}
  getResponseHeader() {
    return null;
  }
  send(body: FormData) {
    sent.push(body.get("file") as File);
    queueMicrotask(() => this.dispatchEvent(new Event("load")));
  }
  abort() {}
}
const sent: File[] = [];

beforeEach(() => {
  vi.stubGlobal("XMLHttpRequest", Sent);
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(paper as never);
  vi.spyOn(HTMLCanvasElement.prototype, "toBlob").mockImplementation((done) =>
    done(new Blob(["ink"], { type: "image/png" })),
  );
});

afterEach(() => {
  cleanup();
  drawn.length = 0;
  sent.length = 0;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function edit(field: Field, value: Json) {
  const onChange = vi.fn();
  render(<FieldEdit field={field} value={value} id="f" label="Applicant" isInvalid={false} onChange={onChange} />, {
    wrapper: Surroundings,
  });
  return onChange;
}

describe("pictures", () => {
  it("are shown as such, and large when they are chosen", async () => {
    render(<FieldShow field={PHOTO} value={[stored]} />, { wrapper: Surroundings });
    expect(screen.getByAltText("a.png").getAttribute("src")).toBe(`/api/files/${ids.wei}`);
    fireEvent.click(screen.getByRole("button", { name: /(Enlarge|放大查看) a\.png/ }));
    expect(await screen.findByRole("dialog")).toBeDefined();
    expect(screen.getByRole("link", { name: /a\.png/ }).getAttribute("download")).toBe("a.png");
  });

  it("can be taken out one by one", () => {
    const onChange = edit(PHOTO, [stored, { ...stored, id: ids.rd, name: "b.png" }]);
    fireEvent.click(screen.getByRole("button", { name: /(Remove|移除|删除).*a\.png/ }));
    expect(onChange).toHaveBeenCalledWith([{ ...stored, id: ids.rd, name: "b.png" }]);
  });

  it("are small in a narrow place, the rest counted", () => {
    const many = [1, 2, 3, 4, 5].map((number) => ({ ...stored, id: `${number}`.repeat(24) }));
    render(<CellValue field={PHOTO} value={many} />, { wrapper: Surroundings });
    expect(screen.getAllByRole("img").length).toBe(3);
    expect(screen.getByText("+2")).toBeDefined();
    expect(screen.queryByRole("button")).toBeNull();
  });
});

async function open() {
  fireEvent.click(screen.getByRole("button", { name: /(Sign|签名): Applicant/ }));
  await screen.findByRole("dialog");
  return screen.getByRole("button", { name: /Use this signature|使用此签名/ });
}

describe("a signature", () => {
  it("is drawn, and kept as a PNG file", async () => {
    const onChange = edit(NAME, null);
    const use = await open();
    expect(use).toHaveProperty("disabled", true);
    const canvas = screen.getByLabelText(/Sign here|在此签名/);
    fireEvent.pointerDown(canvas, { button: 0, pointerId: 1, clientX: 5, clientY: 5 });
    fireEvent.pointerMove(canvas, { pointerId: 1, clientX: 50, clientY: 20 });
    fireEvent.pointerUp(canvas, { pointerId: 1 });
    fireEvent.pointerMove(canvas, { pointerId: 1, clientX: 90, clientY: 20 });
    expect(drawn.filter((one) => one.startsWith("stroke")).length).toBe(2);
    fireEvent.click(use);
    await waitFor(() => expect(onChange).toHaveBeenCalledWith([stored]));
    expect(sent[0]?.type).toBe("image/png");
    expect(sent[0]?.name).toMatch(/\.png$/);
  });

  it("can be typed by whoever cannot draw", async () => {
    const onChange = edit(NAME, null);
    const use = await open();
    fireEvent.click(screen.getByText(/^(Type|键盘输入)$/));
    fireEvent.change(screen.getByLabelText(/Your name|请输入姓名/), { target: { value: "张伟" } });
    expect(drawn.some((one) => one.startsWith("fillText 张伟"))).toBe(true);
    fireEvent.click(use);
    await waitFor(() => expect(onChange).toHaveBeenCalledWith([stored]));
  });

  it("is nothing again when it is cleared", async () => {
    const onChange = edit(NAME, null);
    const use = await open();
    fireEvent.pointerDown(screen.getByLabelText(/Sign here|在此签名/), { button: 0, pointerId: 1 });
    expect(use).toHaveProperty("disabled", false);
    fireEvent.click(screen.getByRole("button", { name: /Clear|清除/ }));
    expect(use).toHaveProperty("disabled", true);
    expect(onChange).not.toHaveBeenCalled();
  });

  it("that is there can be removed", () => {
    const onChange = edit(NAME, [stored]);
    expect(screen.getByAltText(/Applicant/).getAttribute("src")).toBe(`/api/files/${ids.wei}`);
    fireEvent.click(screen.getByRole("button", { name: /(Remove the signature|删除签名): Applicant/ }));
    expect(onChange).toHaveBeenCalledWith(null);
  });
});
