import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import { timed } from "./serverTime";
import type { InstanceBrief, Items, Page, RecordDetail, RecordHistory, RecordView, Values } from "./types";

export interface EntityPlace {
  app: string;
  entity: string;
}
export interface RecordPlace extends EntityPlace {
  id: string;
}
/** `filter` as JSON text, `sort` as the API writes it: `-budget,name`. */
export interface RecordQuery {
  view: string;
  filter: string;
  sort: string;
}

const PAGE = 50;
/** A list inside a record. */
const FEW = 10;

function recordsAddress({ app, entity }: EntityPlace): string {
  return `/api/apps/${encodeURIComponent(app)}/entities/${encodeURIComponent(entity)}/records`;
}
function recordAddress(place: RecordPlace): string {
  return `${recordsAddress(place)}/${encodeURIComponent(place.id)}`;
}
export function recordKey(place: RecordPlace) {
  return ["records", place.app, place.entity, place.id] as const;
}

export function useRecords(place: EntityPlace, query: RecordQuery) {
  return useInfiniteQuery({
    queryKey: ["records", place.app, place.entity, "list", query],
    queryFn: ({ pageParam }) =>
      request<Page<RecordView>>(recordsAddress(place), {
        query: { ...query, limit: PAGE, cursor: pageParam },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // the old rows stay while those of another order or filter are fetched
    placeholderData: keepPreviousData,
  });
}

export function useRecordCount(place: EntityPlace, { view, filter }: RecordQuery) {
  return useQuery({
    queryKey: ["records", place.app, place.entity, "count", view, filter],
    queryFn: () => request<{ count: number }>(`${recordsAddress(place)}/count`, { query: { view, filter } }),
  });
}

/** How many records of a view a formula finds; the server's refusal says what is wrong with it. */
export function useFormulaCount(place: EntityPlace, { view, formula }: { view: string; formula: string }) {
  const filter = JSON.stringify({ formula });
  return useQuery({
    queryKey: ["records", place.app, place.entity, "count", view, filter],
    queryFn: () => request<{ count: number }>(`${recordsAddress(place)}/count`, { query: { view, filter } }),
    enabled: formula.trim() !== "",
    retry: false,
  });
}

export function useRecord(place: RecordPlace, { isAsked = true }: { isAsked?: boolean } = {}) {
  return useQuery({
    queryKey: recordKey(place),
    queryFn: () => readRecord(place),
    enabled: isAsked,
  });
}

export function readRecord(place: RecordPlace): Promise<RecordDetail> {
  return request<RecordDetail>(recordAddress(place)).then(timed);
}

/** The related list `field` of a record; `target`: of which entity its records are, so that what is written there is noticed. */
export interface RelatedPlace {
  record: RecordPlace;
  field: string;
  target: EntityPlace;
}

function relatedKey({ record, field, target }: RelatedPlace) {
  return ["records", target.app, target.entity, "related", record, field] as const;
}

function relatedAddress({ record, field }: RelatedPlace): string {
  return `${recordAddress(record)}/related/${encodeURIComponent(field)}`;
}

export function useRelated(place: RelatedPlace, sort: string) {
  return useInfiniteQuery({
    queryKey: [...relatedKey(place), "list", sort],
    queryFn: ({ pageParam }) =>
      request<Page<RecordView>>(relatedAddress(place), { query: { sort, limit: FEW, cursor: pageParam } }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function useRelatedCount(place: RelatedPlace) {
  return useQuery({
    queryKey: [...relatedKey(place), "count"],
    queryFn: () => request<{ count: number }>(`${relatedAddress(place)}/count`),
  });
}

export function useHistory(place: RecordPlace) {
  return useQuery({
    queryKey: [...recordKey(place), "history"],
    queryFn: () => request<RecordHistory>(`${recordAddress(place)}/history`),
  });
}

export function useRecordInstances(place: RecordPlace) {
  return useQuery({
    queryKey: [...recordKey(place), "instances"],
    queryFn: () => request<Items<InstanceBrief>>(`${recordAddress(place)}/instances`),
  });
}

/** Ask again for a record that somebody else has changed. */
export function useRefreshRecord(place: RecordPlace): () => Promise<void> {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: recordKey(place) });
}

export function useUpdateRecord(place: RecordPlace) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ version, values }: { version: number; values: Values }) =>
      request<RecordView>(recordAddress(place), {
        method: "PATCH",
        body: { values },
        headers: { "If-Match": `"${version}"` },
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["records", place.app, place.entity] }),
  });
}

/** Puts the record into the recycle bin; `version` is the one that was seen. */
export function useDeleteRecord(place: RecordPlace) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (version: number) =>
      request<unknown>(recordAddress(place), { method: "DELETE", headers: { "If-Match": `"${version}"` } }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ["records"], refetchType: "none" }),
  });
}
