// Where formulas stand, as addresses and as groups of a list.
import type { FormulaItem, FormulaPlace } from "../api/formulas";

export const KINDS = ["computed", "default", "rule", "visibility"] as const;
export type PlaceKind = (typeof KINDS)[number];

export function isPlaceKind(text: string | null): text is PlaceKind {
  return KINDS.some((kind) => kind === text);
}

/** The page on which the formula of a place is edited. */
export function editAddress(app: string, entity: string, place: FormulaPlace): string {
  const parameters = new URLSearchParams();
  for (const name of ["kind", "field", "rule", "form", "section"] as const) {
    const value = place[name];
    if (value !== null && value !== undefined) parameters.set(name, String(value));
  }
  return `/apps/${app}/formulas/${entity}/edit?${parameters.toString()}`;
}

export function placeOf(parameters: URLSearchParams): FormulaPlace | null {
  const kind = parameters.get("kind");
  if (!isPlaceKind(kind)) return null;
  const section = parameters.get("section");
  return {
    kind,
    field: parameters.get("field"),
    rule: parameters.get("rule"),
    form: parameters.get("form"),
    section: section === null ? null : Number(section),
  };
}

/** The places of each kind; `isFilled`: those that have a formula, or those that have none. */
export function placesOf(items: readonly FormulaItem[], kind: PlaceKind, isFilled: boolean): FormulaItem[] {
  return items.filter((item) => item.place.kind === kind && (item.source !== null) === isFilled);
}

export function placeKey(place: FormulaPlace): string {
  return [place.kind, place.form, place.section, place.field, place.rule].join("/");
}
