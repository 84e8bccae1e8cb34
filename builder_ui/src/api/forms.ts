import { useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import type { Evaluation, FormView, Submitted, Values } from "./types";

export interface FormPlace {
  app: string;
  form: string;
}

function formAddress({ app, form }: FormPlace): string {
  return `/api/apps/${encodeURIComponent(app)}/forms/${encodeURIComponent(form)}`;
}

export function useFormView(place: FormPlace) {
  return useQuery({
    queryKey: ["apps", place.app, "forms", place.form],
    queryFn: () => request<FormView>(formAddress(place)),
    // a form that is open must not change under the hands of the person who fills it
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function evaluate(
  place: FormPlace,
  body: { values: Values; task_id?: string; record_id?: string },
  signal: AbortSignal,
): Promise<Evaluation> {
  return request<Evaluation>(`${formAddress(place)}/evaluate`, { method: "POST", body, signal });
}

export interface Submission {
  values: Values;
  draft_id?: string;
  /** The same key for every attempt to send the same form, so that it is stored once. */
  idempotencyKey: string;
}

export function useSubmit(place: FormPlace) {
  const cache = useQueryClient();
  return async ({ idempotencyKey, ...body }: Submission): Promise<Submitted> => {
    const answer = await request<Submitted>(`${formAddress(place)}/submissions`, {
      method: "POST",
      body,
      headers: { "Idempotency-Key": idempotencyKey },
    });
    const stale = ["inbox", "drafts", "records"];
    await Promise.all(stale.map((name) => cache.invalidateQueries({ queryKey: [name] })));
    return answer;
  };
}
