// Amounts of money in Chinese capitals (人民币大写), as cheques and vouchers require them.
import { type Decimal, decimal, HALF_UP, HUNDRED, multiply, TWO } from "../decimal";
import { Fault } from "../values";
import { roundTo } from "./maths";
import { type FunctionTable, plain } from "./registry";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const [WAN, YI] = [10 ** 4, 10 ** 8];
const LIMIT = decimal("1e16");

function digitAt(value: number, place: number): number {
  return Math.floor(value / 10 ** place) % 10;
}

/** Up to four digits; a run of zeros inside is one 零. */
function group(value: number): string {
  let [shown, isPending] = ["", false];
  for (const place of [3, 2, 1, 0]) {
    const digit = digitAt(value, place);
    if (digit === 0) {
      isPending = shown !== "";
      continue;
    }
    shown += (isPending ? "零" : "") + DIGITS.charAt(digit) + (PLACES[place] ?? "");
    isPending = false;
  }
  return shown;
}

/** Up to eight digits; 零 stands where the lower four digits do not begin at once. */
function belowYi(value: number): string {
  const [high, low] = [Math.floor(value / WAN), value % WAN];
  const shown = high > 0 ? `${group(high)}万` : "";
  return low === 0 ? shown : shown + (high > 0 && low < 1000 ? "零" : "") + group(low);
}

/** 10^12 is 万亿: what stands before 亿 is counted like what stands behind. */
function whole(yuan: bigint): string {
  const [high, low] = [Number(yuan / BigInt(YI)), Number(yuan % BigInt(YI))];
  const shown = high > 0 ? `${belowYi(high)}亿` : "";
  return low === 0 ? shown : shown + (high > 0 && low < YI / 10 ? "零" : "") + belowYi(low);
}

/** Yuan, jiao and fen; below one fen is rounded half up; from 10^16 on #NUM!. */
function upperMoney(value: Decimal): string {
  if (value.abs().greaterThanOrEqualTo(LIMIT)) throw Fault.NUM;
  const total = BigInt(multiply(roundTo(value.abs(), TWO, HALF_UP), HUNDRED).toFixed());
  const yuan = total / 100n;
  const shown = (yuan > 0n ? `${whole(yuan)}元` : "") + parts(Number(total % 100n), yuan > 0n);
  return (value.isNegative() && total > 0n ? "负" : "") + shown;
}

function parts(cents: number, hasYuan: boolean): string {
  const [jiao, fen] = [Math.floor(cents / 10), cents % 10];
  if (cents === 0) return hasYuan ? "整" : "零元整";
  let shown = "";
  if (jiao > 0) shown = `${DIGITS.charAt(jiao)}角`;
  else if (hasYuan) shown = "零";
  return fen > 0 ? `${shown}${DIGITS.charAt(fen)}分` : shown;
}

export const MONEY: FunctionTable = {
  UPPERMONEY: plain(upperMoney),
};
