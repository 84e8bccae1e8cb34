import { useMemo } from "react";
import type { FormulaList, FormulaPlace } from "../api/formulas";
import type { Entity } from "../api/types";
import { useLabel } from "../i18n/label";
import { type Known, knownFields } from "./vocabulary";

/** The subform in whose rows the formula of a place stands. */
export function subformOf(place: FormulaPlace): string | null {
  const [key = "", column] = (place.kind === "visibility" ? "" : (place.field ?? "")).split(".");
  return column === undefined ? null : key;
}

/** What a formula may name where it stands. */
export function useKnownFields(list: FormulaList, entity: Entity, place: FormulaPlace): Map<string, Known> {
  const label = useLabel();
  const subform = subformOf(place);
  return useMemo(() => {
    const own = new Set(entity.fields.map((field) => field.key));
    const row = subform === null ? [] : (list.rows[subform] ?? []);
    return knownFields({ scope: list.scope, row, own }, label);
  }, [list, entity, subform, label]);
}
