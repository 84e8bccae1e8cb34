import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import { sessionKey } from "./session";
import type { CalendarDefinition, CalendarList, CalendarView, HolidaysUpload } from "./types";

const calendarsKey = ["calendars"] as const;

export function useCalendars() {
  return useQuery({ queryKey: calendarsKey, queryFn: () => request<CalendarList>("/api/calendars") });
}

function addressOf(key: string): string {
  return `/api/calendars/${encodeURIComponent(key)}`;
}

/** What depends on calendars: their list, and those of the session that formulas count by. */
function useRefreshed() {
  const cache = useQueryClient();
  return () =>
    Promise.all([
      cache.invalidateQueries({ queryKey: calendarsKey }),
      cache.invalidateQueries({ queryKey: sessionKey }),
    ]);
}

interface Saving {
  key: string;
  definition: CalendarDefinition;
}

export function useSaveCalendar() {
  return useMutation({
    mutationFn: ({ key, definition }: Saving) =>
      request<CalendarView>(addressOf(key), { method: "PUT", body: definition }),
    onSuccess: useRefreshed(),
  });
}

export function useDeleteCalendar() {
  return useMutation({
    mutationFn: (key: string) => request<unknown>(addressOf(key), { method: "DELETE" }),
    onSuccess: useRefreshed(),
  });
}

export function useImportHolidays(key: string) {
  return useMutation({
    mutationFn: (text: string) =>
      request<HolidaysUpload>(`${addressOf(key)}/holidays`, { method: "POST", body: { text } }),
    onSuccess: useRefreshed(),
  });
}
