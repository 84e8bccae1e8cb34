import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Entity, Submitted } from "../src/api/types";
import { PAUSE } from "../src/forms/DraftKeeper";
import { useEntry } from "../src/forms/entry";
import { useDraftSaving } from "../src/forms/useDraftSaving";
import { isSentBefore, newRecordId, useSubmission } from "../src/forms/useSubmission";
import { FileMissing } from "../src/forms/useUploads";
import { type Answer, deferred, Refusal, serve } from "./server";
import { Surroundings } from "./surroundings";

const entity: Entity = { key: "e", title: "E", fields: [{ key: "name", type: "text", title: "Name" }] };
const rights = { name: "write" } as const;
const initial = {};
const nothing: ReadonlySet<string> = new Set();
const place = { app: "a", form: "f" };
const evaluate = async () => ({ values: {}, failed: {}, hidden: [], required: [], errors: [] });
const SUBMISSIONS = "/api/apps/a/forms/f/submissions";
const DRAFTS = "/api/apps/a/forms/f/drafts";
const submitted = { record: { id: "1", title: "T" }, instance: null };
const draft = { id: "d1", values: {}, updated_at: "2027-01-01T00:00:00Z" };

function setUp(answers: Record<string, Answer>) {
  const server = serve({
    [`POST ${SUBMISSIONS}`]: () => submitted,
    [`POST ${DRAFTS}`]: () => draft,
    "PUT /api/drafts/d1": () => draft,
    "DELETE /api/drafts/d1": () => null,
    ...answers,
  });
  const { result } = renderHook(
    () => {
      const entry = useEntry({ entity, rights, initial, evaluate }, nothing);
      const saving = useDraftSaving(place, null, entry);
      return { entry, saving, submission: useSubmission(place, entry, saving.keeper) };
    },
    { wrapper: Surroundings },
  );
  const send = async () => {
    let answer: Submitted | null = null;
    await act(async () => {
      answer = await result.current.submission.send(null);
    });
    return answer;
  };
  return { server, page: () => result.current, send };
}

function lost(): never {
  throw new TypeError("connection lost");
}

/** Loses the answers before `count`, as a bad network does. */
function losing(count: number): Answer {
  let asked = 0;
  return () => {
    asked += 1;
    return asked <= count ? lost() : submitted;
  };
}

describe("sending a form", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("sends exactly the same again after a lost answer, whatever was saved as a draft meanwhile", async () => {
    const { server, page, send } = setUp({ [`POST ${SUBMISSIONS}`]: losing(1) });
    act(() => page().entry.change("name", "A"));
    expect(await send()).toBeNull();
    expect(page().submission.error).toMatchObject({ code: "unreachable" });
    await act(() => vi.advanceTimersByTimeAsync(PAUSE));
    expect(page().saving.draftId).toBe("d1");
    expect(await send()).toEqual(submitted);
    const [first, second] = server.of("POST", SUBMISSIONS);
    expect(second?.body).toEqual(first?.body);
    // the draft that was made in between is not left behind
    expect(server.of("DELETE", "/api/drafts/d1").length).toBe(1);
    expect(page().saving.isUnsaved()).toBe(false);
  });

  it("keeps the id of the record when something is changed after a lost answer", async () => {
    const { server, page, send } = setUp({ [`POST ${SUBMISSIONS}`]: losing(1) });
    act(() => page().entry.change("name", "A"));
    await send();
    act(() => page().entry.change("name", "B"));
    await send();
    const bodies = server.of("POST", SUBMISSIONS).map(({ body }) => body as { id: string; values: unknown });
    expect(bodies.map(({ values }) => values)).toEqual([{ name: "A" }, { name: "B" }]);
    expect(bodies[1]?.id).toBe(bodies[0]?.id);
    expect(bodies[0]?.id).toMatch(/^[0-9a-f]{24}$/);
  });

  it("knows that a form arrived before, and goes on keeping what is typed", async () => {
    const { page, send } = setUp({ [`POST ${SUBMISSIONS}`]: () => new Refusal(409, "id_taken") });
    act(() => page().entry.change("name", "A"));
    expect(await send()).toBeNull();
    expect(isSentBefore(page().submission.error)).toBe(true);
    expect(page().saving.isUnsaved()).toBe(true);
    await act(() => vi.advanceTimersByTimeAsync(PAUSE));
    expect(page().saving.state).toBe("saved");
  });

  it("makes no draft while the answer is awaited", async () => {
    const slow = deferred<unknown>();
    const { server, page } = setUp({ [`POST ${SUBMISSIONS}`]: () => slow.promise });
    act(() => page().entry.change("name", "A"));
    act(() => void page().submission.send(null));
    await act(() => vi.advanceTimersByTimeAsync(10 * PAUSE));
    expect(server.of("POST", SUBMISSIONS).length).toBe(1);
    await act(async () => slow.resolve(submitted));
    await act(() => vi.advanceTimersByTimeAsync(10 * PAUSE));
    expect(server.of("POST", DRAFTS)).toEqual([]);
  });
});

describe("sending a form with files", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("waits for files, and takes those that arrived meanwhile with it", async () => {
    const { server, page } = setUp({});
    const file = deferred<null>();
    const upload = file.promise.then(() => page().entry.change("name", "with file"));
    act(() => void page().entry.uploads.track(upload));
    expect(page().saving.isUnsaved()).toBe(true);
    act(() => void page().submission.send(null));
    await act(() => vi.advanceTimersByTimeAsync(PAUSE));
    expect(server.of("POST", SUBMISSIONS)).toEqual([]);
    expect(page().submission.isSending).toBe(true);
    await act(async () => file.resolve(null));
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(server.of("POST", SUBMISSIONS).map(({ body }) => body)).toMatchObject([{ values: { name: "with file" } }]);
  });

  it("does not go without a file that failed", async () => {
    const { server, page, send } = setUp({});
    act(
      () =>
        void page()
          .entry.uploads.track(Promise.reject(new Error("lost")))
          .catch(() => undefined),
    );
    expect(await send()).toBeNull();
    expect(server.of("POST", SUBMISSIONS)).toEqual([]);
    expect(page().submission.error).toBeInstanceOf(FileMissing);
    // whoever reads that and presses once more goes on without it
    expect(await send()).toEqual(submitted);
  });

  it("makes ids that no two forms share", () => {
    expect(newRecordId(1).startsWith("000000000001")).toBe(true);
    expect(newRecordId(1)).not.toBe(newRecordId(1));
  });
});

describe("keeping a draft", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("makes a new one when the old one is gone", async () => {
    const { server, page } = setUp({ "PUT /api/drafts/d1": () => new Refusal(404, "draft_not_found") });
    for (const text of ["A", "B"]) {
      act(() => page().entry.change("name", text));
      await act(() => vi.advanceTimersByTimeAsync(PAUSE));
    }
    expect(server.of("POST", DRAFTS).map(({ body }) => body)).toEqual([
      { values: { name: "A" } },
      { values: { name: "B" } },
    ]);
    expect(page().saving.state).toBe("saved");
  });

  it("says why it could not be kept", async () => {
    const { page } = setUp({ [`POST ${DRAFTS}`]: lost });
    act(() => page().entry.change("name", "A"));
    await act(() => vi.advanceTimersByTimeAsync(PAUSE));
    expect(page().saving).toMatchObject({ state: "failed", error: { code: "unreachable" } });
    expect(page().saving.isUnsaved()).toBe(true);
  });
});
