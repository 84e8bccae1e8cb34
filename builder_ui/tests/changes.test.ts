import { describe, expect, it } from "vitest";
import { ApiError } from "../src/api/client";
import { backAddress } from "../src/pages/SignInPage";
import { changedValues, clashingKeys, isConflict, resolved } from "../src/record/changes";

const conflict = new ApiError(409, {
  code: "version_conflict",
  message: "changed",
  path: null,
  params: {},
  request_id: "r",
  errors: [{ code: "changed_by_other", message: "", path: "/name", params: {} }],
});

describe("changing a record", () => {
  it("sends only what differs", () => {
    const before = { name: "A", goals: ["x"], note: null };
    expect(changedValues(before, { name: "B", goals: ["x"], note: null })).toEqual({ name: "B" });
  });

  it("knows a conflict and the fields both sides changed", () => {
    expect(isConflict(conflict)).toBe(true);
    const mine = { name: "B", budget: 1 };
    expect(clashingKeys(conflict, mine, { name: "C", budget: 2 })).toEqual(["name"]);
    expect(clashingKeys(new Error("?"), mine, { name: "C", budget: 2 })).toEqual(["name", "budget"]);
  });

  it("sees no conflict where both wrote the same, as when the answer to the first attempt was lost", () => {
    expect(clashingKeys(conflict, { name: "B" }, { name: "B" })).toEqual([]);
  });

  it("sends mine again without the fields where theirs stays", () => {
    expect(resolved({ name: "B", budget: 1 }, { name: "theirs" })).toEqual({ budget: 1 });
  });
});

describe("the way back after signing in", () => {
  it("stays on this site", () => {
    expect(backAddress("/tasks/1?x=2")).toBe("/tasks/1?x=2");
    for (const elsewhere of [
      "//evil.example",
      "/\\evil.example",
      "https://evil.example",
      "javascript:alert(1)",
      null,
    ]) {
      expect(backAddress(elsewhere)).toBe("/");
    }
  });
});
