"""The counter rows of totals: one for each rule and group, moved by one statement in the transaction of the write."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from engine.errors import Rejection
from engine.store.columns import Column, reader, writer
from engine.store.database import Row, Tx

PAGE = 500


class TotalTooLarge(Rejection):
    """A sum with more digits than are kept exactly."""

    code = "total_too_large"
    status = 422
    zh = "合计过大, 无法精确保存"
    en = "The total is too large to be kept exactly"


@dataclass(frozen=True)
class Counter:
    """The total of one group, as JSON; `target_id`: the record that its bounds read."""

    group: str
    value: Decimal
    target_id: str | None = None


def _hash(group: str) -> str:
    # a group may be longer than an index row
    return hashlib.sha256(group.encode()).hexdigest()


async def add_to_total(
    tx: Tx, rule_id: str, *, group: str, delta: Decimal, target_id: str | None, scale: int
) -> Decimal:
    """The total of the group after `delta`; its row stays locked until the transaction ends. Raises `TotalTooLarge`."""
    column = Column("value", "decimal", scale)
    row = await tx.fetch_one(
        "INSERT INTO [rule_total] AS t (rule_id, group_hash, group_values, target_id, value)"
        " VALUES ($1, $2, $3, $4, $5)"
        " ON CONFLICT (rule_id, group_hash) DO UPDATE SET value = t.value + excluded.value RETURNING value",
        rule_id, _hash(group), group, target_id, writer(column, tx.dialect)(delta),
    )  # fmt: skip
    raw = None if row is None else row["value"]
    # SQLite goes over to floating point where whole numbers overflow
    if raw is None or isinstance(raw, float):
        raise TotalTooLarge
    return _decimal(raw, column, tx)


def _decimal(raw: object, column: Column, tx: Tx) -> Decimal:
    value = reader(column, tx.dialect)(raw)
    return value if isinstance(value, Decimal) else Decimal(0)


def _counter(row: Row, scale: int, tx: Tx) -> Counter:
    return Counter(row["group_values"], _decimal(row["value"], Column("value", "decimal", scale), tx), row["target_id"])


async def counters_about(tx: Tx, rule_id: str, target_id: str, *, scale: int) -> list[Counter]:
    """The totals whose bounds read this record."""
    rows = await tx.fetch_all(
        "SELECT group_values, value, target_id FROM [rule_total] WHERE rule_id = $1 AND target_id = $2"
        " ORDER BY group_hash",
        rule_id, target_id,
    )  # fmt: skip
    return [_counter(row, scale, tx) for row in rows]


async def list_counters(tx: Tx, rule_id: str, *, after: str, scale: int) -> tuple[list[Counter], str]:
    """Some totals of a rule, and where to go on; an empty place at the end."""
    rows = await tx.fetch_all(
        "SELECT group_hash, group_values, value, target_id FROM [rule_total] WHERE rule_id = $1 AND group_hash > $2"
        f" ORDER BY group_hash LIMIT {PAGE}",
        rule_id, after,
    )  # fmt: skip
    return [_counter(row, scale, tx) for row in rows], rows[-1]["group_hash"] if len(rows) == PAGE else ""


async def replace_totals(tx: Tx, rule_id: str, totals: Iterable[Counter], *, scale: int) -> None:
    """All totals of a rule anew."""
    await forget_totals(tx, [rule_id])
    write = writer(Column("value", "decimal", scale), tx.dialect)
    await tx.execute_many(
        "INSERT INTO [rule_total] (rule_id, group_hash, group_values, target_id, value) VALUES ($1, $2, $3, $4, $5)",
        [(rule_id, _hash(item.group), item.group, item.target_id, write(item.value)) for item in totals],
    )


async def forget_totals(tx: Tx, rule_ids: Iterable[str]) -> None:
    """Rules that are gone count nothing."""
    for rule_id in rule_ids:
        await tx.execute("DELETE FROM [rule_total] WHERE rule_id = $1", rule_id)
