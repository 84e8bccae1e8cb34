"""Rows of records as the driver gave them: canonical values are read when they are asked for, JSON is made at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TypeAlias

from engine.model.values import Json, Row, Value
from engine.store.columns import Reader, json_reader, reader
from engine.store.database import Dialect
from engine.store.database import Row as DatabaseRow
from engine.store.entities import StoredEntity

Rows: TypeAlias = Mapping[str, tuple[Row, ...] | None]


class RowReader:
    """How rows of one table are read: each column by its position, as a name costs a search in every row."""

    def __init__(self, stored: StoredEntity, dialect: Dialect) -> None:
        self.stored = stored
        self._dialect = dialect
        self.places: dict[str, tuple[int, Reader]] = {
            key: (position, reader(column, dialect)) for position, (key, column) in enumerate(stored.columns.items())
        }

    def json(self, keys: Sequence[str]) -> Callable[[DatabaseRow], tuple[Json, ...]]:
        """Makes of a row the JSON forms of these columns, for fields whose form is that of their column's kind."""
        if not keys:
            return lambda _raw: ()
        positions = [self.places[key][0] for key in keys]
        pick = itemgetter(*positions) if len(positions) > 1 else _one(positions[0])
        converters = [
            (place, convert)
            for place, key in enumerate(keys)
            if (convert := json_reader(self.stored.columns[key], self._dialect)) is not None
        ]

        def read(raw: DatabaseRow) -> tuple[Json, ...]:
            cells = list(pick(raw))
            for place, convert in converters:
                if cells[place] is not None:
                    cells[place] = convert(cells[place])
            return tuple(cells)

        return read


def _one(position: int) -> Callable[[DatabaseRow], tuple[object, ...]]:
    return lambda raw: (raw[position],)


class StoredRow:
    """One record's row with the rows of its subforms."""

    __slots__ = ("_reader", "id", "raw", "rows")

    def __init__(self, reader: RowReader, raw: DatabaseRow, rows: Rows) -> None:
        self._reader = reader
        self.id: str = raw[0]
        self.raw = raw
        self.rows = rows

    @property
    def whole(self) -> Mapping[str, Value]:
        """All values by key, those of system fields too."""
        return _Values(self)

    def value(self, key: str) -> Value:
        """One value. Raises `KeyError`."""
        found = self._reader.places.get(key)
        return self.rows[key] if found is None else found[1](self.raw[found[0]])

    def __iter__(self) -> Iterator[str]:
        """The keys of all values."""
        yield from self._reader.places
        yield from self.rows


class _Values(Mapping[str, Value]):
    """The values of a row, each read when it is asked for."""

    __slots__ = ("_row",)

    def __init__(self, row: StoredRow) -> None:
        self._row = row

    def __getitem__(self, key: str) -> Value:
        return self._row.value(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self._row)

    def __len__(self) -> int:
        return sum(1 for _ in self._row)
