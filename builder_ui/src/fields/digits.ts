// Numbers as texts of digits: what a person typed or the server sent never goes through binary floating point.
import type { Json } from "../api/types";

const NUMERAL = /^[+-]?\d+(\.\d+)?$/;
const SCIENTIFIC = /^([+-]?)(\d)(?:\.(\d+))?e([+-]\d+)$/;

/** The digits of a number in JSON form, without exponent; empty for anything else. */
export function digitsOf(value: Json | undefined): string {
  if (typeof value === "string") return NUMERAL.test(value) ? value : "";
  if (typeof value !== "number" || !Number.isFinite(value)) return "";
  const text = String(value);
  const parts = SCIENTIFIC.exec(text);
  return parts === null ? text : withoutExponent(parts);
}

/** What was typed as a plain numeral: full-width signs as a Chinese keyboard types them, grouped digits. */
export function typedNumeral(text: string | undefined): string {
  return (text ?? "")
    .normalize("NFKC")
    .replaceAll("。", ".")
    .replaceAll(/[,、\s]/g, "");
}

function withoutExponent([, sign = "", first = "", rest = "", power = "0"]: RegExpExecArray): string {
  const digits = first + rest;
  const point = 1 + Number(power);
  if (point <= 0) return `${sign}0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, "0");
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

/** The digits with the point moved to the right, or to the left for a negative number of places. */
export function shifted(digits: string, places: number): string {
  const parts = /^([+-]?)(\d*)\.?(\d*)$/.exec(digits);
  if (parts === null || digits === "") return "";
  const [, sign = "", whole = "", rest = ""] = parts;
  const point = whole.length + places;
  const all = (point < 0 ? "0".repeat(-point) : "") + (whole + rest).padEnd(Math.max(0, point), "0");
  const before = all.slice(0, Math.max(0, point)).replace(/^0+(?=\d)/, "");
  const after = all.slice(Math.max(0, point)).replace(/0+$/, "");
  return `${sign}${before || "0"}${after === "" ? "" : `.${after}`}`;
}

/** The number as people read it: grouped, with at least so many decimals, exact however long it is. */
export function shownNumber(
  value: Json | undefined,
  decimals: number,
  language: string,
  style: Intl.NumberFormatOptions = {},
): string {
  const digits = digitsOf(value);
  if (digits === "") return "";
  const needed = (digits.split(".")[1] ?? "").length;
  const format = new Intl.NumberFormat(language, {
    ...style,
    minimumFractionDigits: decimals,
    maximumFractionDigits: Math.max(decimals, needed),
  });
  return format.format(digits as Intl.StringNumericLiteral);
}
