// The layout of a form, resolved against the fields that this person has.
import type { Entity, Field, Form, Label, LayoutItem } from "../api/types";

export interface PlacedField {
  field: Field;
  isWide: boolean;
}
export interface PlacedSection {
  title: Label;
  columns: number;
  fields: PlacedField[];
}

const WIDE: readonly string[] = [
  "long_text",
  "rich_text",
  "subform",
  "attachment",
  "image",
  "address",
  "location",
  "related",
];

function itemOf(item: string | LayoutItem): LayoutItem {
  return typeof item === "string" ? { field: item } : item;
}

function isWide(field: Field, item: LayoutItem): boolean {
  return item.width === undefined || item.width === null ? WIDE.includes(field.type) : item.width === "full";
}

/** Sections with their fields in order; without a form, all fields in one section. */
export function placeFields(form: Form | null, entity: Entity): PlacedSection[] {
  const fields = new Map(entity.fields.map((field) => [field.key, field]));
  if (form === null) {
    const all = entity.fields.map((field) => ({ field, isWide: isWide(field, { field: field.key }) }));
    return [{ title: entity.title, columns: 2, fields: all }];
  }
  return form.layout.map((section) => ({
    title: section.section,
    columns: section.columns ?? 1,
    fields: section.items.map(itemOf).flatMap((item) => {
      const field = fields.get(item.field);
      return field === undefined ? [] : [{ field, isWide: isWide(field, item) }];
    }),
  }));
}

/** Keys of fields that are shown under a condition only. */
export function conditionalKeys(form: Form | null): ReadonlySet<string> {
  const found = new Set<string>();
  for (const section of form?.layout ?? []) {
    for (const item of section.items.map(itemOf)) {
      if (section.visible_when || item.visible_when) found.add(item.field);
    }
  }
  return found;
}

/** Keys of the fields that a form shows at all. */
export function placedKeys(form: Form): ReadonlySet<string> {
  return new Set(form.layout.flatMap((section) => section.items.map((item) => itemOf(item).field)));
}
