import { describe, expect, it } from "vitest";
import { ApiError } from "../src/api/client";
import { keyFor } from "../src/api/idempotency";
import { byPlace, elsewhere, faultsOf } from "../src/forms/faults";

function refused(errors: { path: string | null; message: string }[], path: string | null = null): ApiError {
  const body = { code: "invalid", message: "2 problems", path, params: {}, request_id: "r" };
  return new ApiError(422, { ...body, errors: errors.map((error) => ({ code: "x", params: {}, ...error })) });
}

describe("faults by place", () => {
  it("maps the pointers of a refusal onto fields and cells", () => {
    const faults = byPlace(
      faultsOf(
        refused([
          { path: "/lines/0/qty", message: "Required" },
          { path: "/values/name", message: "Too long" },
        ]),
      ),
    );
    expect(faults.get("/lines/0/qty")).toBe("Required");
    expect(faults.get("/name")).toBe("Too long");
  });

  it("keeps the first message of a place", () => {
    const faults = byPlace([
      { path: "/name", message: "first" },
      { path: "/name", message: "second" },
    ]);
    expect(faults.get("/name")).toBe("first");
  });

  it("takes the path of the refusal itself when it lists nothing", () => {
    expect(faultsOf(refused([], "/to"))).toEqual([{ path: "/to", message: "2 problems" }]);
    expect(faultsOf(refused([]))).toEqual([]);
    expect(faultsOf(new Error("no answer"))).toEqual([]);
  });

  it("names what no field shows", () => {
    const faults = byPlace([
      { path: "/lines/3/qty", message: "shown" },
      { path: "/secret", message: "hidden field" },
      { path: null, message: "whole form" },
    ]);
    expect(elsewhere(faults, new Set(["lines"]))).toEqual(["hidden field", "whole form"]);
  });
});

describe("the key of a request", () => {
  it("stays for the same content and changes with it", () => {
    const first = keyFor(null, "a");
    expect(keyFor(first, "a").key).toBe(first.key);
    expect(keyFor(first, "b").key).not.toBe(first.key);
  });
});
