import { useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { DirectoryAnswer } from "./types";

export function useDirectoryAnswer() {
  return useQuery({
    queryKey: ["directory"],
    queryFn: () => request<DirectoryAnswer>("/api/directory"),
    staleTime: 5 * 60_000,
  });
}
