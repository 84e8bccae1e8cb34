// The page goes by the server's time as soon as an answer with formulas tells it.
import { renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { useRecord } from "../src/api/records";
import { serverNow } from "../src/api/serverTime";
import { serve } from "./server";
import { Surroundings } from "./surroundings";

afterEach(() => vi.unstubAllGlobals());

const HOUR = 3_600_000;

it("is learnt from a record that is opened, whatever the machine's own clock says", async () => {
  const now = new Date(Date.now() + 48 * HOUR).toISOString();
  serve({ "GET /api/apps/a/entities/e/records/r": () => ({ record: { id: "r" }, formulas: { now } }) });
  const { result } = renderHook(() => useRecord({ app: "a", entity: "e", id: "r" }), { wrapper: Surroundings });
  await waitFor(() => expect(result.current.data).toBeDefined());
  expect(serverNow()).toBeGreaterThan(Date.now() + 47 * HOUR);
});
