"""Two calendar days and all between them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar, Literal

from engine.model.bad_values import RangeIncomplete, RangeReversed
from engine.model.base import Translated
from engine.model.field_types.composite import CompositeBase, PartField
from engine.model.field_types.date import DateField
from engine.model.values import ColumnKind, Composite


class DateRangeField(CompositeBase):
    """A first and a last day, both of which belong to it."""

    type_title: ClassVar[Translated] = Translated(zh_cn="日期范围", en="Date range")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="从开始日期到结束日期, 含首尾两天", en="From a first to a last day, both included"
    )
    type_column_kind: ClassVar[ColumnKind] = "date_range"
    type_parts: ClassVar[Mapping[str, PartField]] = {
        "start": DateField(key="start", title=Translated(zh_cn="开始日期", en="Start")),
        "end": DateField(key="end", title=Translated(zh_cn="结束日期", en="End")),
    }

    type: Literal["date_range"] = "date_range"

    def check(self, value: Composite) -> None:
        start, end = value.parts["start"], value.parts["end"]
        if not isinstance(start, date) or not isinstance(end, date):
            raise RangeIncomplete
        if end < start:
            raise RangeReversed(start=start.isoformat(), end=end.isoformat())
