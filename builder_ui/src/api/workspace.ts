import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import { sessionKey } from "./session";
import type { AuditEntry, Page, Workspace } from "./types";

export type WorkspaceChange = Partial<Pick<Workspace, "title" | "zone" | "language" | "default_calendar" | "bin_days">>;

export function useChangeWorkspace() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: WorkspaceChange) => request<Workspace>("/api/workspace", { method: "PATCH", body: change }),
    onSuccess: () => cache.invalidateQueries({ queryKey: sessionKey }),
  });
}

export function useAudit() {
  return useInfiniteQuery({
    queryKey: ["audit"],
    queryFn: ({ pageParam }) => request<Page<AuditEntry>>("/api/audit", { query: { cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}
