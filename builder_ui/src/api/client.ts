// The one place that speaks HTTP: headers, JSON, and the server's one error shape as a class.
import type { Fault, FileValue, Values } from "./types";

export interface ErrorBody {
  code: string;
  message: string;
  path: string | null;
  params: Values;
  request_id: string;
  errors: (Fault & { params?: Values })[];
}

/** A refusal by the server, or a failure to reach it (`status` 0, code `unreachable`). */
export class ApiError extends Error {
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, body: ErrorBody) {
    super(body.message);
    this.name = "ApiError";
    this.status = status;
    this.body = body;
  }

  get code(): string {
    return this.body.code;
  }
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  body?: unknown;
  query?: Record<string, string | number | null | undefined>;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const SESSION = "/api/session";
const FILES = "/api/files";
// how long a change of the person waits for what was asked before
const PATIENCE_MS = 3000;
let language = "zh-CN";
let person: string | null = null;
let tellSignedOut: () => void = () => undefined;
let tellPersonChanged: () => void = () => undefined;

/** The language in which the server is asked to write its messages. */
export function speak(next: string): void {
  language = next;
}

/** For whom this page asks from now on: the server refuses what would be done as somebody else. */
export function speakFor(memberId: string | null): void {
  person = memberId;
  // after a session that ended
  if (memberId !== null && change === CLOSED) change = OPEN;
}

export function spokenFor(): string | null {
  return person;
}

/** Who hears that the session has another person now, as another tab changed it. */
export function whenPersonChanged(tell: () => void): void {
  tellPersonChanged = tell;
}

/** The session itself is asked for whoever it belongs to. */
function forPerson(path: string): Record<string, string> {
  return person === null || path.startsWith(SESSION) ? {} : { "Formwright-Person": person };
}

/** Who hears that the server refused something because the session is over; the session's own answer says it itself. */
export function whenSignedOut(tell: () => void): void {
  tellSignedOut = tell;
}

export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401;
}

function address(path: string, query: Call["query"]): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

function plainError(status: number, requestId: string | null): ApiError {
  const code = status === 0 ? "unreachable" : "bad_answer";
  return new ApiError(status, { code, message: "", path: null, params: {}, request_id: requestId ?? "", errors: [] });
}

function refusal(
  path: string,
  status: number,
  { text, requestId }: { text: string; requestId: string | null },
): ApiError {
  if (status === 401 && path !== SESSION) tellSignedOut();
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === "object" && answer !== null && "error" in answer) {
      const error = new ApiError(status, answer.error as ErrorBody);
      if (error.code === "person_changed") tellPersonChanged();
      return error;
    }
  } catch {
    // an answer that is not JSON comes from something in between
  }
  return plainError(status, requestId);
}

const underWay = new Set<Promise<unknown>>();
const OPEN = Promise.resolve(true);
const CLOSED = Promise.resolve(false);
// a change of the person; whether there is somebody to ask for after it
let change: Promise<boolean> = OPEN;

/** Ask the server. Raises `ApiError`; an aborted call raises what `fetch` raises. */
export async function request<T>(path: string, call: Call = {}): Promise<T> {
  if (!(await change)) throw plainError(401, null);
  const sent = send<T>(path, call);
  underWay.add(sent);
  try {
    return await sent;
  } finally {
    underWay.delete(sent);
  }
}

/**
 * A request after which the session belongs to somebody else, as `whom` reads from its answer, or to nobody (null).
 * What was asked before is answered first; what is asked meanwhile waits for the new person. For nobody nothing is sent
 * any more, until the page speaks for somebody.
 */
export async function requestChange<T>(path: string, call: Call, whom: (answer: T) => string | null): Promise<T> {
  const made = afterAll(change, async () => {
    const answer = await send<T>(path, call);
    speakFor(whom(answer));
    return answer;
  });
  const begun = made.then(
    () => person !== null,
    () => true,
  );
  change = begun;
  try {
    return await made;
  } finally {
    const isSomebodyThere = await begun;
    if (change === begun) change = isSomebodyThere ? OPEN : CLOSED;
  }
}

async function afterAll<T>(before: Promise<unknown>, work: () => Promise<T>): Promise<T> {
  await before;
  await Promise.race([Promise.allSettled(underWay), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  return work();
}

async function send<T>(path: string, call: Call): Promise<T> {
  const hasBody = call.body !== undefined;
  let response: Response;
  try {
    response = await fetch(address(path, call.query), {
      method: call.method ?? "GET",
      headers: {
        Accept: "application/json",
        "Accept-Language": language,
        ...forPerson(path),
        ...(hasBody ? { "Content-Type": "application/json" } : {}),
        ...call.headers,
      },
      credentials: "same-origin",
      ...(hasBody ? { body: JSON.stringify(call.body) } : {}),
      ...(call.signal ? { signal: call.signal } : {}),
    });
  } catch (error) {
    if (call.signal?.aborted) throw error;
    throw plainError(0, null);
  }
  const text = await response.text();
  if (!response.ok) {
    throw refusal(path, response.status, { text, requestId: response.headers.get("x-request-id") });
  }
  return (text === "" ? undefined : JSON.parse(text)) as T;
}

export interface Upload {
  onProgress: (percent: number) => void;
  signal: AbortSignal;
}

/** Send a file; `fetch` cannot tell how much has been sent, so this is the one use of XMLHttpRequest. */
export function uploadFile(file: File, { onProgress, signal }: Upload): Promise<FileValue> {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open("POST", FILES);
    sending.setRequestHeader("Accept-Language", language);
    for (const [name, value] of Object.entries(forPerson(FILES))) sending.setRequestHeader(name, value);
    sending.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress(Math.round((event.loaded / event.total) * 100));
    });
    sending.addEventListener("load", () => {
      if (sending.status < 300) resolve(JSON.parse(sending.responseText) as FileValue);
      else {
        const requestId = sending.getResponseHeader("x-request-id");
        reject(refusal(FILES, sending.status, { text: sending.responseText, requestId }));
      }
    });
    sending.addEventListener("error", () => reject(plainError(0, null)));
    signal.addEventListener("abort", () => {
      sending.abort();
      reject(signal.reason);
    });
    const body = new FormData();
    body.append("file", file);
    sending.send(body);
  });
}

/** The address of a stored file for a link. */
export function fileAddress(id: string): string {
  return `${FILES}/${encodeURIComponent(id)}`;
}
