// Sending a form: wait for its files, look, then send; however often it is sent, it is stored once.
import { useRef, useState } from "react";
import { ApiError } from "../api/client";
import { type FormPlace, type Submission, useSubmit } from "../api/forms";
import type { Submitted } from "../api/types";
import type { DraftKeeper } from "./DraftKeeper";
import type { Entry } from "./entry";
import { showFirstFault } from "./FormBody";
import { faultsOf } from "./faults";

/** An id as the server makes them: 12 hex digits of milliseconds, 12 of chance. */
export function newRecordId(now = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  const chance = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return now.toString(16).padStart(12, "0") + chance;
}

/** Whether the form arrived at an earlier attempt whose answer was lost, and was changed since. */
export function isSentBefore(error: unknown): boolean {
  return error instanceof ApiError && error.code === "id_taken";
}

interface Sent {
  revision: number;
  body: Submission;
}

/** The same request as before while nothing was changed: only then the server knows it again. */
export function isSame(sent: Sent | null, revision: number, departmentId: string | null): sent is Sent {
  return sent !== null && sent.revision === revision && (sent.body.department_id ?? null) === departmentId;
}

function useBody(id: string, entry: Entry, keeper: DraftKeeper) {
  const sent = useRef<Sent | null>(null);
  /** What is to be sent; null when the server finds faults. */
  return async (departmentId: string | null): Promise<Submission | null> => {
    const draftId = await keeper.pause();
    if (isSame(sent.current, entry.current().revision, departmentId)) return sent.current.body;
    const evaluation = await entry.attempt();
    if (evaluation !== null && evaluation.errors.length > 0) return null;
    const { revision, values } = entry.current();
    const body = {
      values,
      id,
      ...(draftId === null ? {} : { draft_id: draftId }),
      ...(departmentId === null ? {} : { department_id: departmentId }),
    };
    sent.current = { revision, body };
    return body;
  };
}

export function useSubmission(place: FormPlace, entry: Entry, keeper: DraftKeeper) {
  const submit = useSubmit(place);
  const [recordId] = useState(() => newRecordId());
  const bodyOf = useBody(recordId, entry, keeper);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const post = async (departmentId: string | null): Promise<Submitted | null> => {
    await entry.uploads.settled();
    const body = await bodyOf(departmentId);
    if (body === null) return null;
    const submitted = await submit(body);
    keeper.finish(body.draft_id ?? null);
    return submitted;
  };
  const explain = (failure: unknown) => {
    const faults = isSentBefore(failure) ? [] : faultsOf(failure);
    if (faults.length === 0) setError(failure);
    else entry.refuse(faults);
  };
  const send = async (departmentId: string | null): Promise<Submitted | null> => {
    setSending(true);
    setError(null);
    const submitted = await post(departmentId).catch(explain);
    setSending(false);
    if (submitted) return submitted;
    keeper.resume();
    showFirstFault();
    return null;
  };
  return { send, isSending, error, recordId };
}
