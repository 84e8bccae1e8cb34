"""What happened to records: history, readers, serial counters, the outbox of named events, the audit trail."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from engine.model.values import Json
from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Statement, Tx


@dataclass(frozen=True)
class Change:
    """One version of a record: who, when, and the fields with their old and new values in JSON form.

    `application_version`: the version of the application whose keys name the fields.
    """

    entity_id: str
    record_id: str
    version: int
    at: datetime
    actor_id: str | None
    kind: str
    changes: Mapping[str, tuple[Json, Json]]
    source: Mapping[str, Json] | None = None
    application_version: int | None = None


_CHANGE = (
    "INSERT INTO [record_history] (entity_id, record_id, version, at, actor_id, kind, changes, source,"
    " application_version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
)


async def append_change(tx: Tx, change: Change) -> None:
    """Add to the history; raises `UniqueViolation` when the version exists."""
    sql, args = change_row(change)
    await tx.execute(sql, *args)


def change_row(change: Change) -> Statement:
    """The statement of `append_change`."""
    return _CHANGE, (
        change.entity_id, change.record_id, change.version, instant_to_int(change.at), change.actor_id, change.kind,
        orjson.dumps(change.changes).decode(), None if change.source is None else json.dumps(change.source),
        change.application_version,
    )  # fmt: skip


async def keep_all(tx: Tx, statements: Sequence[Statement]) -> None:
    """Write rows of `change_row` and `notice_row`. Raises `UniqueViolation` when a version exists."""
    await tx.execute_all(statements)


async def append_changes(tx: Tx, changes: Iterable[Change]) -> None:
    """Add many at once; raises `UniqueViolation` when one of the versions exists."""
    await tx.execute_many(_CHANGE, [change_row(change)[1] for change in changes])


async def list_changes(tx: Tx, entity_id: str, record_id: str) -> list[Change]:
    """All versions, newest first. The caller has proved that the record may be read."""
    rows = await tx.fetch_all(
        "SELECT version, at, actor_id, kind, changes, source, application_version FROM [record_history]"
        " WHERE record_id = $1 AND entity_id = $2 ORDER BY version DESC",
        record_id, entity_id,
    )  # fmt: skip
    return [
        Change(
            entity_id, record_id, row["version"], int_to_instant(row["at"]), row["actor_id"], row["kind"],
            {key: (pair[0], pair[1]) for key, pair in json.loads(row["changes"]).items()},
            None if row["source"] is None else json.loads(row["source"]), row["application_version"],
        )
        for row in rows
    ]  # fmt: skip


async def add_readers(tx: Tx, entity_id: str, record_id: str, *, readers: Iterable[tuple[str, str]]) -> None:
    """Let (member, source) pairs read the record; a source is the node that brought them in."""
    rows = [(record_id, member_id, source, entity_id) for member_id, source in dict.fromkeys(readers)]
    if rows:
        await tx.execute_many(
            "INSERT INTO [record_reader] (record_id, member_id, source, entity_id) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (record_id, member_id, source) DO NOTHING",
            rows,
        )


async def reader_sources(tx: Tx, member_id: str, record_ids: Iterable[str]) -> dict[str, list[str]]:
    """Through which sources a member reads each of the records."""
    ids = list(record_ids)
    if not ids:
        return {}
    places = ", ".join(f"${number}" for number in range(2, len(ids) + 2))
    rows = await tx.fetch_all(
        f"SELECT record_id, source FROM [record_reader] WHERE member_id = $1 AND record_id IN ({places})",
        member_id, *ids,
    )  # fmt: skip
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["record_id"], []).append(row["source"])
    return found


async def next_serial(tx: Tx, field_id: str, period: str, *, count: int = 1) -> int:
    """The next number of a counter, or the last of the next `count`; without gaps, as a transaction that fails gives
    them back.
    """
    row = await tx.fetch_one(
        "INSERT INTO [serial_counter] AS c (field_id, period, value) VALUES ($1, $2, $3)"
        " ON CONFLICT (field_id, period) DO UPDATE SET value = c.value + $3 RETURNING value",
        field_id, period, count,
    )  # fmt: skip
    return 0 if row is None else int(row["value"])


@dataclass(frozen=True)
class Notice:
    """A named event for whoever listens: `record.created`, `task.opened`, `flow.finished` …"""

    id: str
    at: datetime
    name: str
    entity_id: str | None = None
    record_id: str | None = None
    instance_id: str | None = None
    payload: Mapping[str, Json] | None = None


async def post_notices(tx: Tx, notices: Iterable[Notice]) -> None:
    """Write events into the outbox of the same transaction."""
    statements = [notice_row(notice) for notice in notices]
    if statements:
        await tx.execute_many(_NOTICE, [args for _, args in statements])


_NOTICE = (
    "INSERT INTO [outbox] (id, at, name, entity_id, record_id, instance_id, payload)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)"
)


def notice_row(notice: Notice) -> Statement:
    """The statement that writes one event."""
    return _NOTICE, (
        notice.id, instant_to_int(notice.at), notice.name, notice.entity_id, notice.record_id, notice.instance_id,
        json.dumps(notice.payload or {}, ensure_ascii=False),
    )  # fmt: skip


@dataclass(frozen=True)
class AuditEntry:
    """Who did what to what. `origin_id`: the admin who acted in another member's place."""

    id: str
    at: datetime
    actor_id: str | None
    action: str
    target_kind: str
    target_id: str | None = None
    origin_id: str | None = None
    details: Mapping[str, Json] | None = None


async def append_audit(tx: Tx, entry: AuditEntry) -> None:
    """Add to the audit trail."""
    await tx.execute(
        "INSERT INTO [audit] (id, at, actor_id, origin_id, action, target_kind, target_id, details)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        entry.id, instant_to_int(entry.at), entry.actor_id, entry.origin_id, entry.action, entry.target_kind,
        entry.target_id, json.dumps(entry.details or {}, ensure_ascii=False),
    )  # fmt: skip


async def list_audit(tx: Tx, *, before_id: str | None, limit: int) -> list[AuditEntry]:
    """The latest entries, from before an id."""
    rows = await tx.fetch_all(
        "SELECT id, at, actor_id, origin_id, action, target_kind, target_id, details FROM [audit]"
        " WHERE id < $1 ORDER BY id DESC LIMIT $2",
        before_id or "~", limit,
    )  # fmt: skip
    return [
        AuditEntry(
            row["id"], int_to_instant(row["at"]), row["actor_id"], row["action"], row["target_kind"], row["target_id"],
            row["origin_id"], json.loads(row["details"]),
        )
        for row in rows
    ]  # fmt: skip
