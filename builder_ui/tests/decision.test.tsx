import { act, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Entity, TaskAction, TaskView, Values } from "../src/api/types";
import { useEntry } from "../src/forms/entry";
import { useDecision } from "../src/record/useDecision";
import { type Answer, Refusal, serve } from "./server";
import { Surroundings } from "./surroundings";

const entity: Entity = {
  key: "e",
  title: "E",
  fields: [
    { key: "note", type: "text", title: "Note" },
    { key: "center", type: "text", title: "Centre" },
  ],
};
const rights = { note: "write", center: "write" } as const;
const nothing: ReadonlySet<string> = new Set();
const approve = {
  action: "approve",
  targets: [],
  resume: [],
  effect: null,
  back_to: null,
  comment_required: false,
} satisfies TaskAction;
const ACT = "/api/tasks/t/act";

/** As much of a task's page as a decision needs. */
function taskView(version: number, values: Values): TaskView {
  return { task: { id: "t" }, record: { version, values } } as unknown as TaskView;
}
const seen = taskView(3, { note: null, center: null });

function setUp(answers: Record<string, Answer>) {
  const server = serve({ [`POST ${ACT}`]: () => ({}), "GET /api/tasks/t": () => seen, ...answers });
  const { result } = renderHook(
    () => {
      const entry = useEntry({ entity, rights, initial: seen.record.values, evaluate: null }, nothing);
      return { entry, deciding: useDecision(seen, entry) };
    },
    { wrapper: Surroundings },
  );
  const approves = async () => {
    await act(() => result.current.deciding.choose(approve));
    await act(() => result.current.deciding.decide({ action: "approve", comment: "Yes" }));
  };
  return { server, page: () => result.current, approves };
}

/** Refuses the first decision, takes the others. */
function meeting(): Answer {
  let asked = 0;
  return () => {
    asked += 1;
    return asked === 1 ? new Refusal(409, "version_conflict") : {};
  };
}

describe("a decision", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("carries only the fields that were changed, with the version that was seen", async () => {
    const { server, page, approves } = setUp({});
    act(() => page().entry.change("center", "CC-1"));
    await approves();
    expect(server.of("POST", ACT).map(({ body }) => body)).toEqual([
      { action: "approve", comment: "Yes", values: { center: "CC-1" }, version: 3 },
    ]);
    expect(page().deciding.isDone).toBe(true);
  });

  it("carries no fields when nothing was changed", async () => {
    const { server, approves } = setUp({});
    await approves();
    expect(server.of("POST", ACT).map(({ body }) => body)).toEqual([{ action: "approve", comment: "Yes" }]);
  });

  it("is known again after its answer was lost, and its dialog stays", async () => {
    let asked = 0;
    const { server, page, approves } = setUp({
      [`POST ${ACT}`]: () => {
        asked += 1;
        if (asked === 1) throw new TypeError("connection lost");
        return {};
      },
    });
    await approves();
    expect(page().deciding.chosen).toEqual(approve);
    expect(page().deciding.error).toMatchObject({ code: "unreachable" });
    await approves();
    const keys = server.of("POST", ACT).map(({ headers }) => headers["Idempotency-Key"]);
    expect(keys.length).toBe(2);
    expect(new Set(keys).size).toBe(1);
  });

  it("shows both sides where somebody else wrote the same field, and sends what was chosen", async () => {
    const theirs = taskView(4, { note: "theirs", center: null });
    const { server, page, approves } = setUp({ [`POST ${ACT}`]: meeting(), "GET /api/tasks/t": () => theirs });
    act(() => page().entry.change("note", "mine"));
    await approves();
    expect(page().deciding.conflict).toMatchObject({ mine: { note: "mine" }, keys: ["note"], theirs: { version: 4 } });
    await act(() => page().deciding.reapply({ note: "mine" }, 4));
    expect(server.of("POST", ACT).at(-1)?.body).toEqual({
      action: "approve",
      comment: "Yes",
      values: { note: "mine" },
      version: 4,
    });
    expect(page().deciding.conflict).toBeNull();
  });

  it("keeps everything when the conflict is left, or its other side cannot be read", async () => {
    const { page, approves } = setUp({
      [`POST ${ACT}`]: () => new Refusal(409, "version_conflict"),
      "GET /api/tasks/t": () => {
        throw new TypeError("connection lost");
      },
    });
    act(() => page().entry.change("note", "mine"));
    await approves();
    expect(page().deciding.error).toMatchObject({ code: "unreachable" });
    expect(page().deciding.chosen).toEqual(approve);
    act(() => page().deciding.back());
    expect(page().entry.values["note"]).toBe("mine");
  });
});
