"""Reading what a person or a program entered: types checked, rights enforced, nothing silently dropped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.errors import Problem, Rejection
from engine.forms.compile import CompiledEntity
from engine.forms.rights import WRITABLE, Rights, resolve_rights
from engine.forms.unread import ALL_READ, Unread
from engine.model.bad_values import TooManyRowsInside
from engine.model.field_types.subform import MAX_ROWS_INSIDE, SubformField
from engine.model.fields import ColumnField, EntityField
from engine.model.paths import path_of
from engine.model.rows import count_inside, rows_of
from engine.model.values import BadValue, FileRef, RawJson, Row, Value, Values


class UnknownField(Rejection):
    """A member of the input that the entity does not have."""

    code = "unknown_field"
    status = 422
    zh = "没有字段 “{field}”"
    en = "There is no field “{field}”"


class FieldNotWritable(Rejection):
    """A change to a field that the caller may only read, or that the engine computes."""

    code = "field_not_writable"
    status = 422
    zh = "不能修改此字段"
    en = "This field cannot be changed here"


class UnknownRow(Rejection):
    """A row id that the record does not have."""

    code = "unknown_row"
    status = 422
    zh = "没有这一行"
    en = "The record has no such row"


@dataclass(frozen=True)
class Entry:
    """What was entered, merged over what was stored.

    `changed`: paths with another value than before. `claimed`: values given for computed fields, by JSON pointer, to
    be compared with what the engine computes. `unread`: places whose input could not be read; `values` hold there what
    was stored before, or nothing.
    """

    values: dict[str, Value]
    changed: frozenset[str]
    problems: tuple[Problem, ...]
    claimed: Mapping[str, Value]
    unread: Unread = ALL_READ


def read_entry(
    compiled: CompiledEntity, raw: Mapping[str, RawJson], *, rights: Rights, stored: Values | None = None
) -> Entry:
    """Parse every member of `raw`. Hidden fields may not be named; read-only ones only with their stored value."""
    reader = _Reader(rights, stored or {})
    values = dict(stored or {})
    changed: set[str] = set()
    for key, item in raw.items():
        field = compiled.entity.by_key.get(key)
        if field is None or rights.get(key) == "hidden":
            reader.add(UnknownField(field=key[:100]) if field is None else FieldNotWritable(), f"/{key[:100]}")
            continue
        found = reader.field(field, item)
        if found is _SKIPPED or found == reader.stored.get(key):
            continue
        if isinstance(field, SubformField):
            changed |= _changed_columns(field, reader.stored.get(key), found, path=key)
        values[key] = found  # type: ignore[assignment]  # not the marker, by the test above
        changed.add(key)
    reader.bound_rows_inside(values, changed)
    unread = Unread(frozenset(reader.unread))
    return Entry(values, frozenset(changed), tuple(reader.problems), reader.claimed, unread)


def read_values(compiled: CompiledEntity, values: Values, *, stored: Values) -> Entry:
    """Values that formulas came to, read as if somebody had entered them: what a field refuses, it refuses here too.

    Rows are copied without their ids, and without cells that are computed anew.
    """
    raw: dict[str, RawJson] = {}
    misfits: list[Problem] = []
    for key, value in values.items():
        field = compiled.entity.by_key.get(key)
        if isinstance(field, SubformField):
            value = _new_rows(field, value)
        raw[key] = None if field is None else field.dump(value)
        if value not in (None, ()) and raw[key] in (None, []):
            misfits.append(Problem.of(BadValue(), path=f"/{key}"))
    entry = read_entry(compiled, raw, rights=resolve_rights(compiled, {"*": "write"}), stored=stored)
    unread = entry.unread.and_also(item.path for item in misfits if item.path)
    return replace(entry, problems=(*misfits, *entry.problems), unread=unread)


def _new_rows(field: SubformField, value: Value) -> tuple[Row, ...]:
    """Copies of the rows without ids and computed cells, of those inside them too."""
    return tuple(
        Row(
            None,
            {
                key: _new_rows(column, cell) if isinstance(column, SubformField) else cell
                for key, cell in row.values.items()
                if (column := field.columns.get(key)) is not None and not column.is_made
            },
        )
        for row in rows_of(value)
    )


_SKIPPED = object()


def _changed_columns(field: SubformField, before: Value, after: object, *, path: str) -> set[str]:
    """The paths of the columns with other cells than before, all where rows came or went."""
    old, new = rows_of(before), rows_of(after)
    are_as_many = len(old) == len(new)
    found: set[str] = set()
    for column in field.fields:
        inner = f"{path}.{column.key}"
        pairs = [
            (one.values.get(column.key), other.values.get(column.key)) for one, other in zip(old, new, strict=False)
        ]
        differing = [(one, other) for one, other in pairs if one != other]
        if differing or not are_as_many:
            found.add(inner)
        if isinstance(column, SubformField):
            for one, other in differing if are_as_many else [(None, (Row(None, {}),))]:
                found |= _changed_columns(column, one, other, path=inner)
    return found


class _Reader:
    def __init__(self, rights: Rights, stored: Values) -> None:
        self._rights = rights
        self.stored = stored
        self.problems: list[Problem] = []
        self.claimed: dict[str, Value] = {}
        self.unread: set[str] = set()

    def add(self, rejection: Rejection, pointer: str) -> None:
        self.problems.append(Problem.of(rejection, path=pointer))

    def field(self, field: EntityField, item: RawJson) -> object:
        pointer = f"/{field.key}"
        if isinstance(field, SubformField):
            return self._subform(field, item, pointer)
        try:
            value = field.parse(item)
        except BadValue as refusal:
            self.add(refusal, pointer)
            self._note_unread(pointer)
            return _SKIPPED
        if field.is_made:
            self.claimed[pointer] = value
            return _SKIPPED
        if self._rights.get(field.key) not in WRITABLE:
            if value != self.stored.get(field.key) and not _same_files(value, self.stored.get(field.key)):
                self.add(FieldNotWritable(), pointer)
            return _SKIPPED
        return value

    def _subform(self, field: SubformField, item: RawJson, pointer: str) -> object:
        rows, problems = field.parse_rows(item)
        self.problems += [replace(problem, path=f"{pointer}{problem.path or ''}") for problem in problems]
        if any(not problem.path for problem in problems):
            self._note_unread(pointer)
            return _SKIPPED
        for problem in problems:
            self._note_unread_cells(field, pointer, (problem.path or "").split("/")[1:])
        return self._merged(field, rows, self.stored.get(field.key), pointer=pointer)

    def _merged(self, field: SubformField, rows: tuple[Row, ...], before: Value, *, pointer: str) -> object:
        """The rows over those before, as far as they may be taken over."""
        old = {row.id: row for row in rows_of(before)}
        if self._rights.get(path_of(pointer)) not in WRITABLE and {row.id for row in rows} != set(old):
            self.add(FieldNotWritable(), pointer)
            return _SKIPPED
        merged = tuple(self._row(field, row, old, pointer=f"{pointer}/{position}") for position, row in enumerate(rows))
        return merged or None

    def _note_unread(self, pointer: str) -> None:
        # what cannot be written here keeps its value, whatever was sent
        if self._rights.get(path_of(pointer)) in WRITABLE:
            self.unread.add(pointer)

    def _note_unread_cells(self, field: SubformField, pointer: str, steps: Sequence[str]) -> None:
        """The cell that the steps lead to below the rows at a pointer (`0`, `qty`), or all cells of the row (`0`)."""
        position, *below = steps
        for key, column in field.columns.items():
            place = f"{pointer}/{position}/{key}"
            if not below or below == [key]:
                self._note_unread(place)
            elif below[0] == key and isinstance(column, SubformField):
                self._note_unread_cells(column, place, below[1:])

    def _row(self, field: SubformField, row: Row, old: Mapping[str | None, Row], *, pointer: str) -> Row:
        previous = old.get(row.id) if row.id is not None else None
        if row.id is not None and previous is None:
            self.add(UnknownRow(), f"{pointer}/id")
        cells: dict[str, Value] = dict(previous.values) if previous is not None else {}
        # without rows an inner subform is an empty list in every row
        cells.update((inner.key, ()) for inner in field.inner if cells.get(inner.key) is None)
        for key, value in row.values.items():
            self._take_over(field.columns[key], value, cells=cells, pointer=f"{pointer}/{key}")
        return Row(row.id, cells)

    def _take_over(self, column: ColumnField, value: Value, *, cells: dict[str, Value], pointer: str) -> None:
        """Put the value into the cells of its row, if it may be there."""
        right = self._rights.get(path_of(pointer))
        if column.is_made and right != "hidden":
            self.claimed[pointer] = value
        elif pointer in self.unread and isinstance(column, SubformField):
            return  # not even a list, or one that is too long
        elif right == "hidden":
            # a claim about a hidden cell would be an answered guess
            self.add(FieldNotWritable(), pointer)
        elif isinstance(column, SubformField):
            found = self._merged(column, tuple(rows_of(value)), cells.get(column.key), pointer=pointer)
            if found is not _SKIPPED:
                cells[column.key] = found or ()  # type: ignore[assignment]  # not the marker
        elif right not in WRITABLE and value != cells.get(column.key):
            self.add(FieldNotWritable(), pointer)
        else:
            cells[column.key] = value

    def bound_rows_inside(self, values: Values, changed: Collection[str]) -> None:
        """Note the subform with whose rows those inside rows become too many."""
        count = 0
        for key, value in values.items():
            count += count_inside(value)
            if count > MAX_ROWS_INSIDE and key in changed:
                self.add(TooManyRowsInside(max=MAX_ROWS_INSIDE, count=count), f"/{key}")
                return


def _same_files(first: Value, second: Value) -> bool:
    def ids(value: Value) -> list[str] | None:
        return [item.id for item in value if isinstance(item, FileRef)] if isinstance(value, tuple) else None

    return ids(first) is not None and ids(first) == ids(second)


def refuse_claims(claimed: Mapping[str, Value], values: Values, *, unread: Unread = ALL_READ) -> tuple[Problem, ...]:
    """A problem for every computed field whose given value is not what the engine computed, if it could compute."""
    return tuple(
        Problem.of(FieldNotWritable(), path=pointer)
        for pointer, value in claimed.items()
        if value is not None and pointer not in unread.pointers and value != value_at(values, pointer)
    )


def value_at(values: Values, pointer: str) -> Value:
    """The value a pointer such as `/budget` or `/lines/0/amount` names."""
    key, _, rest = pointer[1:].partition("/")
    value = values.get(key)
    if not rest:
        return value
    position, _, column = rest.partition("/")
    rows = rows_of(value)
    if position.isdigit() and int(position) < len(rows):
        return value_at(rows[int(position)].values, f"/{column}")
    return None
