import { afterEach, describe, expect, it, vi } from "vitest";
import {
  ApiError,
  isSignedOut,
  request,
  requestChange,
  speak,
  speakFor,
  whenPersonChanged,
  whenSignedOut,
} from "../src/api/client";

function answering(status: number, body: string) {
  const fetched = vi.fn((_path: string, _call: RequestInit) =>
    Promise.resolve(new Response(body, { status, headers: { "x-request-id": "req-1" } })),
  );
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

describe("the client", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("asks in the language of the page and leaves out empty parameters", async () => {
    const fetched = answering(200, '{"items":[]}');
    speak("en");
    await expect(request("/api/inbox/todo", { query: { q: "", cursor: null, limit: 30 } })).resolves.toEqual({
      items: [],
    });
    expect(fetched.mock.calls[0]?.[0]).toBe("/api/inbox/todo?limit=30");
    expect(fetched.mock.calls[0]?.[1].headers).toMatchObject({ "Accept-Language": "en" });
  });

  it("says for whom it asks, but of the session itself, and tells when that is another person now", async () => {
    const told = vi.fn();
    const error = { code: "person_changed", message: "", path: null, params: {}, request_id: "r", errors: [] };
    const fetched = answering(409, JSON.stringify({ error }));
    whenPersonChanged(told);
    speakFor("a1");
    await expect(request("/api/inbox/todo")).rejects.toMatchObject({ code: "person_changed" });
    expect(fetched.mock.calls[0]?.[1].headers).toMatchObject({ "Formwright-Person": "a1" });
    expect(told).toHaveBeenCalledOnce();
    await request("/api/session").catch(() => undefined);
    expect(fetched.mock.calls[1]?.[1].headers).not.toHaveProperty("Formwright-Person");
    speakFor(null);
  });

  it("turns the server's error into one class", async () => {
    const error = { code: "task_not_open", message: "closed", path: null, params: {}, request_id: "r", errors: [] };
    answering(409, JSON.stringify({ error }));
    const refused = await request("/api/tasks/1").catch((failure: unknown) => failure);
    expect(refused).toBeInstanceOf(ApiError);
    expect(refused).toMatchObject({ status: 409, code: "task_not_open", message: "closed" });
  });

  it("keeps the request id of an answer that is not ours", async () => {
    answering(502, "<html>bad gateway</html>");
    await expect(request("/api/apps")).rejects.toMatchObject({
      status: 502,
      body: { code: "bad_answer", request_id: "req-1" },
    });
  });

  it("tells when something is refused because the session is over, but for the question after the session", async () => {
    const tell = vi.fn();
    whenSignedOut(tell);
    answering(401, "{}");
    await request("/api/session").catch(() => undefined);
    expect(tell).not.toHaveBeenCalled();
    for (const path of ["/api/apps", "/api/session/person"]) await request(path).catch(() => undefined);
    expect(tell).toHaveBeenCalledTimes(2);
    whenSignedOut(() => undefined);
  });

  it("says that the server cannot be reached", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("network")));
    const failure = await request("/api/apps").catch((error: unknown) => error);
    expect(failure).toMatchObject({ status: 0, code: "unreachable" });
    expect(isSignedOut(failure)).toBe(false);
  });
});

/** Answers to be given by hand, in the order of what was asked. */
function waiting() {
  const asked: { path: string; headers: Record<string, string>; answer: (body: string) => void }[] = [];
  vi.stubGlobal(
    "fetch",
    (path: string, call: RequestInit) =>
      new Promise((resolve) => {
        const answer = (body: string) => resolve(new Response(body));
        asked.push({ path, headers: call.headers as Record<string, string>, answer });
      }),
  );
  return asked;
}

describe("a change of the person", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
    speakFor(null);
  });

  it("lets what was asked before be answered, and asks what comes meanwhile for the new one", async () => {
    const asked = waiting();
    speakFor("a1");
    const first = request("/api/inbox/todo");
    const switched = requestChange<{ id: string }>("/api/session/person", { method: "POST" }, (me) => me.id);
    const second = request("/api/apps");
    await vi.waitFor(() => expect(asked.map((item) => item.path)).toEqual(["/api/inbox/todo"]));
    asked[0]?.answer("{}");
    await first;
    await vi.waitFor(() => expect(asked.at(-1)?.path).toBe("/api/session/person"));
    asked[1]?.answer('{"id":"b2"}');
    await switched;
    await vi.waitFor(() => expect(asked.at(-1)?.headers).toMatchObject({ "Formwright-Person": "b2" }));
    asked[2]?.answer("{}");
    await second;
  });

  it("sends nothing for nobody that was asked while the session ended or after it", async () => {
    const asked = waiting();
    speakFor("a1");
    const ended = requestChange("/api/session", { method: "DELETE" }, () => null);
    const late = request("/api/apps").catch(isSignedOut);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    asked[0]?.answer("{}");
    await ended;
    await expect(late).resolves.toBe(true);
    await expect(request("/api/session").catch(isSignedOut)).resolves.toBe(true);
    expect(asked).toHaveLength(1);
    speakFor("b2");
    void request("/api/apps");
    await vi.waitFor(() => expect(asked.at(-1)?.headers).toMatchObject({ "Formwright-Person": "b2" }));
  });
});
