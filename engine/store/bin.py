"""Deleted records: taken out of their tables as they are, kept in the recycle bin, and put back.

The content names columns by the ids of fields and keeps them in one form for both databases, those of removed fields
too: what is put back is what was taken out, whatever was published meanwhile.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeAlias

from engine.model.field_types.link import linked_ids
from engine.model.values import SYSTEM_FIELDS, Json, Scalar, Value
from engine.model.values import Row as ChildRow
from engine.store.columns import Column, Reader, Writer, instant_to_int, int_to_instant, reader, writer
from engine.store.database import Dialect, Row, Tx
from engine.store.entities import StoredEntity

# the form in which columns are kept, but for numbers, which are texts
_FORM: Dialect = "sqlite"
_NUMBERS = frozenset({"decimal", "integer"})
_ROW_COLUMNS = (Column("id", "reference"), Column("record_id", "reference"), Column("position", "integer"))
# rows lie in tables of their own, and what is not stored lies nowhere
NO_COLUMN = frozenset({"table", "none"})
_INNER_COLUMNS = (*_ROW_COLUMNS, Column("row_id", "reference"))
RECORD, ROWS = "record", "rows"
Cells: TypeAlias = Mapping[str, Json]


@dataclass(frozen=True)
class Binned:
    """A record in the bin. `version`: that of its deletion."""

    record_id: str
    entity_id: str
    version: int
    deleted_at: datetime
    deleted_by: str | None
    content: str


@dataclass(frozen=True)
class BinPlace:
    """Where a page of the bin goes on: behind this deletion."""

    at: datetime
    record_id: str


def _own_columns(entity: StoredEntity) -> list[Column]:
    """The columns of the record's own row, those of removed fields too."""
    system = [Column(key, kind) for key, kind in SYSTEM_FIELDS.items()]
    return system + [item.column for item in entity.fields if item.is_own_column]


def _child_tables(entity: StoredEntity) -> dict[str, list[Column]]:
    """The tables of the rows of subforms with their columns, removed ones too."""
    return {
        f"s_{item.id}": [
            *(_INNER_COLUMNS if item.parent_id else _ROW_COLUMNS),
            *(inner.column for inner in entity.fields if inner.parent_id == item.id and inner.kind not in NO_COLUMN),
        ]
        for item in entity.fields
        if item.kind == "table"
    }


def _link_columns(entity: StoredEntity) -> list[tuple[Column, str | None]]:
    """The columns of links to many, which have index tables; those of rows with the table of the rows."""
    return [
        (item.column, f"s_{item.parent_id}" if item.parent_id else None)
        for item in entity.fields
        if item.kind == "links"
    ]


def _keeper(column: Column, dialect: Dialect) -> Callable[[object], Json]:
    read, write = reader(column, dialect), writer(column, _FORM)
    if column.kind in _NUMBERS:
        return lambda raw: None if raw is None else f"{read(raw):f}"
    return lambda raw: write(read(raw))  # type: ignore[return-value]  # what SQLite takes is JSON too


def _canonical(column: Column) -> Reader:
    """From the form in which it is kept to a canonical value."""
    if column.kind in _NUMBERS:
        return lambda kept: None if kept is None else Decimal(str(kept))
    if column.kind == "links":
        # a single link from when the field took only one
        return lambda kept: (kept,) if isinstance(kept, str) and not _is_list(kept) else reader(column, _FORM)(kept)
    if column.kind == "reference":
        # and the other way round
        return lambda kept: next(iter(json.loads(str(kept))), None) if _is_list(kept) else kept  # type: ignore[return-value]
    return reader(column, _FORM)


def _is_list(kept: object) -> bool:
    return isinstance(kept, str) and kept.startswith("[")


def _cells(columns: Iterable[Column], row: Row, dialect: Dialect) -> dict[str, Json]:
    return {column.name: _keeper(column, dialect)(row[column.name]) for column in columns}


def _names(columns: Iterable[Column]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


async def take_out(tx: Tx, entity: StoredEntity, record_id: str) -> str | None:
    """Delete a record from its tables; its content for the bin, None if it is not there."""
    own = _own_columns(entity)
    row = await tx.fetch_one(f"SELECT {_names(own)} FROM [{entity.table}] WHERE id = $1", record_id)
    if row is None:
        return None
    rows: dict[str, list[dict[str, Json]]] = {}
    for table, columns in _child_tables(entity).items():
        found = await tx.fetch_all(
            f"SELECT {_names(columns)} FROM [{table}] WHERE record_id = $1 ORDER BY position", record_id
        )
        if found:
            rows[table] = [_cells(columns, item, tx.dialect) for item in found]
            await tx.execute(f"DELETE FROM [{table}] WHERE record_id = $1", record_id)
    for column, _ in _link_columns(entity):
        await tx.execute(f"DELETE FROM [{column.index_table}] WHERE record_id = $1", record_id)
    for index in entity.search_indexes.values():
        await index.remove(tx, record_id, row[index.column])
    await tx.execute(f"DELETE FROM [{entity.table}] WHERE id = $1", record_id)
    content = {RECORD: _cells(own, row, tx.dialect), ROWS: rows}
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


async def put_back(tx: Tx, entity: StoredEntity, binned: Binned, *, system: Mapping[str, Scalar]) -> None:
    """Put a record back into its tables, with other values of these system fields. Raises `UniqueViolation`."""
    content = json.loads(binned.content)
    own = _own_columns(entity)
    cells = {**content[RECORD]}
    writers: dict[str, Writer] = {column.name: writer(column, tx.dialect) for column in own}
    values = {column.name: _canonical(column)(cells.get(column.name)) for column in own} | dict(system)
    await tx.execute(
        f"INSERT INTO [{entity.table}] ({_names(own)}) VALUES ({_places(own)})",
        *(writers[name](value) for name, value in values.items()),
    )
    for table, columns in _child_tables(entity).items():
        kept: list[Cells] = content[ROWS].get(table, [])
        if kept:
            await tx.execute_many(
                f"INSERT INTO [{table}] ({_names(columns)}) VALUES ({_places(columns)})",
                [
                    [writer(column, tx.dialect)(_canonical(column)(row.get(column.name))) for column in columns]
                    for row in kept
                ],
            )
    for column, rows_table in _link_columns(entity):
        await _index_links(tx, column, content, table=rows_table, record_id=binned.record_id)
    for index in entity.search_indexes.values():
        await index.add(tx, [(binned.record_id, values[index.column])])


async def _index_links(
    tx: Tx, column: Column, content: Mapping[str, Any], *, table: str | None, record_id: str
) -> None:
    """Write the index of a column of links of a record that was put back."""
    read = _canonical(column)
    owners = ("record_id",) if table is None else ("record_id", "row_id")
    held: list[Cells] = [content[RECORD]] if table is None else content[ROWS].get(table, [])
    lines = [
        [*((record_id,) if table is None else (record_id, cells["id"])), position, target]
        for cells in held
        for position, target in enumerate(linked_ids(read(cells.get(column.name))))
    ]
    if lines:
        places = ", ".join(f"${number}" for number in range(1, len(owners) + 3))
        names = ", ".join([*owners, "position", "target_id"])
        await tx.execute_many(f"INSERT INTO [{column.index_table}] ({names}) VALUES ({places})", lines)


def _places(columns: Sequence[Column]) -> str:
    return ", ".join(f"${number}" for number in range(1, len(columns) + 1))


def binned_values(entity: StoredEntity, binned: Binned) -> dict[str, Value]:
    """The values of a record in the bin by the field keys of today."""
    content = json.loads(binned.content)
    cells = content[RECORD]
    found: dict[str, Value] = {
        key: _canonical(column)(cells.get(column.name)) for key, column in entity.columns.items()
    }
    for key in entity.subforms:
        if "." not in key:
            found[key] = _kept_rows(entity, key, content[ROWS], owner=None)
    return found


def _kept_rows(
    entity: StoredEntity, path: str, kept: Mapping[str, Sequence[Cells]], *, owner: Json
) -> tuple[ChildRow, ...] | None:
    """The rows of a subform in the bin, of an inner one those in the row `owner`."""
    subform = entity.subforms[path]
    inner = {item.key: inside for inside, item in entity.subforms.items() if inside.rpartition(".")[0] == path}
    rows = []
    for row in kept.get(subform.table, ()):
        if owner is None or row.get("row_id") == owner:
            cells: dict[str, Value] = {
                name: _canonical(column)(row.get(column.name)) for name, column in subform.columns.items()
            }
            for key, inside in inner.items():
                cells[key] = _kept_rows(entity, inside, kept, owner=row["id"]) or ()
            rows.append(ChildRow(str(row["id"]), cells))
    return tuple(rows) or None


_COLUMNS = "record_id, entity_id, version, deleted_at, deleted_by, content"


def _binned(row: Row) -> Binned:
    return Binned(
        row["record_id"], row["entity_id"], row["version"], int_to_instant(row["deleted_at"]), row["deleted_by"],
        row["content"],
    )  # fmt: skip


async def put_into_bin(tx: Tx, binned: Binned) -> None:
    """Keep what was taken out."""
    await tx.execute(
        f"INSERT INTO [record_bin] ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)",
        binned.record_id, binned.entity_id, binned.version, instant_to_int(binned.deleted_at), binned.deleted_by,
        binned.content,
    )  # fmt: skip


async def find_binned(tx: Tx, entity_id: str, record_id: str) -> Binned | None:
    """A record of the entity in the bin; it stays there for nobody else until the end of the transaction."""
    suffix = " FOR UPDATE" if tx.dialect == "postgresql" else ""
    row = await tx.fetch_one(
        f"SELECT {_COLUMNS} FROM [record_bin] WHERE record_id = $1 AND entity_id = $2{suffix}", record_id, entity_id
    )
    return None if row is None else _binned(row)


async def list_binned(
    tx: Tx, entity_id: str, *, deleted_by: str | None, before: BinPlace | None, limit: int
) -> list[Binned]:
    """A page of an entity's bin, what was deleted last first; `deleted_by`: only what this member deleted."""
    values: list[object] = [entity_id, limit]
    more = ""
    if deleted_by is not None:
        values.append(deleted_by)
        more += f" AND deleted_by = ${len(values)}"
    if before is not None:
        values += [instant_to_int(before.at), before.record_id]
        more += f" AND (deleted_at, record_id) < (${len(values) - 1}, ${len(values)})"
    rows = await tx.fetch_all(
        f"SELECT {_COLUMNS} FROM [record_bin] WHERE entity_id = $1{more}"
        " ORDER BY deleted_at DESC, record_id DESC LIMIT $2",
        *values,
    )
    return [_binned(row) for row in rows]


async def list_expired(tx: Tx, *, before: datetime, limit: int) -> list[Binned]:
    """What was deleted before an instant, the oldest first; what another process has in hand is left to it."""
    suffix = " FOR UPDATE SKIP LOCKED" if tx.dialect == "postgresql" else ""
    rows = await tx.fetch_all(
        f"SELECT {_COLUMNS} FROM [record_bin] WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2{suffix}",
        instant_to_int(before), limit,
    )  # fmt: skip
    return [_binned(row) for row in rows]


async def take_from_bin(tx: Tx, record_id: str) -> None:
    """Keep it no longer."""
    await tx.execute("DELETE FROM [record_bin] WHERE record_id = $1", record_id)


async def forget_record(tx: Tx, binned: Binned) -> list[str]:
    """Remove a record of the bin for good, with its flows, readers and files and every value that its history holds.

    That it was there, and who changed it when, stays in the history. Answers the ids of files that nobody else has.
    """
    of_record = (binned.record_id, binned.entity_id)
    instances = "SELECT id FROM [flow_instance] WHERE record_id = $1 AND entity_id = $2"
    for table in ("task", "flow_copy", "flow_event"):
        await tx.execute(f"DELETE FROM [{table}] WHERE instance_id IN ({instances})", *of_record)
    files = await tx.fetch_all(
        "SELECT u.file_id FROM [file_use] u WHERE u.record_id = $1 AND u.entity_id = $2 AND NOT EXISTS"
        " (SELECT 1 FROM [file_use] o WHERE o.file_id = u.file_id AND o.record_id <> $1)",
        *of_record,
    )
    for table in ("flow_instance", "record_reader", "file_use"):
        await tx.execute(f"DELETE FROM [{table}] WHERE record_id = $1 AND entity_id = $2", *of_record)
    await tx.execute(
        "UPDATE [record_history] SET changes = '{}', source = NULL WHERE record_id = $1 AND entity_id = $2", *of_record
    )
    found = [row["file_id"] for row in files]
    if found:
        await tx.execute_many("DELETE FROM [file] WHERE id = $1", [(file_id,) for file_id in found])
    await take_from_bin(tx, binned.record_id)
    return found
