"""Amounts of money in Chinese capitals (人民币大写), as cheques and vouchers require them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from engine.formula.functions.maths import round_to
from engine.formula.functions.registry import Help, register
from engine.formula.values import TEXT, ErrorValue, Fault, FormulaValue

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "兆")
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


def _whole(value: int) -> str:
    shown = ""
    for position in range(len(_GROUPS) - 1, -1, -1):
        group = value // 10000**position % 10000
        if group == 0:
            continue
        gap = bool(shown) and (group < 1000 or value // 10000 ** (position + 1) % 10000 == 0)  # noqa: PLR2004
        shown += ("零" if gap else "") + _group(group) + _GROUPS[position]
    return shown


@register(
    "UPPERMONEY",
    shape="number",
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
