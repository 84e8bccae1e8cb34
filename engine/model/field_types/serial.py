"""A number that the engine gives to each record, made from a date and a counter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import ClassVar, Literal, TypeAlias

from pydantic import Field

from engine.model.base import Fault, Translated
from engine.model.field_types.text import TextBase, check_text
from engine.model.values import RawJson, Value

Reset: TypeAlias = Literal["never", "year", "month", "day"]
MAX_SERIAL_LENGTH = 200
MAX_SEQ_WIDTH = 12
_TOKEN = re.compile(r"\{([^{}]*)\}")
_SEQ = re.compile(r"seq:([0-9]{1,2})")
_DATE_TOKENS = {"yyyy": "%Y", "yy": "%y", "mm": "%m", "dd": "%d"}
_PERIODS: dict[Reset, str] = {"never": "", "year": "%Y", "month": "%Y-%m", "day": "%Y-%m-%d"}
# A counter that starts again needs its period in the number, or two records would get the same one.
_NEEDED: dict[Reset, tuple[str, ...]] = {"never": (), "year": ("y",), "month": ("y", "m"), "day": ("y", "m", "d")}


class BadSerialToken(Fault):
    code = "bad_serial_token"
    zh = "编号格式中的 “{token}” 无法识别, 可用: {{yyyy}} {{yy}} {{mm}} {{dd}} {{seq:4}}"
    en = "“{token}” is not known in a serial pattern; known are {{yyyy}} {{yy}} {{mm}} {{dd}} {{seq:4}}"


class SerialNeedsCounter(Fault):
    code = "serial_needs_counter"
    zh = "编号格式须恰好有一个流水号, 如 {{seq:4}}"
    en = "A serial pattern needs exactly one counter such as {{seq:4}}"


class SerialRepeats(Fault):
    code = "serial_repeats"
    zh = "计数按 “{reset}” 重置, 编号格式须包含相应的年月日, 否则编号会重复"
    en = "The counter restarts each “{reset}”, so the pattern must contain it, or numbers would repeat"


class SerialField(TextBase):
    """A number given at creation, never changed; `pattern` such as `LX-{yyyy}{mm}-{seq:4}`."""

    type_title: ClassVar[Translated] = Translated(zh_cn="流水号", en="Serial number")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="提交时自动生成的编号", en="A number that is made when the record is made"
    )
    refused_members: ClassVar[frozenset[str]] = frozenset({"required", "unique", "computed", "default"})

    type: Literal["serial"] = "serial"
    pattern: str = Field(min_length=1, max_length=100)
    reset: Reset = "never"

    @property
    def longest(self) -> int:
        return MAX_SERIAL_LENGTH

    def period(self, day: date) -> str:
        """The name of the counter in use on `day`: one per year, month, day, or one for all time."""
        return day.strftime(_PERIODS[self.reset])

    def render(self, *, day: date, count: int) -> str:
        """The serial number for the `count`-th record of the period that `day` is in."""

        def fill(token: re.Match[str]) -> str:
            if seq := _SEQ.fullmatch(token[1]):
                return str(count).zfill(int(seq[1]))
            return _format_day(day, token[1])

        return _TOKEN.sub(fill, self.pattern)

    def parse_filled(self, raw: RawJson) -> Value:
        return check_text(raw, max_length=MAX_SERIAL_LENGTH)

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        tokens = _TOKEN.findall(self.pattern)
        counters = [found for token in tokens if (found := _SEQ.fullmatch(token))]
        rest = _TOKEN.sub("", self.pattern)
        for token in tokens:
            if token not in _DATE_TOKENS and not _SEQ.fullmatch(token):
                yield BadSerialToken(path="/pattern", token=f"{{{token}}}")
        if "{" in rest or "}" in rest:
            yield BadSerialToken(path="/pattern", token="{" if "{" in rest else "}")
        if len(counters) != 1 or not 1 <= int(counters[0][1]) <= MAX_SEQ_WIDTH:
            yield SerialNeedsCounter(path="/pattern")
        present = {token[0] for token in tokens if token in _DATE_TOKENS}
        if not present.issuperset(_NEEDED[self.reset]):
            yield SerialRepeats(path="/pattern", reset=self.reset)


def _format_day(day: date, token: str) -> str:
    """`strftime` does not pad years before 1000, a serial number must keep its length."""
    return f"{day.year:04d}" if token == "yyyy" else day.strftime(_DATE_TOKENS[token])  # noqa: S105
