// Answers instead of a server: what was asked is kept, each path answers as it is told.
import { vi } from "vitest";

export interface Asked {
  method: string;
  path: string;
  body: unknown;
  headers: Record<string, string>;
}
/** The answer as JSON; what is thrown stands for a lost connection. */
export type Answer = (asked: Asked) => unknown;

export class Refusal {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string) {
    this.status = status;
    this.code = code;
  }
}

function asResponse(answer: unknown): Response {
  if (!(answer instanceof Refusal)) return new Response(JSON.stringify(answer));
  const error = { code: answer.code, message: answer.code, path: null, params: {}, request_id: "r", errors: [] };
  return new Response(JSON.stringify({ error }), { status: answer.status });
}

/** `answers` by "METHOD /path". */
export function serve(answers: Record<string, Answer>) {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", async (path: string, call: RequestInit) => {
    const body: unknown = call.body === undefined ? undefined : JSON.parse(String(call.body));
    const one = { method: call.method ?? "GET", path, body, headers: { ...(call.headers as Record<string, string>) } };
    asked.push(one);
    const answer = answers[`${one.method} ${path}`];
    if (answer === undefined) throw new Error(`nothing answers ${one.method} ${path}`);
    return asResponse(await answer(one));
  });
  return {
    asked,
    of: (method: string, path: string) => asked.filter((one) => one.method === method && one.path === path),
  };
}

/** A promise that a test fulfils when its time has come. */
export function deferred<T>() {
  const held: { resolve: (value: T) => void } = { resolve: () => undefined };
  const promise = new Promise<T>((resolve) => {
    held.resolve = resolve;
  });
  return { promise, resolve: (value: T) => held.resolve(value) };
}
