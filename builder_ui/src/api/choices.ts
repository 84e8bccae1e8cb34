import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { request } from "./client";
import type { EntityPlace } from "./records";
import type { Choice, ChoiceList } from "./types";

function choicesAddress({ app, entity }: EntityPlace): string {
  return `/api/apps/${encodeURIComponent(app)}/entities/${encodeURIComponent(entity)}/choices`;
}

/** Under "records", so that what is written there is noticed here. */
export function namedKey({ app, entity }: EntityPlace, id: string) {
  return ["records", app, entity, "choices", "named", id] as const;
}

/** Records that may be linked to, whose titles hold the words. */
export function useChoices(place: EntityPlace, words: string, isEnabled: boolean) {
  return useQuery({
    queryKey: ["records", place.app, place.entity, "choices", "found", words],
    queryFn: () => request<ChoiceList>(choicesAddress(place), { query: { q: words } }),
    enabled: isEnabled,
    placeholderData: keepPreviousData,
  });
}

/** One record by its id, null where it is gone or may not be read; nothing is asked without an id. */
export function useNamedChoice(place: EntityPlace, id: string | null) {
  return useQuery({
    queryKey: namedKey(place, id ?? ""),
    queryFn: async (): Promise<Choice | null> => {
      const { items } = await request<ChoiceList>(choicesAddress(place), { query: { ids: id ?? "" } });
      return items[0] ?? null;
    },
    enabled: id !== null && place.app !== "",
  });
}

/** Several records by their ids, without those that are gone or may not be read; nothing is asked for none. */
export function useNamedChoices(place: EntityPlace, ids: readonly string[]) {
  const wanted = [...new Set(ids)].sort();
  return useQuery({
    queryKey: ["records", place.app, place.entity, "choices", "named", wanted],
    queryFn: () => request<ChoiceList>(choicesAddress(place), { query: { ids: wanted.join(",") } }),
    enabled: wanted.length > 0 && place.app !== "",
  });
}
