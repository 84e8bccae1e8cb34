import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entity, Evaluation, Values } from "../src/api/types";
import { useEntry } from "../src/forms/entry";

const entity: Entity = {
  key: "e",
  title: "E",
  fields: [
    { key: "name", type: "text", title: "Name", required: true },
    { key: "vendor", type: "text", title: "Vendor" },
    { key: "twice", type: "number", title: "Twice", computed: "1" },
  ],
};
const rights = { name: "write", vendor: "write", twice: "read" } as const;
const initial = {};
const conditional: ReadonlySet<string> = new Set(["vendor"]);

interface Asked {
  values: Values;
  signal: AbortSignal;
  answer: (given: Partial<Evaluation>) => void;
}

function setUp() {
  const asked: Asked[] = [];
  const evaluate = (values: Values, signal: AbortSignal) =>
    new Promise<Evaluation>((resolve) => {
      asked.push({
        values,
        signal,
        answer: (given) => resolve({ values: {}, failed: {}, hidden: [], required: [], errors: [], ...given }),
      });
    });
  const options = { entity, rights, initial, evaluate };
  const { result } = renderHook(() => useEntry(options, conditional));
  return { asked, entry: () => result.current };
}

const fault = { code: "required", message: "Required", path: "/name", params: {} };

describe("an entry", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("asks once, a moment after the last key", async () => {
    const { asked, entry } = setUp();
    await act(() => vi.advanceTimersByTimeAsync(0));
    for (const text of ["a", "ab", "abc"]) act(() => entry().change("name", text));
    await act(() => vi.advanceTimersByTimeAsync(299));
    expect(asked.length).toBe(1);
    await act(() => vi.advanceTimersByTimeAsync(1));
    expect(asked.map((one) => one.values)).toEqual([{}, { name: "abc" }]);
  });

  it("asks once when everything is asked for before the pause is over", async () => {
    const { asked, entry } = setUp();
    await act(() => vi.advanceTimersByTimeAsync(0));
    act(() => entry().change("name", "a"));
    act(() => void entry().attempt());
    await act(() => vi.advanceTimersByTimeAsync(1000));
    expect(asked.map((one) => one.values)).toEqual([{}, { name: "a" }]);
  });

  it("drops an answer that was overtaken", async () => {
    const { asked, entry } = setUp();
    await act(() => vi.advanceTimersByTimeAsync(0));
    act(() => entry().change("name", "a"));
    await act(() => vi.advanceTimersByTimeAsync(300));
    await act(async () => asked[1]?.answer({ values: { twice: 2 } }));
    await act(async () => asked[0]?.answer({ values: { twice: 1 } }));
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(entry().values["twice"]).toBe(2);
  });
});

describe("the faults of an entry", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("shows a fault after the field was left, or when all are asked for", async () => {
    const { asked, entry } = setUp();
    await act(() => vi.advanceTimersByTimeAsync(0));
    await act(async () => asked[0]?.answer({ errors: [fault] }));
    expect(entry().faultAt("/name", "name")).toBeNull();
    act(() => entry().touch("name"));
    expect(entry().faultAt("/name", "name")).toBe("Required");
  });

  it("shows no fault of values that were changed before the field was left", async () => {
    const { asked, entry } = setUp();
    await act(() => vi.advanceTimersByTimeAsync(0));
    await act(async () => asked[0]?.answer({ errors: [fault] }));
    act(() => entry().change("name", "a"));
    act(() => entry().touch("name"));
    expect(entry().faultAt("/name", "name")).toBeNull();
    await act(() => vi.advanceTimersByTimeAsync(300));
    await act(async () => asked[1]?.answer({ errors: [fault] }));
    expect(entry().faultAt("/name", "name")).toBe("Required");
  });

  it("shows a refusal of the server until the field changes", async () => {
    const { entry } = setUp();
    act(() =>
      entry().refuse([
        { path: "/name", message: "Taken" },
        { path: "/gone", message: "Elsewhere" },
      ]),
    );
    expect(entry().faultAt("/name", "name")).toBe("Taken");
    expect(entry().otherFaults).toEqual(["Elsewhere"]);
    act(() => entry().change("name", "b"));
    expect(entry().faultAt("/name", "name")).toBeNull();
  });

  it("hides fields under a condition until the server says that they are shown", async () => {
    const { asked, entry } = setUp();
    expect(entry().isHidden("vendor")).toBe(true);
    await act(() => vi.advanceTimersByTimeAsync(0));
    await act(async () => asked[0]?.answer({ hidden: [], required: ["vendor"] }));
    expect(entry().isHidden("vendor")).toBe(false);
    expect(entry().isRequired("vendor")).toBe(true);
  });
});
