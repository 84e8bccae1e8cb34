"""The one validator of records: every path that writes one asks it (form, API, flow, import)."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

from engine.errors import Problem, Rejection
from engine.forms.compile import CompiledEntity, CompiledRule
from engine.forms.context import Context
from engine.forms.evaluate import Evaluated, Lookup, environment, lookup_in, lookup_in_row, visible_fields
from engine.forms.layout import CompiledForm
from engine.forms.rights import Rights
from engine.forms.unread import paths_to
from engine.formula.values import ErrorValue
from engine.model.bad_values import RetiredOption
from engine.model.base import Label, label_template
from engine.model.field_types.link import LinkField, linked_ids
from engine.model.field_types.select import OptionsBase
from engine.model.field_types.subform import SubformField
from engine.model.fields import ColumnField, EntityField
from engine.model.paths import path_of
from engine.model.rows import rows_of
from engine.model.uniques import RowsUnique
from engine.model.values import Row, Value, Values


class Required(Rejection):
    """An empty field that must be filled in."""

    code = "required"
    status = 422
    zh = "必填"
    en = "Required"


class TooFewRows(Rejection):
    """Fewer rows than the subform asks for."""

    code = "too_few_rows"
    status = 422
    zh = "至少 {min} 行"
    en = "At least {min} row(s)"


class RepeatedInRows(Rejection):
    """A row with the same value, or combination of values, as a row before it."""

    code = "repeated_in_rows"
    status = 422
    zh = "与第 {row} 行重复"
    en = "The same as in row {row}"


class UnknownMember(Rejection):
    """An id that names no member who can be chosen."""

    code = "not_a_member"
    status = 422
    zh = "没有这位成员, 或已停用"
    en = "There is no such member, or he is disabled"


class UnknownDepartment(Rejection):
    """An id that names no department."""

    code = "unknown_department"
    status = 422
    zh = "没有这个部门"
    en = "There is no such department"


class UnknownLinkedRecord(Rejection):
    """An id that names no record of the linked entity, or none that the person may read."""

    code = "linked_record_unknown"
    status = 422
    zh = "没有这条数据, 或无权查看"
    en = "There is no such record, or you may not see it"


class FormulaFailed(Rejection):
    """A computed value that cannot be: overflow, wrong kinds of values."""

    code = "formula_error"
    status = 422
    zh = "无法计算: {error}"
    en = "Cannot be computed: {error}"


@dataclass(frozen=True)
class Submission:
    """What is validated: the evaluated record, what was stored before, the form and the rights it was entered with."""

    compiled: CompiledEntity
    evaluated: Evaluated
    stored: Values
    form: CompiledForm | None = None
    rights: Rights | None = None


def validate(submission: Submission, context: Context) -> tuple[Problem, ...]:
    """Every fault of the record with its JSON pointer; none: it may be stored.

    Of places that could not be read, and of rules made from them, nothing is said: their own faults are known already.
    """
    visible = _visible(submission, context)
    return (
        *_fields(submission, visible, context),
        *_formula_errors(submission),
        *_rules(submission, context),
    )


def required_fields(submission: Submission, context: Context) -> frozenset[str]:
    """Paths that must be filled in now: visible, and required by the entity or by the rights."""
    visible = _visible(submission, context)
    demanded = _demanded(submission, context)
    return frozenset(
        field.key
        for field in submission.compiled.entity.fields
        if _is_required(submission, field, visible, demanded=demanded)
    )


def _visible(submission: Submission, context: Context) -> frozenset[str] | None:
    """The fields that are shown for certain; None: no form says."""
    if submission.form is None:
        return None
    unread = submission.evaluated.unread
    unsure = {
        placed.field
        for placed in submission.form.placed
        if any(unread.holds_any(condition.references) for condition in placed.conditions)
    }
    return visible_fields(submission.form, submission.evaluated.values, context) - unsure


def _demanded(submission: Submission, context: Context) -> frozenset[str]:
    """The fields that must be filled in for certain because their condition holds."""
    conditions = submission.compiled.required_when
    if not conditions:
        return frozenset()
    unread = submission.evaluated.unread
    env = environment(lookup_in(submission.evaluated.values, context), context)
    return frozenset(
        path
        for path, condition in conditions.items()
        if "." not in path and not unread.holds_any(condition.references) and condition.evaluate(env) is True
    )


def _is_required(
    submission: Submission, field: EntityField, visible: frozenset[str] | None, *, demanded: frozenset[str]
) -> bool:
    if visible is not None and field.key not in visible:
        return False
    right = None if submission.rights is None else submission.rights.get(field.key)
    if right == "required":
        return True
    # who may only read a field cannot be asked to fill it in
    is_wanted = field.required or field.key in demanded or _least_rows(field) > 0
    return is_wanted and right in {None, "write"}


def _least_rows(field: EntityField) -> int:
    return field.min_rows if isinstance(field, SubformField) else 0


def _fields(submission: Submission, visible: frozenset[str] | None, context: Context) -> Iterator[Problem]:
    values = submission.evaluated.values
    demanded = _demanded(submission, context)
    for field in submission.compiled.entity.fields:
        value = values.get(field.key)
        pointer = f"/{field.key}"
        if value is None or value == ():
            is_known = pointer not in submission.evaluated.unread.pointers
            if is_known and _is_required(submission, field, visible, demanded=demanded):
                least = 0 if field.required or field.key in demanded else _least_rows(field)
                yield Problem.of(TooFewRows(min=least) if least else Required(), path=pointer)
            continue
        if isinstance(field, SubformField):
            is_shown = visible is None or field.key in visible
            rows = _Rows(submission, context, is_shown=is_shown)
            place = _Place(pointer, lookup_in(values, context))
            yield from rows.faults(field, value, submission.stored.get(field.key), place=place)
        elif field.derived is None and value != submission.stored.get(field.key):
            before = submission.stored.get(field.key)
            yield from _choices(field, value, before=before, pointer=pointer, context=context)


@dataclass(frozen=True)
class _Place:
    """A list of rows: its pointer, how what is around is found, and the rows around with their columns."""

    pointer: str
    outer: Lookup
    around: tuple[tuple[str, Container[str]], ...] = ()


@dataclass(frozen=True)
class _Rows:
    submission: Submission
    context: Context
    is_shown: bool

    def faults(self, field: SubformField, value: Value, stored: Value, *, place: _Place) -> Iterator[Problem]:
        """What is wrong with the filled rows of a subform at a place, and with those inside them."""
        rows, path = rows_of(value), path_of(place.pointer)
        if self.is_shown and len(rows) < field.min_rows:
            yield Problem.of(TooFewRows(min=field.min_rows), path=place.pointer)
        old = {row.id: row for row in rows_of(stored)}
        for position, row in enumerate(rows):
            previous = old.get(row.id)
            lookup = lookup_in_row(self.context, place.outer, path, columns=field.columns, row=row.values)
            here = f"{place.pointer}/{position}"
            around = ((here, field.columns), *place.around)
            for column in field.fields:
                before = None if previous is None else previous.values.get(column.key)
                inner = _Place(f"{here}/{column.key}", lookup, around)
                yield from self._cell(column, row.values.get(column.key), before, place=inner)
        for unique in self.submission.compiled.entity.unique_rows.get(path, ()):
            yield from _repeated(self.submission, unique, rows, pointer=place.pointer)

    def _cell(self, column: ColumnField, cell: Value, before: Value, *, place: _Place) -> Iterator[Problem]:
        pointer = place.pointer
        if cell is None or cell == ():
            is_known = self.is_shown and pointer not in self.submission.evaluated.unread.pointers
            if is_known and self._is_required(column, place):
                least = 0 if column.required else _least_rows(column)
                yield Problem.of(TooFewRows(min=least) if least else Required(), path=pointer)
        elif isinstance(column, SubformField):
            yield from self.faults(column, cell, before, place=place)
        elif column.derived is None and cell != before:
            yield from _choices(column, cell, before=before, pointer=pointer, context=self.context)

    def _is_required(self, column: ColumnField, place: _Place) -> bool:
        rights = self.submission.rights
        right = None if rights is None else rights.get(path_of(place.pointer))
        if right == "required":
            return True
        is_asked = column.required or _least_rows(column) > 0 or self._is_demanded(place)
        return is_asked and right in {None, "write"}

    def _is_demanded(self, place: _Place) -> bool:
        """Whether the condition holds on which the column is required."""
        condition = self.submission.compiled.required_when.get(path_of(place.pointer))
        unread = self.submission.evaluated.unread
        if condition is None or unread.holds_in_rows(condition.references, around=place.around):
            return False
        return condition.evaluate(environment(place.outer, self.context)) is True


def _repeated(submission: Submission, unique: RowsUnique, rows: Sequence[Row], *, pointer: str) -> Iterator[Problem]:
    """Rows that have the same values as one before them; where one is empty nothing is compared."""
    first: dict[tuple[Value, ...], int] = {}
    for position, row in enumerate(rows):
        values = tuple(row.values.get(key) for key in unique.columns)
        places = [f"{pointer}/{position}/{key}" for key in unique.columns]
        if None in values or not submission.evaluated.unread.pointers.isdisjoint(places):
            continue
        before = first.setdefault(values, position)
        if before != position:
            for told in dict.fromkeys(_told_at(submission, place) for place in places):
                yield _repeats(unique.message, row=before + 1, pointer=told)


def _repeats(message: Label | None, *, row: int, pointer: str) -> Problem:
    if message is None:
        return Problem.of(RepeatedInRows(row=row), path=pointer)
    zh, en = (label_template(message, language) for language in ("zh-CN", "en"))
    return Problem(code=RepeatedInRows.code, zh=zh, en=en, path=pointer, params={"row": row})


def _choices(field: EntityField, value: Value, *, before: Value, pointer: str, context: Context) -> Iterator[Problem]:
    """What may not be chosen; of several links those that were there `before` stay, whatever became of the records."""
    refusal = field.refusal_of(value)
    if refusal is not None:
        yield Problem.of(refusal, path=pointer)
    chosen = value if isinstance(value, tuple) else (value,)
    if isinstance(field, OptionsBase):
        for key in chosen:
            if key not in field.active_option_keys:
                yield Problem.of(RetiredOption(option=str(key)), path=pointer)
    elif field.type == "member" and not all(context.is_member(str(item)) for item in chosen):
        yield Problem.of(UnknownMember(), path=pointer)
    elif field.type == "department" and not all(context.is_department(str(item)) for item in chosen):
        yield Problem.of(UnknownDepartment(), path=pointer)
    elif isinstance(field, LinkField):
        new = [record_id for record_id in linked_ids(value) if record_id not in linked_ids(before)]
        if not all(context.is_record(field.target, record_id) for record_id in new):
            yield Problem.of(UnknownLinkedRecord(), path=pointer)


def _formula_errors(submission: Submission) -> Iterator[Problem]:
    """Division by an empty field is shown as empty; other error values mean the record cannot be stored."""
    for pointer, error in submission.evaluated.errors.items():
        if error is not ErrorValue.DIV0:
            yield Problem.of(FormulaFailed(error=error.value), path=_told_at(submission, pointer))


def _told_at(submission: Submission, pointer: str) -> str:
    """The place as far as the person sees it: a fault of a hidden one is told of the record."""
    rights = submission.rights or {}
    return "" if any(rights.get(path) == "hidden" for path in paths_to(pointer)) else pointer


def _rules(submission: Submission, context: Context) -> Iterator[Problem]:
    env = environment(lookup_in(submission.evaluated.values, context), context)
    for item in submission.compiled.rules:
        if submission.evaluated.unread.holds_any(item.formula.references):
            continue
        result = item.formula.evaluate(env)
        if result is True:
            continue
        at = item.rule.at or ("",)
        for pointer in dict.fromkeys(_told_at(submission, f"/{path}") if path else "" for path in at):
            if isinstance(result, ErrorValue):
                yield Problem.of(FormulaFailed(error=result.value), path=pointer)
            else:
                yield _broken(item.rule.key, item.rule.message, pointer=pointer)


def broken_rules(rules: Iterable[CompiledRule], values: Values, context: Context, *, pointer: str) -> Iterator[Problem]:
    """A problem for each of the rules that the record does not keep, all at one place."""
    env = environment(lookup_in(values, context), context)
    for item in rules:
        if item.formula.evaluate(env) is not True:
            yield _broken(item.rule.key, item.rule.message, pointer=pointer)


def _broken(key: str, message: Label, *, pointer: str) -> Problem:
    zh, en = (label_template(message, language) for language in ("zh-CN", "en"))
    return Problem(code="rule_broken", zh=zh, en=en, path=pointer, params={"rule": key})
