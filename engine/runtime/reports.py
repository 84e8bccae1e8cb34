"""Figures about many records: groups with measures, pivots and distinct values, of what the caller may see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import cast

from pydantic import JsonValue

from engine.errors import Rejection
from engine.model.expressions import Expression
from engine.model.field_types.link import LinkField
from engine.model.field_types.number import json_number
from engine.model.fields import EntityField
from engine.model.reports import MAX_LINES, MAX_PIVOT_SIDE, Aggregation, Distinct, Pivot, Source
from engine.model.values import Scalar
from engine.query.cursors import decode_value, encode_value
from engine.query.grouping import Grouping, GroupPart, MeasurePart, sort_places
from engine.query.zones import offset_spans
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.linking import titles_of
from engine.runtime.listing import condition_of, view_of
from engine.runtime.permissions import Reading, asking, reading
from engine.runtime.record_views import instant_text
from engine.store.database import Tx
from engine.store.reports import Asked, Line

MAX_SORTED = 50_000
MAX_CELLS = 50_000
_DAY_ZERO = date(1899, 12, 30)


class TooManyGroups(Rejection):
    """More groups than can be sorted by their figures, or shown as a pivot."""

    code = "too_many_groups"
    status = 422
    zh = "分组超过 {max} 个; 请缩小筛选范围或减少分组"
    en = "There are more than {max} groups; filter more closely or group by less"


@dataclass(frozen=True)
class ReportLine:
    """One group: the values in common by group key, and the figures by measure key, in JSON form."""

    group: Mapping[str, JsonValue]
    values: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Report:
    """The groups in order; `more`: there are others beyond the limit. `links`: titles of linked records by id."""

    items: Sequence[ReportLine]
    more: bool
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PivotTable:
    """Figures where lines meet columns, None where no record is; `cells` has a row for each line of `down`."""

    down: Sequence[Mapping[str, JsonValue]]
    across: Sequence[Mapping[str, JsonValue]]
    cells: Sequence[Sequence[Mapping[str, JsonValue] | None]]
    down_totals: Sequence[Mapping[str, JsonValue]]
    across_totals: Sequence[Mapping[str, JsonValue]]
    total: Mapping[str, JsonValue]
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class ValueCount:
    """A value in JSON form, and how many records have it."""

    value: JsonValue
    count: int


@dataclass(frozen=True)
class ValueList:
    """Values in order; `next` is what the following part is asked for `after`, None at the end."""

    items: Sequence[ValueCount]
    next: str | None
    links: Mapping[str, str] = field(default_factory=dict)


class _Question:
    """What is asked about the records of one entity, resolved for the caller. Raises `ViewNotFound`, `Problems`."""

    def __init__(self, call: Call, place: tuple[InstalledApp, AppEntity], source: Source) -> None:
        app, entity = place
        self.call = call
        self.entity: AppEntity = entity
        self.seen: Reading = reading(call, app, self.entity)
        view = view_of(app, self.entity, source.view)
        self.condition: Expression = condition_of(
            call, app, self.entity, seen=self.seen, view=view, wanted=source.filter
        )
        self.rows = source.rows
        asker = asking(call, app).asker(self.seen.hidden)
        self.parts = Grouping(self.entity.queried, asker, rows=source.rows)

    async def lines(
        self,
        tx: Tx,
        groups: Sequence[GroupPart],
        measures: Sequence[MeasurePart],
        *,
        limit: int,
        after: tuple[Scalar] | None = None,
    ) -> list[Line]:
        asked = Asked(
            access=self.seen.rows,
            condition=self.condition,
            groups=groups,
            measures=measures,
            spans=offset_spans(self.call.workspace.zone),
            rows=self.rows,
            after=after,
        )
        return await self.entity.table.reports.lines(tx, asked, limit=limit)

    async def titles(self, tx: Tx, groups: Sequence[GroupPart], lines: Sequence[Line]) -> dict[str, str]:
        """Titles of the linked records among what the groups have in common."""
        wanted: dict[str, set[str]] = {}
        for place, part in enumerate(groups):
            if isinstance(part.field, LinkField):
                ids = {line.groups[place] for line in lines}
                wanted.setdefault(part.field.target, set()).update(item for item in ids if isinstance(item, str))
        return await titles_of(tx, self.call, self.entity.app_key, wanted=wanted) if wanted else {}


async def aggregate_records(tx: Tx, call: Call, app_key: str, *, entity_key: str, asked: Aggregation) -> Report:
    """The groups and their figures. Raises `Problems`, `FieldHidden`, `TooManyGroups`."""
    question = _Question(call, call.catalog.entity(app_key, entity_key), asked)
    groups = question.parts.groups(asked.group, "/group")
    measures = question.parts.measures(asked.measures, "/measures")
    question.parts.check()
    keys = [*(part.key for part in groups), *(part.key for part in measures)]
    order = sort_places(keys, [(sort.key, sort.desc) for sort in asked.sort], "/sort")
    if order == [(place, False) for place in range(len(order))] and len(order) <= len(groups):
        lines = await question.lines(tx, groups, measures, limit=asked.limit + 1)
    else:
        lines = await question.lines(tx, groups, measures, limit=MAX_SORTED + 1)
        if len(lines) > MAX_SORTED:
            raise TooManyGroups(max=MAX_SORTED)
        lines = _sorted(lines, order)
    shown = lines[: asked.limit]
    return Report(
        [ReportLine(_groups(groups, line), _figures(measures, line)) for line in shown],
        len(lines) > asked.limit,
        await question.titles(tx, groups, shown),
    )


def _sorted(lines: Sequence[Line], order: Sequence[tuple[int, bool]]) -> list[Line]:
    """By the last key first, as sorting keeps the order of equals; empty comes first ascending."""
    found = list(lines)
    for place, desc in reversed(order):
        found.sort(key=lambda line: _rank((*line.groups, *line.measures)[place]), reverse=desc)
    return found


def _rank(value: Scalar) -> tuple[bool, Scalar]:
    return (False, None) if value is None else (True, value)


async def pivot_records(tx: Tx, call: Call, app_key: str, *, entity_key: str, asked: Pivot) -> PivotTable:
    """Lines, columns, cells and totals. Raises as `aggregate_records`."""
    question = _Question(call, call.catalog.entity(app_key, entity_key), asked)
    down, across = question.parts.groups(asked.down, "/down"), question.parts.groups(asked.across, "/across")
    measures = question.parts.measures(asked.measures, "/measures")
    question.parts.check()
    lines = await question.lines(tx, down, measures, limit=MAX_LINES + 1)
    columns = await question.lines(tx, across, measures, limit=MAX_PIVOT_SIDE + 1)
    if len(columns) > MAX_PIVOT_SIDE:
        raise TooManyGroups(max=MAX_PIVOT_SIDE)
    if len(lines) * len(columns) > MAX_CELLS or len(lines) > MAX_LINES:
        raise TooManyGroups(max=MAX_CELLS)
    met = await question.lines(tx, (*down, *across), measures, limit=MAX_CELLS + 1)
    cells = {line.groups: _figures(measures, line) for line in met}
    total = await question.lines(tx, (), measures, limit=1)
    links = await question.titles(tx, down, lines) | await question.titles(tx, across, columns)
    return PivotTable(
        down=[_groups(down, line) for line in lines],
        across=[_groups(across, line) for line in columns],
        cells=[[cells.get((*line.groups, *column.groups)) for column in columns] for line in lines],
        down_totals=[_figures(measures, line) for line in lines],
        across_totals=[_figures(measures, line) for line in columns],
        total=_figures(measures, total[0]),
        links=links,
    )


async def distinct_values(tx: Tx, call: Call, app_key: str, *, entity_key: str, asked: Distinct) -> ValueList:
    """The values that records have, each once. Raises as `aggregate_records`, and `BadCursor`."""
    question = _Question(call, call.catalog.entity(app_key, entity_key), asked)
    group = question.parts.group(asked.of, "/of")
    kind = "day" if group.period is not None else group.kind
    after = None if asked.after is None else (decode_value(asked.after, kind),)
    count = MeasurePart("count", "count")
    lines = await question.lines(tx, (group,), (count,), limit=asked.limit + 1, after=after)
    shown = lines[: asked.limit]
    return ValueList(
        [ValueCount(_group(group, line.groups[0]), int(cast("Decimal", line.measures[0]))) for line in shown],
        encode_value(shown[-1].groups[0]) if len(lines) > asked.limit else None,
        await question.titles(tx, (group,), shown),
    )


def _groups(parts: Sequence[GroupPart], line: Line) -> dict[str, JsonValue]:
    return {part.key: _group(part, value) for part, value in zip(parts, line.groups, strict=True)}


def _group(part: GroupPart, value: Scalar) -> JsonValue:
    """A value in common as its field writes it; items of lists and first days of periods as they are."""
    if part.period is not None or part.kind == "list":
        return _plain(value)
    return _shown(value, part.field, is_day=part.is_day)


def _figures(parts: Sequence[MeasurePart], line: Line) -> dict[str, JsonValue]:
    return {part.key: _figure(part, value) for part, value in zip(parts, line.measures, strict=True)}


def _figure(part: MeasurePart, value: Scalar) -> JsonValue:
    if part.function in {"min", "max"}:
        return _shown(value, part.field, is_day=part.is_day)
    return _plain(value)


def _shown(value: Scalar, of: EntityField | None, *, is_day: bool) -> JsonValue:
    if is_day and isinstance(value, Decimal):
        return _day(value)
    return _plain(value) if of is None else of.dump(value)


def _day(serial: Decimal) -> JsonValue:
    """The day with a serial number; one outside of the calendar stays a number."""
    try:
        return (_DAY_ZERO + timedelta(days=int(serial))).isoformat()
    except OverflowError:
        return json_number(serial)


def _plain(value: Scalar) -> JsonValue:
    match value:
        case Decimal():
            return json_number(value)
        case datetime():
            return instant_text(value)
        case date():
            return value.isoformat()
        case None | bool() | str():
            return value
        case _:
            return list(cast("tuple[str, ...]", value))
