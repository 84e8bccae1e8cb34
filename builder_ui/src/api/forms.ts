import { useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import { refreshDrafts } from "./drafts";
import { timed } from "./serverTime";
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
    queryFn: () => request<FormView>(formAddress(place)).then(timed),
    // a form that is open must not change under the hands of the person who fills it
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function evaluate(
  place: FormPlace,
  body: { values: Values; task_id?: string; record_id?: string; department_id?: string | null },
  signal: AbortSignal,
): Promise<Evaluation> {
  return request<Evaluation>(`${formAddress(place)}/evaluate`, { method: "POST", body, signal });
}

export interface Submission {
  values: Values;
  /** The record's id, chosen here: the server stores a form under it once, however often and changed it is sent. */
  id: string;
  draft_id?: string;
  department_id?: string;
}

export function useSubmit(place: FormPlace) {
  const cache = useQueryClient();
  return async (body: Submission): Promise<Submitted> => {
    const answer = await request<Submitted>(`${formAddress(place)}/submissions`, { method: "POST", body });
    const stale = ["inbox", "records"].map((name) => cache.invalidateQueries({ queryKey: [name] }));
    await Promise.all([...stale, refreshDrafts(cache)]);
    return answer;
  };
}
