"""Amounts of money in Chinese capitals (人民币大写), as cheques and vouchers require them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from engine.formula.functions.maths import round_to
from engine.formula.functions.registry import Help, register
from engine.formula.values import TEXT, ErrorValue, Fault, FormulaValue

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_WAN, _YI = 10**4, 10**8
_LIMIT = Decimal(10) ** 16


def _group(value: int) -> str:
    """Up to four digits; a run of zeros inside is one 零."""
    shown, pending = "", False
    for place in (3, 2, 1, 0):
        digit = value // 10**place % 10
        if digit == 0:
            pending = bool(shown)
            continue
        shown += ("零" if pending else "") + _DIGITS[digit] + _PLACES[place]
        pending = False
    return shown


def _below_yi(value: int) -> str:
    """Up to eight digits; 零 stands where the lower four digits do not begin at once."""
    high, low = divmod(value, _WAN)
    shown = _group(high) + "万" if high else ""
    if not low:
        return shown
    return shown + ("零" if high and low < 1000 else "") + _group(low)  # noqa: PLR2004


def _whole(value: int) -> str:
    """10^12 is 万亿: what stands before 亿 is counted like what stands behind."""
    high, low = divmod(value, _YI)
    shown = _below_yi(high) + "亿" if high else ""
    if not low:
        return shown
    return shown + ("零" if high and low < _YI // 10 else "") + _below_yi(low)


@register(
    "UPPERMONEY",
    shape="金额/amount: number",
    returns=TEXT,
    help=Help("人民币大写金额", "An amount in Chinese capitals", "UPPERMONEY(1234.5)", "壹仟贰佰叁拾肆元伍角"),
)
def uppermoney(value: Decimal) -> FormulaValue:
    """Yuan, jiao and fen; below one fen is rounded half up; from 10^16 on #NUM!."""
    if abs(value) >= _LIMIT:
        raise Fault(ErrorValue.NUM)
    fen_total = int(round_to(abs(value), Decimal(2), ROUND_HALF_UP) * 100)
    yuan, jiao, fen = fen_total // 100, fen_total // 10 % 10, fen_total % 10
    shown = _whole(yuan) + "元" if yuan else ""
    if jiao:
        shown += _DIGITS[jiao] + "角"
    elif fen and yuan:
        shown += "零"
    if fen:
        shown += _DIGITS[fen] + "分"
    elif not jiao:
        shown = (shown or "零元") + "整"
    return ("负" if value < 0 and fen_total else "") + shown
