// Values of several parts, as the engine describes them: `{period.start}` names a part wherever fields are named.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import type { ColumnField, CompositeField, DateField, Field, Json, NumberField, TextField } from "../api/types";
import { useLabel } from "../i18n/label";

export type PartValues = { [key: string]: Json };
type PartField = Omit<DateField, "title"> | Omit<NumberField, "title"> | Omit<TextField, "title">;

const NAME = { type: "text", max_length: 60 } as const;
const DEGREES = { type: "number", decimals: 6 } as const;
const PARTS = {
  date_range: [
    { key: "start", type: "date" },
    { key: "end", type: "date" },
  ],
  address: [
    { key: "province", ...NAME },
    { key: "city", ...NAME },
    { key: "district", ...NAME },
    { key: "detail", type: "text", max_length: 200 },
  ],
  location: [
    { key: "longitude", ...DEGREES, digits: 9, min: -180, max: 180 },
    { key: "latitude", ...DEGREES, digits: 8, min: -90, max: 90 },
    { key: "address", type: "text", max_length: 200 },
  ],
} as const satisfies Record<CompositeField["type"], readonly PartField[]>;

export type PartKey = (typeof PARTS)[CompositeField["type"]][number]["key"];

export function isComposite(field: Field | ColumnField): field is CompositeField {
  return field.type in PARTS;
}

/** The fields that describe the parts, titled by a function; none for a field of one part. */
export function partsOf(
  field: Field | ColumnField,
  titled: (part: PartKey) => string,
): ((DateField | NumberField | TextField) & { title: string })[] {
  if (!isComposite(field)) return [];
  return PARTS[field.type].map((part) => ({ ...part, title: titled(part.key) }));
}

/** The keys of the parts. */
export function partKeys(field: Field | ColumnField): readonly PartKey[] {
  return isComposite(field) ? PARTS[field.type].map((part) => part.key) : [];
}

export function partsIn(value: Json | undefined): PartValues {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
}

/** The titles of parts in the language of the page. */
export function usePartTitles(): (part: PartKey) => string {
  const { t } = useTranslation();
  return useCallback((part) => t(`fields.parts.${part}`), [t]);
}

/** Parts as fields beside others: with the path as key, and the title of the whole. */
export function usePartFields(): (field: Field) => Field[] {
  const titles = usePartTitles();
  const label = useLabel();
  return useCallback(
    (field) =>
      partsOf(field, titles).map((part) => ({
        ...part,
        key: `${field.key}.${part.key}`,
        title: `${label(field.title)}: ${part.title}`,
      })),
    [titles, label],
  );
}

/** The value with another part; null when none of its parts is filled. */
export function withPart(value: Json | undefined, key: string, part: Json): PartValues | null {
  const next = { ...partsIn(value), [key]: part };
  return Object.values(next).every((item) => item === null || item === "") ? null : next;
}
