"""Whether the tables have the columns that definitions need."""

from __future__ import annotations

from engine.model.values import SYSTEM_FIELDS
from engine.store.database import Tx
from engine.store.entities import StoredEntity


async def find_drift(tx: Tx, entity: StoredEntity) -> list[str]:
    """Columns that should exist and do not, as `table.column`."""
    wanted = {entity.table: {item.column.name for item in entity.fields if item.is_own_column}}
    wanted[entity.table] |= set(SYSTEM_FIELDS)
    for item in entity.fields:
        if item.kind == "table":
            children = (child for child in entity.fields if child.parent_id == item.id)
            inner = {child.column.name for child in children if child.kind != "table"}
            owners = {"record_id", "row_id"} if item.parent_id else {"record_id"}
            wanted[f"s_{item.id}"] = {"id", *owners, "position"} | inner
        if item.kind == "links":
            index = item.link_index(entity.id)
            wanted[index.table] = {*index.owners, "position", "target_id"}
    missing = []
    for table, columns in wanted.items():
        present = await _columns_of(tx, table)
        missing += [f"{table}.{column}" for column in sorted(columns - present)]
    return missing


async def _columns_of(tx: Tx, table: str) -> set[str]:
    if tx.dialect == "sqlite":
        rows = await tx.fetch_all("SELECT name FROM pragma_table_info($1)", table)
    else:
        # ids are unique over all schemas, so the name alone finds the table
        rows = await tx.fetch_all(
            "SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1", table
        )
    return {row["name"] for row in rows}
