import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isSignedOut, request } from "./client";
import type { Me } from "./types";

export const sessionKey = ["session"] as const;

export function useMe() {
  return useQuery({ queryKey: sessionKey, queryFn: () => request<Me>("/api/session"), staleTime: 60_000 });
}

export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => request<Me>("/api/session/link", { method: "POST", body: { token } }),
    onSuccess: (me) => {
      cache.clear();
      cache.setQueryData(sessionKey, me);
    },
  });
}

/** Act as another member; null goes back to oneself. What is known so far was for somebody else's eyes. */
export function useSwitchPerson() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (memberId: string | null) =>
      request<Me>("/api/session/person", { method: "POST", body: { member_id: memberId } }),
    onSuccess: (me) => {
      cache.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      cache.setQueryData(sessionKey, me);
    },
  });
}

/** Ends the session; one that is over already counts as ended. */
async function endSession(): Promise<void> {
  try {
    await request<unknown>("/api/session", { method: "DELETE" });
  } catch (error) {
    if (!isSignedOut(error)) throw error;
  }
}

export function useSignOut() {
  const cache = useQueryClient();
  return useMutation({ mutationFn: endSession, onSuccess: () => cache.clear() });
}
