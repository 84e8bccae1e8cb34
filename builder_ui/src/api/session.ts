import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { isSignedOut, request, requestChange, speakFor, spokenFor } from "./client";
import type { Me } from "./types";

export const sessionKey = ["session"] as const;

export function useMe() {
  return useQuery({ queryKey: sessionKey, queryFn: askWho, staleTime: 60_000 });
}

async function askWho(): Promise<Me> {
  const me = await request<Me>("/api/session");
  if (spokenFor() === null) speakFor(me.member.id);
  return me;
}

/** For whom the page is drawn: he stays, with all that was typed, when another tab changes the person. */
export function useShownPerson(me: Me | undefined): Me | undefined {
  const [shown, show] = useState(me);
  if (me === undefined || me === shown) return shown;
  if (shown !== undefined && me.member.id !== spokenFor()) return shown;
  show(me);
  return me;
}

/** Go on as the person whom another tab has chosen; what this page holds was for the former one's eyes. */
export function useFollowing() {
  const cache = useQueryClient();
  return (me: Me) => {
    speakFor(me.member.id);
    cache.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    cache.setQueryData(sessionKey, { ...me });
  };
}

/** Act again as the person for whom this page was drawn; all that it holds stays. */
export function useReturning(shown: Me) {
  const cache = useQueryClient();
  const { id } = shown.member;
  return useMutation({
    mutationFn: () => switchTo(shown.origin === null ? null : id),
    onSuccess: (me) => cache.setQueryData(sessionKey, me),
  });
}

function switchTo(memberId: string | null): Promise<Me> {
  const call = { method: "POST", body: { member_id: memberId } } as const;
  return requestChange<Me>("/api/session/person", call, (me) => me.member.id);
}

export function useSignIn() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (token: string) => request<Me>("/api/session/link", { method: "POST", body: { token } }),
    onSuccess: (me) => {
      speakFor(me.member.id);
      cache.clear();
      cache.setQueryData(sessionKey, me);
    },
  });
}

/** Act as another member; null goes back to oneself. What is known so far was for somebody else's eyes. */
export function useSwitchPerson() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: switchTo,
    onSuccess: (me) => {
      cache.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
      cache.setQueryData(sessionKey, me);
    },
  });
}

/** Ends the session; one that is over already counts as ended. */
async function endSession(): Promise<void> {
  try {
    await requestChange<unknown>("/api/session", { method: "DELETE" }, () => null);
  } catch (error) {
    if (!isSignedOut(error)) throw error;
  }
}

/** Whoever calls it loads the page anew afterwards, so that nothing stays in its memory, nor is asked for nobody. */
export function useSignOut() {
  return useMutation({ mutationFn: endSession });
}
