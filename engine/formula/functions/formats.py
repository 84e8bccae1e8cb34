"""Excel's number formats, as TEXT uses them; those of dates and times are in `date_formats`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from engine.formula.coercion import number, parse_day, parse_number, plain, text
from engine.formula.functions.date_formats import date_text, is_date_format
from engine.formula.functions.maths import round_to
from engine.formula.values import CONTEXT, Fault, FormulaValue

_QUOTED = re.compile(r'"[^"]*"|\\.', re.DOTALL)
_PARTS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|E[+-]0+|.', re.DOTALL | re.IGNORECASE)
_CURRENCY = re.compile(r"\[\$([^-\]]*)(?:-[^\]]*)?\]")
_GENERAL = frozenset({"GENERAL", "G/通用格式", "@"})
_DIGITS = frozenset("0#?")
_MAX_SECTIONS = 4
_GROUP = 3


def format_value(value: FormulaValue, pattern: str) -> str:
    """The value by a format; sections for positive, negative, zero and text are separated by `;`."""
    sections = _sections(pattern)
    if isinstance(value, str):
        read = _read(value)
        if read is None:
            return _text_by(value, sections)
        value = read
    if isinstance(value, bool):
        return text(value)
    if is_date_format(pattern):
        return date_text(value, sections[0])
    if isinstance(value, date) and not any(character in pattern for character in "0#?"):
        return text(value)
    return _number(number(value), sections)


def _read(shown: str) -> date | Decimal | None:
    try:
        return parse_day(shown) or parse_number(shown)
    except Fault:
        return None


def _sections(pattern: str) -> list[str]:
    """The sections, at most four; a `;` that is quoted or escaped parts none."""
    found, place = [""], 0
    while place < len(pattern):
        piece = _QUOTED.match(pattern, place)
        taken = piece.group() if piece else pattern[place]
        if taken == ";" and len(found) < _MAX_SECTIONS:
            found.append("")
        else:
            found[-1] += taken
        place += len(taken)
    return found


def _text_by(value: str, sections: list[str]) -> str:
    """Text by the section for text, `@` standing for it; without one the text itself."""
    chosen = sections[3] if len(sections) == _MAX_SECTIONS else sections[0] if "@" in sections[0] else "@"
    return "".join(value if part == "@" else _literal(part) for part in _PARTS.findall(chosen))


def _number(value: Decimal, sections: list[str]) -> str:
    section, sign = sections[0], "-" if value < 0 else ""
    if value < 0 and len(sections) > 1:
        section, sign = sections[1], ""
    elif value == 0 and len(sections) > 2:  # noqa: PLR2004
        section = sections[2]
    if section.upper() in _GENERAL:
        return sign + plain(abs(value))
    shape = _Shape.of(section)
    if not shape.whole and not shape.fraction:
        return (sign if section else "") + "".join(shape.parts)
    shown = shape.fill(abs(value))
    return shown if not shape.has_shown_more_than_zero else sign + shown


def _literal(part: str) -> str:
    """What a part stands for that is no digit: quoted or escaped text, a space for `_x`, nothing for colours."""
    if part.startswith('"'):
        return part.strip('"')
    if part.startswith("["):
        currency = _CURRENCY.match(part)
        return currency.group(1) if currency else ""
    if part[0] in "\\_*" and len(part) > 1:
        return {"\\": part[1], "_": " ", "*": ""}[part[0]]
    return part


@dataclass
class _Shape:
    """A section taken apart. `whole` and `fraction`: the places of its digits in `parts`, before and after the point.

    `exponent`: the place of `E+00`; `scale`: how many times 1000 is divided by, less 100s for each `%`.
    """

    parts: list[str] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    fraction: list[int] = field(default_factory=list)
    point: int | None = None
    exponent: int | None = None
    thousands: bool = False
    divisions: int = 0
    percents: int = 0
    has_shown_more_than_zero: bool = False

    @classmethod
    def of(cls, section: str) -> _Shape:
        """The shape of a section of a number format."""
        shape = cls()
        commas = 0
        for part in _PARTS.findall(section):
            place = len(shape.parts)
            if part in _DIGITS and shape.exponent is None:
                shape.thousands = shape.thousands or (commas > 0 and bool(shape.whole) and shape.point is None)
                commas = 0
                (shape.whole if shape.point is None else shape.fraction).append(place)
                shape.parts.append(part)
            elif part == "," and (shape.whole or shape.fraction):
                commas += 1
            elif part == "." and shape.point is None:
                shape.divisions, commas = shape.divisions + commas, 0
                shape.point = place
                shape.parts.append(part)
            else:
                shape.divisions, commas = shape.divisions + commas, 0
                shape.percents += part == "%"
                is_exponent = len(part) > 2 and part[0] in "eE"  # noqa: PLR2004
                shape.exponent = place if is_exponent else shape.exponent
                shape.parts.append(part if is_exponent else _literal(part))
        shape.divisions += commas
        return shape

    def fill(self, value: Decimal) -> str:
        """The digits of a number that is not negative in the places of the shape."""
        for _ in range(self.percents):
            value = CONTEXT.multiply(value, Decimal(100))
        for _ in range(self.divisions):
            value = CONTEXT.divide(value, Decimal(1000))
        filled = list(self.parts)
        if self.exponent is not None:
            value, filled[self.exponent] = self._scientific(value, self.parts[self.exponent])
        rounded = self._rounded(value)
        self.has_shown_more_than_zero = rounded != 0
        whole, _, fraction = format(rounded, f".{len(self.fraction)}f").partition(".")
        if self.whole:
            self._fill_whole(filled, whole.lstrip("0"))
        elif self.point is not None:
            filled[self.point] = whole.lstrip("0") + "."  # no place before the point: digits are written all the same
        self._fill_fraction(filled, fraction)
        return "".join(filled)

    def _rounded(self, value: Decimal) -> Decimal:
        return round_to(value, Decimal(len(self.fraction)), ROUND_HALF_UP)

    def _scientific(self, value: Decimal, part: str) -> tuple[Decimal, str]:
        """Mantissa and exponent; the exponent is a multiple of how many digits stand before the point."""
        step = max(1, len(self.whole))
        power = value.adjusted() // step * step if value != 0 else 0
        mantissa = value.scaleb(-power)
        if self._rounded(mantissa) >= Decimal(10) ** step:
            power += step
            mantissa = value.scaleb(-power)
        sign = "-" if power < 0 else "+" if part[1] == "+" else ""
        return mantissa, part[0] + sign + str(abs(power)).rjust(len(part) - 2, "0")

    def _fill_whole(self, filled: list[str], digits: str) -> None:
        left, count = digits, 0
        for place in reversed(self.whole):
            is_first = place == self.whole[0]
            taken, left = (left, "") if is_first else (left[-1:], left[:-1])
            taken = taken or {"0": "0", "?": " "}.get(self.parts[place], "")
            shown = ""
            for digit in reversed(taken):
                comma = "," if self.thousands and count and count % _GROUP == 0 and digit != " " else ""
                shown = digit + comma + shown
                count += 1
            filled[place] = shown

    def _fill_fraction(self, filled: list[str], digits: str) -> None:
        is_needed = False
        for place, digit in zip(reversed(self.fraction), reversed(digits), strict=True):
            is_needed = is_needed or digit != "0" or self.parts[place] == "0"
            filled[place] = digit if is_needed else {"?": " "}.get(self.parts[place], "")
        if self.point is not None and not "".join(filled[place] for place in self.fraction):
            filled[self.point] = filled[self.point].removesuffix(".")
