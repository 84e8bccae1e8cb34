"""What must not repeat: combinations of fields over all records, and columns within the rows of a subform."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from engine.model.base import Document, FieldPath, Key, Label

MAX_COMBINED = 8
Extent = Literal["record", "entity"]


class Combination(Document):
    """Fields no two records may have the same values of, or columns of a subform for its rows.

    `within`, for columns: the rows of one `record`, or those of all records of the `entity`. Where one of the fields
    is empty nothing is compared.
    """

    key: Key
    fields: tuple[FieldPath, ...] = Field(min_length=1, max_length=MAX_COMBINED)
    within: Extent | None = None
    message: Label | None = None

    @property
    def subform(self) -> str:
        """The path of the subform whose columns these are; empty for fields of the record."""
        return self.fields[0].rpartition(".")[0]

    @property
    def extent(self) -> Extent:
        """Among which rows the columns are compared; fields always among all records."""
        return (self.within or "record") if self.subform else "entity"


@dataclass(frozen=True)
class RowsUnique:
    """Columns of a subform that no two of its rows in one record may have the same values of."""

    columns: tuple[str, ...]
    message: Label | None = None


def within_rows(combinations: tuple[Combination, ...], subform: str) -> Iterator[RowsUnique]:
    """What must not repeat within the rows of a record; what must not in all records must not there either."""
    for item in combinations:
        if item.subform == subform:
            yield RowsUnique(tuple(path.rpartition(".")[2] for path in item.fields), item.message)
