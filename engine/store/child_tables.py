"""The tables of subforms, made when they are published."""

from __future__ import annotations

from engine.store.columns import Column, sql_type
from engine.store.database import Tx


async def create_child_table(tx: Tx, field_id: str, *, is_inner: bool) -> None:
    """Make the table, empty; `is_inner`: of rows that lie in rows."""
    text, number = (sql_type(Column("", kind), tx.dialect) for kind in ("reference", "integer"))
    owners = ["record_id", "row_id"] if is_inner else ["record_id"]
    listed = ", ".join(f"{name} {text} NOT NULL" for name in owners)
    await tx.execute(
        f"CREATE TABLE [s_{field_id}] (id {text} PRIMARY KEY NOT NULL, {listed}, position {number} NOT NULL)"
    )
    order = ", ".join([*owners, "position"])
    await tx.execute(f'CREATE INDEX "x_{field_id}_record" ON [s_{field_id}] ({order})')
