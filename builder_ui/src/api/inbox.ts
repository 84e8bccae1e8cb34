import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { Box, InboxItem, Page } from "./types";

export function useInbox(box: Box, q: string, limit = 30) {
  return useInfiniteQuery({
    queryKey: ["inbox", box, q, limit],
    queryFn: ({ pageParam }) =>
      request<Page<InboxItem>>(`/api/inbox/${box}`, { query: { q, limit, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useInboxCounts() {
  return useQuery({
    queryKey: ["inbox", "counts"],
    queryFn: () => request<{ todo: number; copied: number }>("/api/inbox/counts"),
    refetchInterval: 60_000,
  });
}
