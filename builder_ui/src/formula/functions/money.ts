// Amounts of money in Chinese capitals (人民币大写), as cheques and vouchers require them.
import { type Decimal, decimal, HALF_UP, HUNDRED, multiply, TWO } from "../decimal";
import { Fault } from "../values";
import { roundTo } from "./maths";
import { type FunctionTable, plain } from "./registry";

const DIGITS = "零壹贰叁肆伍陆柒捌玖";
const PLACES = ["", "拾", "佰", "仟"];
const GROUPS = ["", "万", "亿", "兆"];
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

function whole(yuan: bigint): string {
  let shown = "";
  const groupAt = (position: number) => Number((yuan / 10_000n ** BigInt(position)) % 10_000n);
  for (let position = GROUPS.length - 1; position >= 0; position -= 1) {
    const value = groupAt(position);
    if (value === 0) continue;
    const hasGap = shown !== "" && (value < 1000 || groupAt(position + 1) === 0);
    shown += (hasGap ? "零" : "") + group(value) + (GROUPS[position] ?? "");
  }
  return shown;
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
