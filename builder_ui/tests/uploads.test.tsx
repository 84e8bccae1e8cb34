import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { AttachmentField } from "../src/api/types";
import { FieldEdit } from "../src/fields/registry";
import { UploadsProvider } from "../src/forms/useUploads";
import { Surroundings } from "./surroundings";

const field: AttachmentField = { key: "f", type: "attachment", title: "Files", max_size_mb: 1 };
const started: Uploading[] = [];

/** An upload that a test lets succeed, fail or go on for ever. */
class Uploading extends EventTarget {
  readonly upload = new EventTarget();
  status = 0;
  responseText = "";
  isAborted = false;

  open() {
    started.push(this);
  }
  setRequestHeader() {}
  getResponseHeader() {
    return null;
  }
  send() {}
  abort() {
    this.isAborted = true;
  }
}

function pick(...files: File[]) {
  const tracked: Promise<unknown>[] = [];
  const track = <T,>(work: Promise<T>) => {
    tracked.push(work);
    return work;
  };
  const onChange = vi.fn();
  vi.stubGlobal("XMLHttpRequest", Uploading);
  const { container } = render(
    <UploadsProvider value={track}>
      <FieldEdit field={field} value={null} id="f" label="Files" isInvalid={false} onChange={onChange} />
    </UploadsProvider>,
    { wrapper: Surroundings },
  );
  const input = container.querySelector("input[type=file]");
  if (input === null) throw new Error("there is no file input");
  fireEvent.change(input, { target: { files } });
  return { tracked, onChange };
}

afterEach(() => {
  cleanup();
  started.length = 0;
  vi.unstubAllGlobals();
});

it("counts as under way until the file is part of the value", async () => {
  const { tracked, onChange } = pick(new File(["x"], "plan.txt"));
  await waitFor(() => expect(started.length).toBe(1));
  const stored = { id: "0", name: "plan.txt", size: 1, media_type: "text/plain" };
  Object.assign(started[0] ?? {}, { status: 201, responseText: JSON.stringify(stored) });
  started[0]?.dispatchEvent(new Event("load"));
  await Promise.all(tracked);
  expect(onChange).toHaveBeenCalledWith([stored]);
});

it("can be cancelled, and what waits for it hears that it will not come", async () => {
  const { tracked, onChange } = pick(new File(["x"], "plan.txt"));
  fireEvent.click(await screen.findByRole("button", { name: /(Cancel uploading|取消上传) plan.txt/ }));
  await expect(tracked[0]).rejects.toBeDefined();
  expect(started[0]?.isAborted).toBe(true);
  expect(onChange).not.toHaveBeenCalled();
  await waitFor(() => expect(screen.queryByRole("progressbar")).toBeNull());
});

it("says at the field which files did not come, and why", async () => {
  const large = new File(["x"], "large.txt");
  Object.defineProperty(large, "size", { value: 2 * 1024 * 1024 });
  const { tracked } = pick(large, new File(["x"], "lost.txt"));
  await waitFor(() => expect(started.length).toBe(1));
  started[0]?.dispatchEvent(new Event("error"));
  await expect(tracked[0]).rejects.toMatchObject({ code: "unreachable" });
  await waitFor(() => expect(screen.getAllByRole("alert").length).toBe(2));
  const told = screen.getAllByRole("alert").map((alert) => alert.textContent);
  expect(told[0]).toContain("large.txt");
  expect(told[1]).toContain("lost.txt");
});
