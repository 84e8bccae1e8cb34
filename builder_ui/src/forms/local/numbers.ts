// Which numbers fields hold, as the server has it.
import type { ColumnField, Field, Json } from "../../api/types";
import { type Decimal, decimal } from "../../formula/decimal";

export type NumberLike = Extract<Field | ColumnField, { type: "number" | "rating" | "progress" | "duration" }>;

const NUMERAL = /^[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?$/;
export const JSON_DIGITS = 15;
const DURATION_DIGITS = 12;

/** `digits` in all, of which `decimals` after the point, from `least` to `most`. */
export class NumberForm {
  constructor(
    readonly decimals: number,
    readonly digits: number,
    readonly least: Decimal | null,
    readonly most: Decimal | null,
  ) {}

  /** Whether there are enough places before and after the point. */
  holds(value: Decimal): boolean {
    return value.decimalPlaces() <= this.decimals && this.fitsBefore(value);
  }

  fitsBefore(value: Decimal): boolean {
    return value.isZero() || value.e < this.digits - this.decimals;
  }

  isInRange(value: Decimal): boolean {
    return !((this.least !== null && value.lt(this.least)) || (this.most !== null && value.gt(this.most)));
  }
}

export function numberForm(field: NumberLike): NumberForm {
  switch (field.type) {
    case "number":
      return new NumberForm(field.decimals ?? 0, field.digits ?? JSON_DIGITS, bound(field.min), bound(field.max));
    case "rating":
      return new NumberForm(0, 2, decimal(0), decimal(field.max ?? 5));
    case "progress": {
      const decimals = field.decimals ?? 0;
      return new NumberForm(decimals, 3 + decimals, decimal(0), decimal(100));
    }
    case "duration":
      return new NumberForm(0, DURATION_DIGITS, decimal(field.min ?? 0), bound(field.max));
  }
}

function bound(value: number | string | null | undefined): Decimal | null {
  return value === null || value === undefined ? null : decimal(value);
}

/** The number that a JSON input stands for; nothing where a reader of JSON might get another one. */
export function exact(json: Json): Decimal | undefined {
  if (typeof json === "string") return NUMERAL.test(json) ? decimal(json) : undefined;
  if (typeof json !== "number" || !Number.isFinite(json)) return undefined;
  const found = decimal(String(json));
  return found.precision() > JSON_DIGITS || found.e >= JSON_DIGITS ? undefined : found;
}
