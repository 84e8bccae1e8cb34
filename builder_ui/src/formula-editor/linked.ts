// What lies behind the links of a sample record: read step by step, as far as the formula's paths lead.
import { type QueryClient, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { ApiError } from "../api/client";
import { readRecord, recordKey } from "../api/records";
import type { AppDetail, Entity, Json, RecordView } from "../api/types";
import { rowsOf } from "../forms/wire";
import { type Found, findAt, type Sample, systemField, systemValue } from "./sample";

export interface Through {
  isList: boolean;
  items: Found[];
}
export type Linked = ReadonlyMap<string, Through>;
/** A record by its id; null: it is gone. */
export type Read = (entity: string, id: string) => Promise<RecordView | null>;

export const NOTHING_LINKED: Linked = new Map();

interface Walk {
  entities: Readonly<Record<string, Entity>>;
  read: Read;
}

const EMPTY: Found = { field: null, value: null };

async function behind(walk: Walk, target: string, value: Json, rest: string[]): Promise<Through> {
  const entity = walk.entities[target];
  const record = typeof value === "string" && entity !== undefined ? await walk.read(target, value) : null;
  if (entity === undefined || record === null) return { isList: false, items: [EMPTY] };
  return inRecord(walk, entity, record, rest);
}

async function inRecord(walk: Walk, entity: Entity, record: RecordView, steps: string[]): Promise<Through> {
  const [key = "", ...rest] = steps;
  const field = entity.fields.find((item) => item.key === key);
  if (field === undefined) {
    return { isList: false, items: [{ field: systemField(key), value: systemValue(record, key) }] };
  }
  const value = record.values[key] ?? null;
  if (rest.length === 0) return { isList: false, items: [{ field, value }] };
  if (field.type === "link") return behind(walk, field.entity, value, rest);
  return { isList: true, items: cells(field, value, rest[0] ?? "") };
}

function cells(field: Entity["fields"][number], value: Json, name: string): Found[] {
  const column = field.type === "subform" ? field.fields.find((item) => item.key === name) : undefined;
  if (column === undefined) return [];
  return rowsOf(value).map((row) => ({ field: column, value: row[name] ?? null }));
}

/** What a path through links leads to; null: it begins with no link of the record or of its row. */
async function walkPath(walk: Walk, sample: Sample, path: string): Promise<Through | null> {
  const [key = "", ...rest] = path.split(".");
  const start = findAt(sample, key);
  if (rest.length === 0 || start?.field?.type !== "link") return null;
  return behind(walk, start.field.entity, start.value, rest);
}

export async function readLinked(walk: Walk, sample: Sample, paths: readonly string[]): Promise<Linked> {
  const found = await Promise.all(paths.map(async (path) => [path, await walkPath(walk, sample, path)] as const));
  return new Map(found.flatMap(([path, through]) => (through === null ? [] : [[path, through] as const])));
}

const GONE = 404;

/** Reads records as their pages do, each once. */
function reader(cache: QueryClient, app: string): Read {
  return async (entity, id) => {
    try {
      const place = { app, entity, id };
      return (await cache.ensureQueryData({ queryKey: recordKey(place), queryFn: () => readRecord(place) })).record;
    } catch (error) {
      if (error instanceof ApiError && error.status === GONE) return null;
      throw error;
    }
  };
}

/** Reads what the paths of a formula need beyond the record itself. */
export function useLinked(
  { key: app, entities }: Pick<AppDetail, "key" | "entities">,
  sample: Sample,
  paths: readonly string[],
) {
  const cache = useQueryClient();
  const wanted = useMemo(() => paths.filter((path) => isThrough(sample, path)), [paths, sample]);
  const starts = wanted.map((path) => findAt(sample, path.split(".")[0] ?? "")?.value ?? null);
  return useQuery({
    queryKey: ["records", app, "behind links", wanted, starts],
    queryFn: () => readLinked({ entities, read: reader(cache, app) }, sample, wanted),
    enabled: wanted.length > 0,
  });
}

function isThrough(sample: Sample, path: string): boolean {
  return path.includes(".") && findAt(sample, path.split(".")[0] ?? "")?.field?.type === "link";
}
