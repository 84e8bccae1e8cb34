import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { request } from "./client";
import { type Keyed, keyFor } from "./idempotency";
import { timed } from "./serverTime";
import type { Decision, InstanceBrief, InstanceView, TaskView } from "./types";

function taskAddress(id: string): string {
  return `/api/tasks/${encodeURIComponent(id)}`;
}

export function readTask(id: string): Promise<TaskView> {
  return request<TaskView>(taskAddress(id)).then(timed);
}

export function useTask(id: string) {
  return useQuery({
    queryKey: ["tasks", id],
    queryFn: () => readTask(id),
    // a page on which somebody types must not change under his hands; a decision and he himself ask for it anew
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

/** What a decision or a withdrawal may have changed. */
function useForget() {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      ["inbox", "tasks", "instances", "records"].map((name) => cache.invalidateQueries({ queryKey: [name] })),
    );
}

/** A decision that is sent again, because the answer was lost, is known by its key and counts once. */
export function useAct(id: string) {
  const forget = useForget();
  const sent = useRef<Keyed | null>(null);
  return useMutation({
    mutationFn: (decision: Decision) => {
      sent.current = keyFor(sent.current, JSON.stringify(decision));
      return request<InstanceBrief>(`${taskAddress(id)}/act`, {
        method: "POST",
        body: decision,
        headers: { "Idempotency-Key": sent.current.key },
      });
    },
    onSuccess: forget,
  });
}

export function useInstance(id: string) {
  return useQuery({
    queryKey: ["instances", id],
    queryFn: () => request<InstanceView>(`/api/instances/${encodeURIComponent(id)}`),
  });
}

/** Opening a record from the copies means that the copy is read. */
export function useMarkRead(instanceId: string | null): void {
  const cache = useQueryClient();
  useEffect(() => {
    if (instanceId === null) return;
    request<unknown>(`/api/instances/${encodeURIComponent(instanceId)}/read`, { method: "POST" }).then(
      () => cache.invalidateQueries({ queryKey: ["inbox"] }),
      // it stays unread, which is no reason to trouble anybody who is reading
      () => undefined,
    );
  }, [cache, instanceId]);
}

/** An admin has repaired what parked a node. */
export function useRetry(id: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: (activation: number) =>
      request<InstanceBrief>(`/api/instances/${encodeURIComponent(id)}/retry`, {
        method: "POST",
        body: { activation },
      }),
    onSuccess: forget,
  });
}

export function useWithdraw(id: string) {
  const forget = useForget();
  return useMutation({
    mutationFn: (comment: string) =>
      request<InstanceBrief>(`/api/instances/${encodeURIComponent(id)}/withdraw`, {
        method: "POST",
        body: comment === "" ? {} : { comment },
      }),
    onSuccess: forget,
  });
}
