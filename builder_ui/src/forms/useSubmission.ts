// Sending a form: look first, then send; the same content is sent under the same key however often.
import { useRef, useState } from "react";
import { ApiError } from "../api/client";
import { type FormPlace, useSubmit } from "../api/forms";
import type { Submitted, Values } from "../api/types";
import type { Entry } from "./entry";
import { showFirstFault } from "./FormBody";
import { faultsOf } from "./faults";

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** A key that stays while the content does: a retry is recognised, a corrected form is a new request. */
export function keyFor(previous: { key: string; content: string } | null, content: string) {
  return previous?.content === content ? previous : { key: newKey(), content };
}

interface Extra {
  draftId: string | null;
  departmentId: string | null;
}

export function useSubmission(place: FormPlace, entry: Entry) {
  const submit = useSubmit(place);
  const sent = useRef<{ key: string; content: string } | null>(null);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const post = async (values: Values, { draftId, departmentId }: Extra): Promise<Submitted> => {
    const body = {
      values,
      ...(draftId === null ? {} : { draft_id: draftId }),
      ...(departmentId === null ? {} : { department_id: departmentId }),
    };
    sent.current = keyFor(sent.current, JSON.stringify(body));
    return submit({ ...body, idempotencyKey: sent.current.key });
  };

  const send = async (extra: Extra): Promise<Submitted | null> => {
    setSending(true);
    setError(null);
    try {
      const evaluation = await entry.attempt();
      if (evaluation !== null && evaluation.errors.length > 0) {
        showFirstFault();
        return null;
      }
      return await post(entry.wire(), extra);
    } catch (failure) {
      const faults = faultsOf(failure);
      if (failure instanceof ApiError && faults.length > 0) {
        entry.refuse(faults);
        showFirstFault();
      } else {
        setError(failure);
      }
      return null;
    } finally {
      setSending(false);
    }
  };
  return { send, isSending, error };
}
