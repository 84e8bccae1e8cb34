import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import type { ApiKey, Items } from "./types";

const keysKey = ["keys"] as const;

export function useKeys() {
  return useQuery({ queryKey: keysKey, queryFn: () => request<Items<ApiKey>>("/api/keys") });
}

export function useCreateKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (title: string) => request<{ token: string }>("/api/keys", { method: "POST", body: { title } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keysKey }),
  });
}

export function useRevokeKey() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => request<unknown>(`/api/keys/${encodeURIComponent(id)}`, { method: "DELETE" }),
    onSuccess: () => cache.invalidateQueries({ queryKey: keysKey }),
  });
}
