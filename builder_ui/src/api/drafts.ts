import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import type { FormPlace } from "./forms";
import type { Draft, Items, Values } from "./types";

const draftsKey = ["drafts"] as const;

function draftAddress(id: string): string {
  return `/api/drafts/${encodeURIComponent(id)}`;
}

export function useDrafts() {
  return useQuery({ queryKey: draftsKey, queryFn: () => request<Items<Draft>>("/api/drafts") });
}

export function useDraft(id: string | null) {
  return useQuery({
    queryKey: [...draftsKey, id],
    queryFn: () => request<Draft>(draftAddress(id ?? "")),
    enabled: id !== null,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

export function saveDraft(place: FormPlace, id: string | null, values: Values): Promise<Draft> {
  if (id !== null) return request<Draft>(draftAddress(id), { method: "PUT", body: { values } });
  const path = `/api/apps/${encodeURIComponent(place.app)}/forms/${encodeURIComponent(place.form)}/drafts`;
  return request<Draft>(path, { method: "POST", body: { values } });
}

/** The list of drafts has changed; those that are open are not fetched anew. */
export function refreshDrafts(cache: QueryClient): Promise<void> {
  return cache.invalidateQueries({ queryKey: draftsKey, exact: true });
}

export function discardDraft(id: string): Promise<unknown> {
  return request<unknown>(draftAddress(id), { method: "DELETE" });
}

export function useDiscardDraft() {
  const cache = useQueryClient();
  return useMutation({ mutationFn: discardDraft, onSettled: () => refreshDrafts(cache) });
}
