// Excel's number formats, as TEXT uses them; those of dates and times are in `dateFormats`.
import { parseDay, parseNumber, plain, toNumber, toText } from "../coercion";
import { Day, Moment } from "../days";
import { type Decimal, decimal, divide, HALF_UP, HUNDRED, multiply, narrow } from "../decimal";
import { Fault, type FormulaValue } from "../values";
import { dateText, isDateFormat } from "./dateFormats";
import { roundTo } from "./maths";

const QUOTED = /"[^"]*"|\\./suy;
const PARTS = /"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|E[+-]0+|./gisu;
const CURRENCY = /^\[\$([^-\]]*)(?:-[^\]]*)?\]/;
const GENERAL: ReadonlySet<string> = new Set(["GENERAL", "G/通用格式", "@"]);
const MAX_SECTIONS = 4;
const THOUSAND = decimal(1000);

/** The value by a format; sections for positive, negative, zero and text are separated by `;`. */
export function formatValue(given: FormulaValue, pattern: string): string {
  const sections = sectionsOf(pattern);
  const value = typeof given === "string" ? (read(given) ?? given) : given;
  if (typeof value === "string") return textBy(value, sections);
  if (typeof value === "boolean") return toText(value);
  if (isDateFormat(pattern)) return dateText(value, sections[0] ?? "");
  if ((value instanceof Day || value instanceof Moment) && !/[0#?]/.test(pattern)) return toText(value);
  return numberBy(toNumber(value), sections);
}

function read(shown: string): Day | Decimal | undefined {
  try {
    return parseDay(shown) ?? parseNumber(shown);
  } catch (caught) {
    if (caught instanceof Fault) return undefined;
    throw caught;
  }
}

/** The sections, at most four; a `;` that is quoted or escaped parts none. */
function sectionsOf(pattern: string): string[] {
  const found: string[] = [];
  let [current, place] = ["", 0];
  while (place < pattern.length) {
    QUOTED.lastIndex = place;
    const taken = QUOTED.exec(pattern)?.[0] ?? pattern.charAt(place);
    place += taken.length;
    if (taken === ";" && found.length < MAX_SECTIONS - 1) {
      found.push(current);
      current = "";
    } else current += taken;
  }
  return [...found, current];
}

/** Text by the section for text, `@` standing for it; without one the text itself. */
function textBy(value: string, sections: readonly string[]): string {
  const [first = ""] = sections;
  const chosen = sections[MAX_SECTIONS - 1] ?? (first.includes("@") ? first : "@");
  return (chosen.match(PARTS) ?? []).map((part) => (part === "@" ? value : literal(part))).join("");
}

function sectionFor(value: Decimal, sections: readonly string[]): [string, string] {
  const [first = "", negative, zero] = sections;
  const isNegative = value.lessThan(0);
  if (isNegative && negative !== undefined) return [negative, ""];
  if (value.isZero() && zero !== undefined) return [zero, ""];
  return [first, isNegative ? "-" : ""];
}

function numberBy(value: Decimal, sections: readonly string[]): string {
  const [section, sign] = sectionFor(value, sections);
  if (GENERAL.has(section.toUpperCase())) return sign + plain(value.abs());
  const shape = shapeOf(section);
  if (shape.whole.length === 0 && shape.fraction.length === 0) {
    return (section === "" ? "" : sign) + shape.parts.join("");
  }
  const { shown, isZero } = filled(shape, value.abs());
  return isZero ? shown : sign + shown;
}

/** What a part stands for that is no digit: quoted or escaped text, a space for `_x`, nothing for colours. */
function literal(part: string): string {
  if (part.startsWith('"')) return part.replaceAll(/^"+|"+$/g, "");
  if (part.startsWith("[")) return CURRENCY.exec(part)?.[1] ?? "";
  if (part.length === 1) return part;
  if (part.startsWith("\\")) return part.slice(1);
  if (part.startsWith("_")) return " ";
  return part.startsWith("*") ? "" : part;
}

/**
 * A section taken apart. `whole` and `fraction`: the places of its digits in `parts`, before and after the point;
 * `exponent`: the place of `E+00`; `divisions`: how many times 1000 is divided by; `percents`: 100 multiplied.
 */
interface Shape {
  parts: string[];
  whole: number[];
  fraction: number[];
  point: number | undefined;
  exponent: number | undefined;
  hasThousands: boolean;
  divisions: number;
  percents: number;
  /** Commas since the last digit: they divide, unless another digit follows. */
  commas: number;
}

function isDigit(part: string): boolean {
  return part === "0" || part === "#" || part === "?";
}

function shapeOf(section: string): Shape {
  const shape: Shape = {
    parts: [],
    whole: [],
    fraction: [],
    point: undefined,
    exponent: undefined,
    hasThousands: false,
    divisions: 0,
    percents: 0,
    commas: 0,
  };
  for (const part of section.match(PARTS) ?? []) {
    if (isDigit(part) && shape.exponent === undefined) addDigit(shape, part);
    else if (part === "," && shape.whole.length + shape.fraction.length > 0) shape.commas += 1;
    else addOther(shape, part);
  }
  shape.divisions += shape.commas;
  return shape;
}

function addDigit(shape: Shape, part: string): void {
  const isWhole = shape.point === undefined;
  if (shape.commas > 0 && shape.whole.length > 0 && isWhole) shape.hasThousands = true;
  shape.commas = 0;
  (isWhole ? shape.whole : shape.fraction).push(shape.parts.length);
  shape.parts.push(part);
}

function addOther(shape: Shape, part: string): void {
  const place = shape.parts.length;
  shape.divisions += shape.commas;
  shape.commas = 0;
  if (part === "." && shape.point === undefined) {
    shape.point = place;
    shape.parts.push(part);
    return;
  }
  if (part === "%") shape.percents += 1;
  const isExponent = part.length > 2 && /^e/i.test(part);
  if (isExponent) shape.exponent = place;
  shape.parts.push(isExponent ? part : literal(part));
}

/** The digits of a number that is not negative in the places of the shape. */
function filled(shape: Shape, value: Decimal): { shown: string; isZero: boolean } {
  let scaled = value;
  for (let percent = 0; percent < shape.percents; percent += 1) scaled = multiply(scaled, HUNDRED);
  for (let division = 0; division < shape.divisions; division += 1) scaled = divide(scaled, THOUSAND);
  const parts = [...shape.parts];
  if (shape.exponent !== undefined) {
    const [mantissa, exponent] = scientific(shape, scaled, shape.parts[shape.exponent] ?? "");
    scaled = mantissa;
    parts[shape.exponent] = exponent;
  }
  const rounded = roundedBy(shape, scaled);
  const [whole = "", fraction = ""] = rounded.toFixed(shape.fraction.length, HALF_UP).split(".");
  const digits = whole.replace(/^0+/, "");
  if (shape.whole.length > 0) fillWhole(shape, parts, digits);
  // no place before the point: digits are written all the same
  else if (shape.point !== undefined) parts[shape.point] = `${digits}.`;
  fillFraction(shape, parts, fraction);
  return { shown: parts.join(""), isZero: rounded.isZero() };
}

function roundedBy(shape: Shape, value: Decimal): Decimal {
  return roundTo(value, decimal(shape.fraction.length), HALF_UP);
}

function shifted(value: Decimal, places: number): Decimal {
  return narrow(value.times(decimal(`1e${places}`)));
}

/** Mantissa and exponent; the exponent is a multiple of how many digits stand before the point. */
function scientific(shape: Shape, value: Decimal, part: string): [Decimal, string] {
  const step = Math.max(1, shape.whole.length);
  let power = value.isZero() ? 0 : Math.floor(value.e / step) * step;
  let mantissa = shifted(value, -power);
  if (roundedBy(shape, mantissa).greaterThanOrEqualTo(decimal(`1e${step}`))) {
    power += step;
    mantissa = shifted(value, -power);
  }
  const positive = part.charAt(1) === "+" ? "+" : "";
  const sign = power < 0 ? "-" : positive;
  return [mantissa, part.charAt(0) + sign + String(Math.abs(power)).padStart(part.length - 2, "0")];
}

function placeholder(part: string | undefined): string {
  if (part === "0") return "0";
  return part === "?" ? " " : "";
}

function fillWhole(shape: Shape, parts: string[], digits: string): void {
  let [left, count] = [digits, 0];
  for (const [index, place] of [...shape.whole.entries()].toReversed()) {
    const taken = (index === 0 ? left : left.slice(-1)) || placeholder(shape.parts[place]);
    left = left.slice(0, -1);
    let shown = "";
    for (const digit of taken.split("").toReversed()) {
      const hasComma = shape.hasThousands && count > 0 && count % 3 === 0 && digit !== " ";
      shown = digit + (hasComma ? "," : "") + shown;
      count += 1;
    }
    parts[place] = shown;
  }
}

function fillFraction(shape: Shape, parts: string[], digits: string): void {
  let isNeeded = false;
  for (const [index, place] of [...shape.fraction.entries()].toReversed()) {
    const digit = digits.charAt(index);
    isNeeded = isNeeded || digit !== "0" || shape.parts[place] === "0";
    parts[place] = isNeeded ? digit : placeholder(shape.parts[place]);
  }
  const isEmpty = shape.fraction.every((place) => parts[place] === "");
  if (shape.point !== undefined && isEmpty) parts[shape.point] = (parts[shape.point] ?? "").replace(/\.$/, "");
}

function withThousands(whole: string): string {
  return whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
}

/** A number with exactly `places` decimals; `isGrouped`: with thousands separators. */
export function fixedText(value: Decimal, places: number, isGrouped: boolean): string {
  const [whole = "", fraction] = value.abs().toFixed(places, HALF_UP).split(".");
  const shown = isGrouped ? withThousands(whole) : whole;
  const sign = value.isNegative() && !value.isZero() ? "-" : "";
  return sign + (fraction === undefined ? shown : `${shown}.${fraction}`);
}
