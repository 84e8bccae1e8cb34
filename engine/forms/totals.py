"""Totals ready to be kept: what a record adds to which group, and the formulas of the bounds."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from engine.errors import Problem, Rejection
from engine.forms.context import Context
from engine.formula.check import Compiled, Scope
from engine.formula.environment import Environment
from engine.formula.fields import field_kind, to_formula
from engine.formula.results import FormulaReport, Wanted
from engine.formula.values import ErrorValue, FormulaValue, Kind
from engine.model.entities import Entity
from engine.model.field_types.link import LinkField
from engine.model.field_types.number import plain
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.filters import Filter
from engine.model.links import Entities
from engine.model.rows import with_places
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.totals import Counted, Limit, Period, PeriodName, Total
from engine.model.values import BadValue, Json, RawJson, Value, Values

NUMBER = Wanted((Kind("number"),))
MONTHS_A_QUARTER = 3


class ClockInBound(Rejection):
    """A bound that would be another one tomorrow, when nobody writes."""

    code = "clock_in_bound"
    status = 422
    zh = "合计的上下限不能使用 TODAY 或 NOW: 明天没有人写入时它也会变"
    en = "A bound of totals cannot use TODAY or NOW: it would change while nobody writes"


class BoundOfSeveral(Rejection):
    """A bound whose keeping could not be guaranteed."""

    code = "bound_of_several"
    status = 422
    zh = "合计的上下限只能读取一个关联的数据, 现有: {links}"
    en = "The bounds of a total can read one linked record only, not {links}"


@dataclass(frozen=True)
class Part:
    """One part of a group: a field or column by its key, or the `period` that it falls into."""

    key: str
    field: EntityField
    in_rows: bool
    period: PeriodName | None = None

    def of(self, values: Values, zone: ZoneInfo) -> Json:
        """The part of a record or row; None where it is empty."""
        value = values.get(self.key)
        if self.period is None:
            return self.field.dump(value)
        day = value.astimezone(zone).date() if isinstance(value, datetime) else value
        return period_of(day, self.period) if isinstance(day, date) else None


@dataclass(frozen=True)
class Source:
    """What is added up, with its `sign`. `amount`: the key of the number in the record or row; None: they are counted.

    `subform`: whose rows are added up; empty: the records are.
    """

    entity: str
    sign: int
    subform: str
    amount: str | None
    parts: tuple[Part, ...]
    where: Filter | None
    paths: tuple[str, ...]

    def groups(self, values: Values, zone: ZoneInfo) -> dict[str, Share]:
        """What a record adds to each group, by the group as JSON; groups with an empty part are none."""
        found: dict[str, Share] = {}
        for place, cells in self._units(values):
            group = [part.of(cells if part.in_rows else values, zone) for part in self.parts]
            if None in group:
                continue
            number = Decimal(1) if self.amount is None else cells.get(self.amount)
            if isinstance(number, Decimal):
                text = json.dumps(group, ensure_ascii=False, separators=(",", ":"))
                share = found.setdefault(text, Share())
                share.amount += number
                share.pointers.append(self._pointer(place))
        return found

    def _units(self, values: Values) -> Iterator[tuple[str, Values]]:
        """The record, or its rows with their pointers."""
        if self.subform:
            yield from ((place, row.values) for place, row in with_places(values, self.subform))
        else:
            yield "", values

    def _pointer(self, place: str) -> str:
        """Where a breach is told: at the number, or at the last part of the group."""
        in_rows = [part.key for part in self.parts if part.in_rows]
        key = self.amount or (in_rows or [part.key for part in self.parts] or [""])[-1]
        if key in SYSTEM_FIELD_TYPES or not key:
            return ""
        return f"{place}/{key}"


@dataclass
class Share:
    """What a record adds to one group, and the places of its numbers."""

    amount: Decimal = Decimal(0)
    pointers: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CompiledTotal:
    """A total with its sources and bounds.

    `link`: the position in the group of the link through which the bounds read, to the entity `target`, of which
    they read `reads`; None: they read none.
    """

    entity: str
    total: Total
    sources: tuple[Source, ...]
    at_least: Compiled | None
    at_most: Compiled | None
    link: int | None = None
    target: str = ""
    reads: frozenset[str] = frozenset()

    def target_of(self, group: str) -> str | None:
        """The id of the record that the bounds of a group read."""
        return None if self.link is None else str(json.loads(group)[self.link])

    def bounds(self, group: str, target: Values | None, context: Context) -> Bounds:
        """The bounds of a group; `target`: of the record that they read, which bounds nothing when it is gone."""
        if self.link is not None and target is None:
            return Bounds()
        parts = self.sources[0].parts
        pairs = zip(parts, json.loads(group), strict=True)
        own = {part.key: parsed_part(part.field, item) for part, item in pairs if part.period is None}

        def lookup(path: str) -> FormulaValue:
            key, _, rest = path.partition(".")
            value: Value = (target or {}).get(rest) if rest else own.get(key)
            return to_formula(value, context.zone)

        env = Environment(lookup, now=context.now, zone=context.zone, calendars=context.calendars)
        return Bounds(*(None if item is None else item.evaluate(env) for item in (self.at_least, self.at_most)))


@dataclass(frozen=True)
class Bounds:
    """Least and greatest value of a total; None: no bound. What is no number, an error say, is kept by nothing."""

    low: FormulaValue | ErrorValue = None
    high: FormulaValue | ErrorValue = None

    def is_below(self, value: Decimal) -> bool:
        """Whether a total falls short of the lower bound."""
        return self.low is not None and not (isinstance(self.low, Decimal) and value >= self.low)

    def is_above(self, value: Decimal) -> bool:
        """Whether a total exceeds the upper bound."""
        return self.high is not None and not (isinstance(self.high, Decimal) and value <= self.high)

    def is_broken(self, value: Decimal) -> bool:
        """Whether a total is out of bounds."""
        return self.is_below(value) or self.is_above(value)

    def breaks_anew(self, value: Decimal, before: Bounds) -> bool:
        """Whether a total is out of these bounds that was not so far out of those before."""
        return (self.is_below(value) and (not before.is_below(value) or _is_less(before.low, self.low))) or (
            self.is_above(value) and (not before.is_above(value) or _is_less(self.high, before.high))
        )


def parsed_part(field: EntityField, item: RawJson) -> Value:
    """The value of a group; nothing, where the field does not hold it any more."""
    try:
        return field.parse(item)
    except BadValue:
        return None


def _is_less(first: FormulaValue | ErrorValue, second: FormulaValue | ErrorValue) -> bool:
    return isinstance(first, Decimal) and isinstance(second, Decimal) and first < second


def period_of(day: date, period: PeriodName) -> str:
    """The name of the period a day is in: 2026, 2026-Q1, 2026-03, 2026-W05, 2026-03-01; weeks as ISO 8601 has them."""
    match period:
        case "year":
            return f"{day.year:04}"
        case "quarter":
            return f"{day.year:04}-Q{(day.month - 1) // MONTHS_A_QUARTER + 1}"
        case "month":
            return f"{day.year:04}-{day.month:02}"
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "day":
            return day.isoformat()


def compile_totals(entity: Entity, entities: Entities, report: FormulaReport) -> tuple[CompiledTotal, ...]:
    """The totals of an entity, as far as they make sense; faults of their formulas are noted."""
    found = []
    for position, total in enumerate(entity.totals):
        compiled = _compile(entity, total, entities, report=report, pointer=f"/totals/{position}")
        if compiled is not None:
            found.append(compiled)
    return tuple(found)


def _compile(
    entity: Entity, total: Total, entities: Entities, *, report: FormulaReport, pointer: str
) -> CompiledTotal | None:
    sources = []
    for key, _, sign, counted in total.sources(entity.key):
        source = entities.get(key)
        made = None if source is None else _source(source, counted, sign)
        if made is None:
            return None
        sources.append(made)
    parts = sources[0].parts
    scope = _scope(parts, entities)
    limits = [
        _limit(limit, scope, report=report, pointer=f"{pointer}/{name}")
        for name, limit in (("at_least", total.at_least), ("at_most", total.at_most))
    ]
    read = sorted(path for limit in limits if limit is not None for path in limit.references if "." in path)
    links = sorted({path.partition(".")[0] for path in read})
    if len(links) > 1:
        report.note_broken(Problem.of(BoundOfSeveral(links=", ".join(links)), path=pointer))
        return None
    place = next((at for at, part in enumerate(parts) if [part.key] == links), None)
    leads = None if place is None else parts[place].field
    return CompiledTotal(
        entity=entity.key,
        total=total,
        sources=tuple(sources),
        at_least=limits[0],
        at_most=limits[1],
        link=place,
        target=leads.entity if isinstance(leads, LinkField) and leads.app is None else "",
        reads=frozenset(path.partition(".")[2] for path in read),
    )


def _limit(limit: Limit | None, scope: Scope, *, report: FormulaReport, pointer: str) -> Compiled | None:
    if limit is None:
        return None
    source = limit if isinstance(limit, str) else plain(limit)
    compiled = report.read(source, scope, pointer=pointer, wanted=NUMBER)
    if compiled is not None and compiled.uses_clock:
        report.note_broken(Problem.of(ClockInBound(), path=pointer))
    return compiled


def _source(entity: Entity, counted: Counted, sign: int) -> Source | None:
    """None: it names what is not there, which the check of references tells."""
    parts = []
    for item in counted.by:
        path, period = (item.field, item.by) if isinstance(item, Period) else (item, None)
        found = entity.field_at(path) or SYSTEM_FIELD_TYPES.get(path)
        if found is None:
            return None
        parts.append(Part(path.rpartition(".")[2], found, "." in path, period))
    if counted.sum is not None and entity.field_at(counted.sum) is None:
        return None
    if counted.subform and counted.subform not in entity.subforms:
        return None
    return Source(
        entity=entity.key,
        sign=sign,
        subform=counted.subform,
        amount=None if counted.sum is None else counted.sum.rpartition(".")[2],
        parts=tuple(parts),
        where=counted.where,
        paths=tuple(path for path, _ in counted.named),
    )


def _scope(parts: Sequence[Part], entities: Entities) -> Scope:
    """What a bound may name: the fields of the group, and those of the records that its links lead to."""
    scope: dict[str, Kind] = {}
    for part in parts:
        if part.period is not None:
            continue
        scope[part.key] = field_kind(part.field)
        if isinstance(part.field, LinkField) and part.field.target in entities:
            for item in entities[part.field.entity].fields:
                if not isinstance(item, SubformField):
                    scope[f"{part.key}.{item.key}"] = field_kind(item)
    return scope
