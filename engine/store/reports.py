"""Groups and measures of records as SQL: one statement a question, exact on both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from engine.model.expressions import EVERYTHING, Expression
from engine.model.values import Scalar
from engine.query.grouping import Cell, Counted, GroupPart, MeasurePart
from engine.query.zones import OffsetSpan
from engine.store.columns import Column, reader, writer
from engine.store.database import Dialect, Row, Tx
from engine.store.entities import StoredEntity
from engine.store.expressions import Conditions
from engine.store.parameters import Parameters
from engine.store.periods import local_day, period_start
from engine.store.searching import Searching

_HALF = 1_000_000_000  # sums of numbers up to 2^63 in two halves stay below 2^63 for 9 thousand million rows
_DAY, _TEXT = Column("", "day"), Column("", "text")
_DIGITS = 15
_WIDE = Context(prec=60)


@dataclass(frozen=True)
class Line:
    """One group: the values that its records have in common, and its figures; an average has at least 15 digits."""

    groups: tuple[Scalar, ...]
    measures: tuple[Scalar, ...]


@dataclass(frozen=True)
class Asked:
    """Whose figures are asked for: the records that may be read and meet the condition, or the `rows` of a subform.

    `spans`: of the zone whose days the periods are made of. `after`: only groups behind this value of the one group.
    """

    access: Expression
    condition: Expression
    groups: Sequence[GroupPart]
    measures: Sequence[MeasurePart]
    spans: Sequence[OffsetSpan]
    rows: str | None = None
    after: tuple[Scalar] | None = None


@dataclass(frozen=True)
class _Figure:
    """The columns of the statement from which a figure is made."""

    texts: tuple[str, ...]
    read: Callable[[Sequence[object]], Scalar]


class Reports:
    """Questions about the records of one entity, whose record is named `r` in the statement."""

    def __init__(self, stored: StoredEntity, conditions: Conditions, dialect: Dialect) -> None:
        self._stored = stored
        self._conditions = conditions
        self._searching = Searching(stored.search_indexes)
        self._dialect = dialect

    async def lines(self, tx: Tx, asked: Asked, *, limit: int) -> list[Line]:
        """At most `limit` groups, ordered by what they have in common, empty first."""
        parameters = Parameters()
        joins: list[str] = []
        groups = [
            self._group(part, place, asked, parameters=parameters, joins=joins)
            for place, part in enumerate(asked.groups)
        ]
        figures = [self._figure(part, asked, parameters) for part in asked.measures]
        names = [text for text, _ in groups] + [text for figure in figures for text in figure.texts]
        condition = await self._searching.looked_up(tx, asked.condition)
        where = self._where((asked.access, condition), asked.after, groups, parameters=parameters)
        numbers = [str(number) for number in range(1, len(groups) + 1)]
        nulls = "" if self._dialect == "sqlite" else " NULLS FIRST"
        grouped = f" GROUP BY {', '.join(numbers)} ORDER BY {', '.join(f'{n} ASC{nulls}' for n in numbers)}"
        text = f"SELECT {', '.join(names)} FROM {self._source(asked)}{''.join(joins)}{where}"
        raws = await tx.fetch_all(f"{text}{grouped if groups else ''} LIMIT {limit:d}", *parameters.values)
        return [self._line(raw, groups, figures) for raw in raws]

    def _source(self, asked: Asked) -> str:
        if asked.rows is None:
            return f"[{self._stored.table}] r"
        return (
            f"[{self._stored.subforms[asked.rows].table}] cell JOIN [{self._stored.table}] r ON r.id = cell.record_id"
        )

    def _line(self, raw: Row, groups: Sequence[tuple[str, Column]], figures: Sequence[_Figure]) -> Line:
        values = [raw[position] for position in range(len(groups) + sum(len(figure.texts) for figure in figures))]
        shared = tuple(
            reader(column, self._dialect)(value)
            for (_, column), value in zip(groups, values[: len(groups)], strict=True)
        )
        at = len(groups)
        made: list[Scalar] = []
        for figure in figures:
            made.append(figure.read(values[at : at + len(figure.texts)]))
            at += len(figure.texts)
        return Line(shared, tuple(made))

    def _where(
        self,
        conditions: Iterable[Expression],
        after: tuple[Scalar] | None,
        groups: Sequence[tuple[str, Column]],
        *,
        parameters: Parameters,
    ) -> str:
        parts = [self._conditions.build(part, parameters) for part in conditions if part != EVERYTHING]
        if after is not None:
            ((text, column),) = groups
            value = writer(column, self._dialect)(after[0])
            parts.append(f"{text} IS NOT NULL" if value is None else f"{text} > {parameters.add(value)}")
        return " WHERE " + " AND ".join(parts) if parts else ""

    def _value(self, source: Counted, asked: Asked, parameters: Parameters) -> tuple[str, Column]:
        """The SQL of a value, and how it is read."""
        if not isinstance(source, Cell):
            return self._conditions.terms.write(source, parameters), self._conditions.terms.column(source)
        column = self._stored.subforms[asked.rows or ""].columns[source.column]
        return f'cell."{column.name}"', column

    def _group(
        self, part: GroupPart, place: int, asked: Asked, *, parameters: Parameters, joins: list[str]
    ) -> tuple[str, Column]:
        text, column = self._value(part.source, asked, parameters)
        if part.kind == "list":
            return self._items(text, place, joins), _TEXT
        if part.period is None:
            return text, column
        day = local_day(text, asked.spans, self._dialect) if part.kind == "instant" else text
        return period_start(day, part.period, self._dialect), _DAY

    def _items(self, text: str, place: int, joins: list[str]) -> str:
        """Every item of a list by itself; an empty list once, as empty."""
        name = f"item{place}"
        if self._dialect == "sqlite":
            joins.append(f" LEFT JOIN json_each({text}) {name} ON 1=1")
            return f"{name}.value"
        joins.append(f" LEFT JOIN LATERAL jsonb_array_elements_text({text}) AS {name}(value) ON TRUE")
        return f'{name}.value COLLATE "C"'

    def _figure(self, part: MeasurePart, asked: Asked, parameters: Parameters) -> _Figure:
        if part.source is None:
            return _Figure(("count(*)",), _whole)
        text, column = self._value(part.source, asked, parameters)
        match part.function:
            case "count" | "filled":
                return _Figure((f"count({text})",), _whole)
            case "distinct":
                return _Figure((f"count(DISTINCT {text})",), _whole)
            case "sum":
                return _Figure(self._sum(text), lambda raw: self._total(raw, column) or Decimal(0))
            case "average":
                return _Figure((*self._sum(text), f"count({text})"), lambda raw: self._average(raw, column))
            case "min" | "max":
                read = reader(column, self._dialect)
                return _Figure((f"{part.function}({text})",), lambda raw: read(raw[0]))

    def _sum(self, text: str) -> tuple[str, ...]:
        if self._dialect == "postgresql":
            return (f"sum({text})",)
        return (f"sum({text} / {_HALF})", f"sum({text} % {_HALF})")

    def _total(self, raw: Sequence[object], column: Column) -> Decimal | None:
        if raw[0] is None:
            return None
        if self._dialect == "postgresql":
            return _plain(Decimal(str(raw[0])))
        return _plain(Decimal(int(str(raw[0])) * _HALF + int(str(raw[1]))).scaleb(-column.scale, _WIDE))

    def _average(self, raw: Sequence[object], column: Column) -> Decimal | None:
        total = self._total(raw[:-1], column)
        if total is None:
            return None
        exact = _WIDE.divide(total, Decimal(str(raw[-1])))
        digits = max(_DIGITS, exact.adjusted() + 1)
        return _plain(Context(prec=digits, rounding=ROUND_HALF_UP).plus(exact))


def _whole(raw: Sequence[object]) -> Scalar:
    return Decimal(str(raw[0]))


def _plain(number: Decimal) -> Decimal:
    """Without superfluous zeros, and never in exponent form."""
    if number == number.to_integral_value():
        return Decimal(int(number))
    return number.normalize(_WIDE)
