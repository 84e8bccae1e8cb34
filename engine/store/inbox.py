"""What concerns one member: his to-dos, what he started, what he handled, what he was copied on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Row, Tx

Box = Literal["todo", "started", "handled", "copied"]


@dataclass(frozen=True)
class Place:
    """Where a page ended: instant and id of its last row."""

    at: datetime
    id: str


@dataclass(frozen=True)
class Due:
    """Where a page by deadlines ended: the deadline of its last row, None for none, and its id."""

    at: datetime | None
    id: str


@dataclass(frozen=True)
class InboxRow:
    """One line of a box. `row_id` with `at` is its place; task members are None outside of todo and handled.

    `initiator_node`: a node at which the initiator himself has an open task.
    """

    row_id: str
    at: datetime
    instance_id: str
    application_id: str
    application_version: int
    flow_key: str
    entity_id: str
    record_id: str
    title: str
    initiator_id: str
    status: str
    started_at: datetime
    task_id: str | None = None
    node_key: str | None = None
    opened_at: datetime | None = None
    due_at: datetime | None = None
    decision: str | None = None
    is_read: bool = True
    initiator_node: str | None = None


_INSTANCE = (
    "i.id AS instance_id, i.application_id, i.application_version, i.flow_key, i.entity_id, i.record_id, i.title,"
    " i.initiator_id, i.status, i.started_at,"
    " (SELECT MIN(own.node_key) FROM [task] own WHERE own.instance_id = i.id AND own.member_id = i.initiator_id"
    " AND own.state = 'open') AS initiator_node"
)
_TASK = "t.id AS task_id, t.node_key, t.opened_at, t.due_at, t.decision"
_NO_TASK = "NULL AS task_id, NULL AS node_key, NULL AS opened_at, NULL AS due_at, NULL AS decision"
# without a deadline comes after all that have one
NEVER_DUE = 2**63 - 1
_DUE = f"COALESCE(t.due_at, {NEVER_DUE})"
# what belongs to a deleted record rests until it is back
_IN_BIN = "SELECT 1 FROM [record_bin] b WHERE b.record_id"
_HERE = f" AND NOT EXISTS ({_IN_BIN} = i.record_id)"
_SELECTS: dict[Box, tuple[str, str, str]] = {
    "todo": (
        (
            f"t.id AS row_id, t.opened_at AS at, {_INSTANCE}, {_TASK},"
            " 1 AS is_read FROM [task] t JOIN [flow_instance] i ON i.id = t.instance_id"
            f" WHERE t.member_id = $1 AND t.state = 'open'{_HERE}"
        ),
        "t.opened_at",
        "t.id",
    ),
    "handled": (
        (
            f"t.id AS row_id, t.closed_at AS at, {_INSTANCE}, {_TASK},"
            " 1 AS is_read FROM [task] t JOIN [flow_instance] i ON i.id = t.instance_id"
            f" WHERE t.closed_by = $1{_HERE}"
        ),
        "t.closed_at",
        "t.id",
    ),
    "started": (
        (
            f"i.id AS row_id, i.started_at AS at, {_INSTANCE}, {_NO_TASK}, 1 AS is_read FROM [flow_instance] i"
            f" WHERE i.initiator_id = $1{_HERE}"
        ),
        "i.started_at",
        "i.id",
    ),
    "copied": (
        (
            f"c.id AS row_id, c.at AS at, {_INSTANCE}, NULL AS task_id, c.node_key, NULL AS opened_at,"
            " NULL AS due_at, NULL AS decision, CASE WHEN c.read_at IS NULL THEN 0 ELSE 1 END AS is_read"
            f" FROM [flow_copy] c JOIN [flow_instance] i ON i.id = c.instance_id WHERE c.member_id = $1{_HERE}"
        ),
        "c.at",
        "c.id",
    ),
}


async def list_box(
    tx: Tx, box: Box, member_id: str, *, before: Place | None, limit: int, words: str = ""
) -> list[InboxRow]:
    """A page of a box, the latest first; `words`: only titles that contain them."""
    select, at, row_id = _SELECTS[box]
    values: list[object] = [member_id, limit]
    more = ""
    if before is not None:
        values += [instant_to_int(before.at), before.id]
        more += f" AND ({at}, {row_id}) < ($3, $4)"
    if words:
        values.append(words)
        more += _containing(tx, len(values))
    rows = await tx.fetch_all(f"SELECT {select}{more} ORDER BY {at} DESC, {row_id} DESC LIMIT $2", *values)
    return [_row(row) for row in rows]


async def list_due(tx: Tx, member_id: str, *, after: Due | None, limit: int, words: str = "") -> list[InboxRow]:
    """A page of what a member has to do, what is due first at first, what has no deadline at last."""
    values: list[object] = [member_id, limit]
    more = ""
    if after is not None:
        values += [NEVER_DUE if after.at is None else instant_to_int(after.at), after.id]
        more += f" AND ({_DUE}, t.id) > ($3, $4)"
    if words:
        values.append(words)
        more += _containing(tx, len(values))
    rows = await tx.fetch_all(f"SELECT {_SELECTS['todo'][0]}{more} ORDER BY {_DUE}, t.id LIMIT $2", *values)
    return [_row(row) for row in rows]


def _containing(tx: Tx, number: int) -> str:
    find = "instr" if tx.dialect == "sqlite" else "strpos"
    return f" AND {find}(i.title, ${number}) > 0"


def _row(row: Row) -> InboxRow:
    opened, due = row["opened_at"], row["due_at"]
    return InboxRow(
        row_id=row["row_id"],
        at=int_to_instant(row["at"]),
        instance_id=row["instance_id"],
        application_id=row["application_id"],
        application_version=row["application_version"],
        flow_key=row["flow_key"],
        entity_id=row["entity_id"],
        record_id=row["record_id"],
        title=row["title"],
        initiator_id=row["initiator_id"],
        status=row["status"],
        started_at=int_to_instant(row["started_at"]),
        task_id=row["task_id"],
        node_key=row["node_key"],
        opened_at=None if opened is None else int_to_instant(opened),
        due_at=None if due is None else int_to_instant(due),
        decision=row["decision"],
        is_read=bool(row["is_read"]),
        initiator_node=row["initiator_node"],
    )


async def count_box(tx: Tx, member_id: str) -> tuple[int, int]:
    """Open to-dos and unread copies."""
    row = await tx.fetch_one(
        "SELECT (SELECT count(*) FROM [task] t WHERE t.member_id = $1 AND t.state = 'open'"
        f" AND NOT EXISTS ({_IN_BIN} = t.record_id)) AS todo,"
        " (SELECT count(*) FROM [flow_copy] c JOIN [flow_instance] i ON i.id = c.instance_id"
        f" WHERE c.member_id = $1 AND c.read_at IS NULL{_HERE}) AS copied",
        member_id,
    )
    return (0, 0) if row is None else (int(row["todo"]), int(row["copied"]))
