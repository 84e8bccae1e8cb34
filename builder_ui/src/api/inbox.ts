import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { Box, InboxItem, Page } from "./types";

export type InboxOrder = "latest" | "due";

export function useInbox(box: Box, { q = "", limit = 30, order = "latest" }: InboxQuery = {}) {
  return useInfiniteQuery({
    queryKey: ["inbox", box, q, limit, order],
    queryFn: ({ pageParam }) =>
      request<Page<InboxItem>>(`/api/inbox/${box}`, { query: { q, limit, order, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

interface InboxQuery {
  q?: string;
  limit?: number;
  order?: InboxOrder;
}

export function useInboxCounts() {
  return useQuery({
    queryKey: ["inbox", "counts"],
    queryFn: () => request<{ todo: number; copied: number }>("/api/inbox/counts"),
    refetchInterval: 60_000,
  });
}
