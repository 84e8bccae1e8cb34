"""`entities/<key>.json`: the fields of a kind of record and the rules between them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pydantic import Field

from engine.model.base import Document, DocumentFile, FieldPath, FormulaText, Key, Label, Text
from engine.model.field_types.composite import parts_of
from engine.model.field_types.subform import SubformField
from engine.model.fields import AnyField, EntityField
from engine.model.paths import CURRENT_PATHS, above, head_of
from engine.model.totals import MAX_TOTALS, Total
from engine.model.uniques import Combination, RowsUnique, within_rows

MAX_FIELDS = 500
_TITLE_PART = re.compile(r"\{([^{}]*)\}")


class Rule(Document):
    """A condition between fields: where `check` is false, `message` is shown at the fields of `at`."""

    key: Key
    check: FormulaText
    at: tuple[FieldPath, ...] = Field(default=(), max_length=20)
    message: Label


class Index(Document):
    """An index for lists and reports: of records by these fields in this order.

    It serves filters on the first fields with an order by the next one, and figures of groups whose fields it has all.
    """

    fields: tuple[Key, ...] = Field(min_length=1, max_length=6)


class Entity(DocumentFile):
    """A kind of record. `record_title` names a record by its fields: `{code} {name}`."""

    key: Key
    was: Key | None = None
    title: Label
    record_title: Text | None = None
    fields: tuple[AnyField, ...] = Field(min_length=1, max_length=MAX_FIELDS)
    rules: tuple[Rule, ...] = Field(default=(), max_length=200)
    unique: tuple[Combination, ...] = Field(default=(), max_length=50)
    indexes: tuple[Index, ...] = Field(default=(), max_length=20)
    totals: tuple[Total, ...] = Field(default=(), max_length=MAX_TOTALS)

    @cached_property
    def by_key(self) -> Mapping[str, AnyField]:
        """The fields by key, in the authored order."""
        return {field.key: field for field in self.fields}

    @cached_property
    def paths(self) -> Mapping[str, EntityField]:
        """All fields and columns by path (`budget`, `lines.qty`, `lines.parts.qty`), a subform before its columns."""
        return dict(_listed(self.fields, ""))

    @cached_property
    def subforms(self) -> Mapping[str, SubformField]:
        """All subforms by path, an outer one before those in its rows."""
        return {path: field for path, field in self.paths.items() if isinstance(field, SubformField)}

    def field_at(self, path: str) -> EntityField | None:
        """The field of a path: `budget`, or `lines.qty` for a column of a subform; None when there is none."""
        return self.paths.get(path)

    def path_from(self, subform: str | None, name: str) -> str:
        """The path of what a formula of a row of the subform calls `name`: the innermost rows that have it count."""
        if subform is not None and name not in CURRENT_PATHS:
            head = head_of(name)
            for rows in reversed([*above(subform), subform]):
                if head in self.subforms[rows].columns:
                    return f"{rows}.{name}"
        return name

    def read_at(self, path: str) -> EntityField | None:
        """What a formula, filter or order reads at a path: a field, a column, or a part of one (`period.start`,
        `lines.period.start`); None when there is none.
        """
        outer, _, last = path.rpartition(".")
        return self.field_at(path) or parts_of(self.field_at(outer)).get(last)

    def whole_of(self, path: str) -> str:
        """The path of the field or column that a path reads, without the part of it."""
        outer, _, last = path.rpartition(".")
        return outer if outer and last in parts_of(self.field_at(outer)) else path

    def value_at(self, path: str) -> EntityField | None:
        """As `read_at`, of what every record has once: no columns of subforms."""
        return (
            None
            if isinstance(self.by_key.get(path.partition(".")[0]), SubformField) and "." in path
            else self.read_at(path)
        )

    @cached_property
    def may_repeat(self) -> bool:
        """Whether a new record may be refused because others, or rows, have the same values."""
        return bool(self.unique) or any(field.unique or isinstance(field, SubformField) for field in self.fields)

    @cached_property
    def unique_rows(self) -> Mapping[str, tuple[RowsUnique, ...]]:
        """What must not repeat within the rows of a record, or of the row they are in, by the path of the subform."""
        found: dict[str, tuple[RowsUnique, ...]] = {}
        for path, subform in self.subforms.items():
            single = (RowsUnique((column.key,)) for column in subform.fields if column.unique)
            found[path] = (*single, *within_rows(self.unique, path))
        return {key: items for key, items in found.items() if items}

    @cached_property
    def title_fields(self) -> tuple[str, ...]:
        """The field keys named in `record_title`."""
        return tuple(_TITLE_PART.findall(self.record_title or ""))


def _listed(fields: Iterable[EntityField], prefix: str) -> Iterator[tuple[str, EntityField]]:
    for field in fields:
        yield f"{prefix}{field.key}", field
        if isinstance(field, SubformField):
            yield from _listed(field.fields, f"{prefix}{field.key}.")
