import { useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { AppBrief, AppDetail, Items } from "./types";

export function useApps() {
  return useQuery({ queryKey: ["apps"], queryFn: () => request<Items<AppBrief>>("/api/apps"), staleTime: 60_000 });
}

export function useApp(app: string) {
  return useQuery({
    queryKey: ["apps", app],
    queryFn: () => request<AppDetail>(`/api/apps/${encodeURIComponent(app)}`),
    staleTime: 60_000,
  });
}
