import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { request } from "./client";
import type { EntityPlace } from "./records";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type FormulaFunction = Schemas["FunctionView"];
export type FunctionList = Schemas["FunctionList"];
export type FormulaList = Schemas["FormulaList"];
export type FormulaItem = Schemas["FormulaView"];
export type FormulaPlace = Schemas["Place"];
export type FormulaCheck = Schemas["FormulaCheck"];
export type FormulaNote = Schemas["FormulaNote"];
export type ConditionNames = Schemas["ConditionNames"];
export type ConditionCheck = Schemas["ConditionCheck"];
export type FormulaSaved = Schemas["FormulaSaved"];
export type ScopePath = Schemas["ScopePath"];
export type FieldDependencies = Schemas["FieldDependencies"];
export type FormulaUse = Schemas["Use"];
export type FieldName = Schemas["FieldName"];
export type KindName = ScopePath["kind"];

export interface FormulaChange {
  place: FormulaPlace;
  /** null takes the formula away. */
  source: string | null;
  /** Of the application that was looked at. */
  seen_version: number;
  note?: string;
}

export function useFunctions() {
  return useQuery({
    queryKey: ["functions"],
    queryFn: () => request<FunctionList>("/api/formula/functions"),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

function address({ app, entity }: EntityPlace): string {
  return `/api/apps/${encodeURIComponent(app)}/entities/${encodeURIComponent(entity)}/formulas`;
}

function conditionAddress({ app, entity }: EntityPlace): string {
  return `/api/apps/${encodeURIComponent(app)}/entities/${encodeURIComponent(entity)}/conditions`;
}

export function useFormulas(place: EntityPlace) {
  return useQuery({
    queryKey: ["formulas", place.app, place.entity],
    queryFn: () => request<FormulaList>(address(place)),
  });
}

/** What each field is made from, and every place that reads it. */
export function useDependencies({ app, entity }: EntityPlace) {
  return useQuery({
    queryKey: ["formulas", app, entity, "dependencies"],
    queryFn: () =>
      request<Schemas["DependencyList"]>(
        `/api/apps/${encodeURIComponent(app)}/entities/${encodeURIComponent(entity)}/dependencies`,
      ),
  });
}

export function checkFormula(
  entity: EntityPlace,
  body: { source: string; place: FormulaPlace | null },
  signal: AbortSignal,
): Promise<FormulaCheck> {
  return request<FormulaCheck>(`${address(entity)}/check`, { method: "POST", body, signal });
}

/** What formulas that filter a list may name, as far as this person sees it. */
export function useConditionNames(entity: EntityPlace) {
  return useQuery({
    queryKey: ["formulas", entity.app, entity.entity, "conditions"],
    queryFn: () => request<ConditionNames>(`${conditionAddress(entity)}/names`),
  });
}

export function checkCondition(entity: EntityPlace, source: string, signal: AbortSignal): Promise<ConditionCheck> {
  return request<ConditionCheck>(`${conditionAddress(entity)}/check`, { method: "POST", body: { source }, signal });
}

export function useSaveFormula(entity: EntityPlace) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: FormulaChange) => request<FormulaSaved>(address(entity), { method: "PUT", body }),
    // a new version: definitions, and values computed with them
    onSuccess: () =>
      Promise.all(["apps", "formulas", "records"].map((name) => cache.invalidateQueries({ queryKey: [name] }))),
  });
}

export function samePlace(one: FormulaPlace, other: FormulaPlace): boolean {
  const members = ["kind", "field", "rule", "form", "section"] as const;
  return members.every((member) => (one[member] ?? null) === (other[member] ?? null));
}
