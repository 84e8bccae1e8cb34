"""The rows of subforms among values, and the rows inside these."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.model.values import Row, Value, Values


def rows_of(value: object) -> list[Row]:
    """The rows of a subform's value; none for anything else."""
    return [row for row in value if isinstance(row, Row)] if isinstance(value, tuple) else []


def cells_at(values: Values, path: str) -> Iterator[Value]:
    """What is at a path: the value of a field, or the cell of a column in each row, in the order of the rows."""
    key, _, rest = path.partition(".")
    if not rest:
        yield values.get(key)
        return
    for row in rows_of(values.get(key)):
        yield from cells_at(row.values, rest)


def rows_at(values: Values, path: str) -> Iterator[Row]:
    """The rows of the subform at a path, of an inner one those in all rows."""
    for value in cells_at(values, path):
        yield from rows_of(value)


def with_places(values: Values, path: str, *, pointer: str = "") -> Iterator[tuple[str, Row]]:
    """As `rows_at`, each row with its JSON pointer."""
    key, _, rest = path.partition(".")
    for position, row in enumerate(rows_of(values.get(key))):
        place = f"{pointer}/{key}/{position}"
        if rest:
            yield from with_places(row.values, rest, pointer=place)
        else:
            yield place, row


def with_ids(rows: Value, new_id: Callable[[], str]) -> Value:
    """Rows with an id for each that has none, and for those inside; what is no rows as it is."""
    if not any(_lacks_id(row) for row in rows_of(rows)):
        return rows
    return tuple(
        Row(row.id or new_id(), {key: with_ids(cell, new_id) for key, cell in row.values.items()})
        for row in rows_of(rows)
    )


def _lacks_id(row: Row) -> bool:
    return row.id is None or any(_lacks_id(inner) for cell in row.values.values() for inner in rows_of(cell))


def count_inside(value: object) -> int:
    """How many rows lie in rows."""
    return sum(len(rows_of(cell)) for row in rows_of(value) for cell in row.values.values())
