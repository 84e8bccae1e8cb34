"""From the groups and measures that are asked for to what the store counts: fields looked up, formulas compiled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from engine.errors import Problem, Problems, Rejection
from engine.formula.columns import KINDS, Beyond, Columns
from engine.formula.fields import field_kind
from engine.formula.not_in_sql import NotInSql
from engine.formula.values import FormulaRejected
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.model.reports import (
    AnyGroup,
    AnyMeasure,
    FieldGroup,
    FieldMeasure,
    FormulaGroup,
    FormulaMeasure,
    MeasureFunction,
    Period,
)
from engine.model.terms import Term, TermKind, term_kind
from engine.query.queried import Asker, FieldHidden, Queried, UnknownFilterField

NUMERIC: frozenset[MeasureFunction] = frozenset({"sum", "average"})
ORDERED: frozenset[MeasureFunction] = frozenset({"min", "max"})
_HAVE_ORDER: frozenset[TermKind] = frozenset({"number", "text", "day", "instant"})
_HAVE_PERIODS: frozenset[TermKind] = frozenset({"day", "instant"})


class GroupRefused(Rejection):
    """A field that has no values to group by."""

    code = "group_refused"
    status = 422
    zh = "不能按字段 “{field}” 分组"
    en = "Records cannot be grouped by “{field}”"


class PeriodRefused(Rejection):
    """A period of a field that is not about time."""

    code = "period_refused"
    status = 422
    zh = "字段 “{field}” 不是日期, 不能按时间段分组"
    en = "The field “{field}” holds no dates and cannot be grouped by a period"


class MeasureRefused(Rejection):
    """A figure that the field's values do not have."""

    code = "measure_refused"
    status = 422
    zh = "不能对字段 “{field}” 计算 “{function}”"
    en = "“{function}” cannot be made of the field “{field}”"


class MeasureNeedsField(Rejection):
    """A figure of nothing."""

    code = "measure_needs_field"
    status = 422
    zh = "“{function}” 需要指定字段"
    en = "“{function}” needs a field"


class ResultKeyRepeated(Rejection):
    """Two groups or measures that would stand under the same key of the answer."""

    code = "result_key_repeated"
    status = 422
    zh = "结果标识 “{key}” 重复; 请用 key 另行命名"
    en = "Two parts of the result are called “{key}”; give one of them a key of its own"


class UnknownResult(Rejection):
    """A sort by what is neither a group nor a measure."""

    code = "unknown_result"
    status = 422
    zh = "结果中没有 “{key}”"
    en = "The result has no “{key}”"


class NoSubform(Rejection):
    """Rows of what is no subform."""

    code = "no_subform"
    status = 422
    zh = "没有子表单 “{field}”"
    en = "There is no subform “{field}”"


@dataclass(frozen=True)
class Cell:
    """A column of the subform whose rows are counted."""

    column: str
    kind: TermKind


Counted: TypeAlias = Term | Cell


@dataclass(frozen=True)
class GroupPart:
    """One group: its key in the answer, what it is made of, by which period.

    `field`: whose values these are; None for a formula, whose days are numbers of days where `is_day`.
    """

    key: str
    source: Counted
    period: Period | None = None
    field: EntityField | None = None
    is_day: bool = False

    @property
    def kind(self) -> TermKind:
        """The kind of its values before they are put into periods."""
        return kind_of(self.source)


@dataclass(frozen=True)
class MeasurePart:
    """One figure; `source` is None for the number of records or rows. `field` and `is_day` as in `GroupPart`."""

    key: str
    function: MeasureFunction
    source: Counted | None = None
    field: EntityField | None = None
    is_day: bool = False


def kind_of(source: Counted) -> TermKind:
    """The kind of its values."""
    return source.kind if isinstance(source, Cell) else term_kind(source)


class Grouping:
    """Reads the parts of one question; `rows`: the subform whose rows are counted. `problems`: all that is wrong."""

    def __init__(self, queried: Queried, asker: Asker, *, rows: str | None = None) -> None:
        self._queried = queried
        self._asker = asker
        self._columns = Columns(queried.entity, Beyond())
        self._rows_path = rows
        self._rows = None if rows is None else self._subform(rows)
        self._keys: set[str] = set()
        self.problems: list[Problem] = []

    def _subform(self, key: str) -> SubformField:
        found = self._queried.entity.by_key.get(key)
        if not isinstance(found, SubformField):
            raise Problems([Problem.of(NoSubform(field=key), path="/rows")])
        self._queried.field(key, self._asker.hidden)
        return found

    def groups(self, asked: Iterable[AnyGroup], pointer: str) -> tuple[GroupPart, ...]:
        """The groups that can be read. Raises `FieldHidden`."""
        found = [self._noted(part, f"{pointer}/{place}") for place, part in enumerate(asked)]
        return tuple(part for part in found if isinstance(part, GroupPart))

    def group(self, asked: AnyGroup, pointer: str) -> GroupPart:
        """The one group of a question. Raises `Problems`, `FieldHidden`."""
        found = self._noted(asked, pointer)
        self.check()
        assert isinstance(found, GroupPart)
        return found

    def measures(self, asked: Iterable[AnyMeasure], pointer: str) -> tuple[MeasurePart, ...]:
        """The measures that can be read. Raises `FieldHidden`."""
        found = [self._noted(part, f"{pointer}/{place}") for place, part in enumerate(asked)]
        return tuple(part for part in found if isinstance(part, MeasurePart))

    def check(self) -> None:
        """Raises `Problems` if something cannot be read."""
        if self.problems:
            raise Problems(self.problems)

    def _noted(self, part: AnyGroup | AnyMeasure, pointer: str) -> GroupPart | MeasurePart | None:
        try:
            match part:
                case FieldGroup() | FormulaGroup():
                    found: GroupPart | MeasurePart = self._group(part)
                case _:
                    found = self._measure(part)
            self._claim(found.key)
        except FieldHidden:
            raise
        except Rejection as rejection:
            self.problems.append(Problem.of(rejection, path=_place(part, rejection, pointer)))
            return None
        return found

    def _claim(self, key: str) -> None:
        if key in self._keys:
            raise ResultKeyRepeated(key=key)
        self._keys.add(key)

    def _group(self, part: FieldGroup | FormulaGroup) -> GroupPart:
        if isinstance(part, FormulaGroup):
            source, field, is_day = self._of_formula(part.formula)
            return GroupPart(part.key, source, None, field, is_day=is_day)
        source, field = self._of_field(part.field)
        if kind_of(source) == "empty" or field_kind(field).name in {"files", "rich_text", "any"}:
            raise GroupRefused(field=part.field)
        if part.by is not None and kind_of(source) not in _HAVE_PERIODS:
            raise PeriodRefused(field=part.field)
        name = part.field.replace(".", "_")
        return GroupPart(part.key or (name if part.by is None else f"{name}_{part.by}"), source, part.by, field)

    def _measure(self, part: FieldMeasure | FormulaMeasure) -> MeasurePart:
        if isinstance(part, FormulaMeasure):
            source, field, is_day = self._of_formula(part.formula)
            self._fits(part.function, source, part.formula)
            return MeasurePart(part.key, part.function, source, field, is_day)
        if part.field is None:
            if part.function != "count":
                raise MeasureNeedsField(function=part.function)
            return MeasurePart(part.key or "count", "count")
        found, of = self._of_field(part.field)
        self._fits(part.function, found, part.field)
        key = part.key or f"{part.function}_{part.field.replace('.', '_')}"
        return MeasurePart(key, part.function, found, of)

    @staticmethod
    def _fits(function: MeasureFunction, source: Counted, name: str) -> None:
        kind = kind_of(source)
        is_right = (
            (function not in NUMERIC or kind == "number")
            and (function not in ORDERED or kind in _HAVE_ORDER)
            and (function != "distinct" or kind not in {"list", "empty"})
        )
        if not is_right:
            raise MeasureRefused(field=name[:100], function=function)

    def _of_field(self, path: str) -> tuple[Counted, EntityField]:
        """What a field holds, or a column of the rows that are counted. Raises `UnknownFilterField`, `FieldHidden`."""
        outer, _, column = path.rpartition(".")
        if self._rows is not None and outer == self._rows_path and column in self._rows.columns:
            if path in self._asker.hidden:
                raise FieldHidden(field=path)
            found: ColumnField = self._rows.columns[column]
            if isinstance(found, SubformField):
                raise GroupRefused(field=path)
            kind = field_kind(found)
            return Cell(column, "list" if kind.is_list else KINDS.get(kind.name, "empty")), found
        field = self._queried.field(path, self._asker.hidden)
        try:
            return self._columns.field(path), field
        except (NotInSql, KeyError):
            raise GroupRefused(field=path) from None

    def _of_formula(self, source: str) -> tuple[Counted, EntityField | None, bool]:
        """What a formula comes to; one that is a field alone is that field. Raises `FormulaRejected`, `FieldHidden`."""
        found = self._queried.computed(source, self._asker)
        if isinstance(found, str):
            return (*self._of_field(found), False)
        return found.term, None, self._queried.compiled(source, self._asker).kind.name == "date"


def _place(part: AnyGroup | AnyMeasure, rejection: Rejection, pointer: str) -> str:
    if isinstance(part, FormulaGroup | FormulaMeasure):
        return f"{pointer}/formula" if isinstance(rejection, FormulaRejected) else pointer
    return f"{pointer}/field" if isinstance(rejection, UnknownFilterField | GroupRefused) else pointer


def sort_places(keys: Sequence[str], asked: Sequence[tuple[str, bool]], pointer: str) -> list[tuple[int, bool]]:
    """The places of the results that are sorted by, with their directions. Raises `Problems`."""
    at: Mapping[str, int] = {key: place for place, key in enumerate(keys)}
    wrong = [
        Problem.of(UnknownResult(key=key), path=f"{pointer}/{number}/key")
        for number, (key, _) in enumerate(asked)
        if key not in at
    ]
    if wrong:
        raise Problems(wrong)
    return [(at[key], desc) for key, desc in asked]
