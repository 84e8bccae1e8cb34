"""Flow instances: the snapshot that runs, its events, and the projections of them: tasks and copies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Row, Tx


@dataclass(frozen=True)
class StoredInstance:
    """A flow instance; `snapshot` is the interpreter's JSON, `seq` the number of its last event."""

    id: str
    application_id: str
    application_version: int
    flow_key: str
    entity_id: str
    record_id: str
    initiator_id: str
    department_id: str | None
    title: str
    status: str
    seq: int
    snapshot: str
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True)
class StoredEvent:
    """One event of an instance; `payload` is the interpreter's JSON."""

    instance_id: str
    seq: int
    at: datetime
    kind: str
    node_key: str | None
    activation: int | None
    actor_id: str | None
    payload: str


@dataclass(frozen=True)
class StoredTask:
    """Something one member has, or had, to do."""

    id: str
    instance_id: str
    number: int
    activation: int
    node_key: str
    member_id: str
    state: str
    opened_at: datetime
    entity_id: str
    record_id: str
    decision: str | None = None
    comment: str | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    due_at: datetime | None = None


_INSTANCE = (
    "id, application_id, application_version, flow_key, entity_id, record_id, initiator_id, department_id, title,"
    " status, seq, snapshot, started_at, ended_at"
)
_TASK = (
    "id, instance_id, number, activation, node_key, member_id, state, opened_at, entity_id, record_id, decision,"
    " comment, closed_at, closed_by, due_at"
)


def _maybe(value: int | None) -> datetime | None:
    return None if value is None else int_to_instant(value)


def _instance(row: Row) -> StoredInstance:
    return StoredInstance(
        row["id"], row["application_id"], row["application_version"], row["flow_key"], row["entity_id"],
        row["record_id"], row["initiator_id"], row["department_id"], row["title"], row["status"], row["seq"],
        row["snapshot"], int_to_instant(row["started_at"]), _maybe(row["ended_at"]),
    )  # fmt: skip


def read_task(row: Row) -> StoredTask:
    """A task from a row that has all its columns."""
    return StoredTask(
        row["id"], row["instance_id"], row["number"], row["activation"], row["node_key"], row["member_id"],
        row["state"], int_to_instant(row["opened_at"]), row["entity_id"], row["record_id"], row["decision"],
        row["comment"], _maybe(row["closed_at"]), row["closed_by"], _maybe(row["due_at"]),
    )  # fmt: skip


async def insert_instance(tx: Tx, instance: StoredInstance) -> None:
    """Start; raises `UniqueViolation` when the record has a running instance."""
    ended = None if instance.ended_at is None else instant_to_int(instance.ended_at)
    await tx.execute(
        f"INSERT INTO [flow_instance] ({_INSTANCE})"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
        instance.id, instance.application_id, instance.application_version, instance.flow_key, instance.entity_id,
        instance.record_id, instance.initiator_id, instance.department_id, instance.title, instance.status,
        instance.seq, instance.snapshot, instant_to_int(instance.started_at), ended,
    )  # fmt: skip


async def find_instance(tx: Tx, instance_id: str, *, lock: bool = False) -> StoredInstance | None:
    """An instance; `lock`: nobody else changes it until the end of the transaction."""
    suffix = " FOR UPDATE" if lock and tx.dialect == "postgresql" else ""
    row = await tx.fetch_one(f"SELECT {_INSTANCE} FROM [flow_instance] WHERE id = $1{suffix}", instance_id)
    return None if row is None else _instance(row)


async def list_instances(tx: Tx, record_id: str) -> list[StoredInstance]:
    """Instances of a record, the latest first."""
    rows = await tx.fetch_all(
        f"SELECT {_INSTANCE} FROM [flow_instance] WHERE record_id = $1 ORDER BY started_at DESC, id DESC", record_id
    )
    return [_instance(row) for row in rows]


async def has_running_instance(tx: Tx, record_id: str) -> bool:
    """Whether a flow of the record is under way."""
    row = await tx.fetch_one(
        "SELECT 1 AS found FROM [flow_instance] WHERE record_id = $1 AND status = 'running'", record_id
    )
    return row is not None


async def save_instance(tx: Tx, instance: StoredInstance, *, expected_seq: int) -> bool:
    """Replace the snapshot if nobody else did since `expected_seq`."""
    ended = None if instance.ended_at is None else instant_to_int(instance.ended_at)
    return bool(
        await tx.execute(
            "UPDATE [flow_instance] SET status = $3, seq = $4, snapshot = $5, ended_at = $6, title = $7"
            " WHERE id = $1 AND seq = $2",
            instance.id, expected_seq, instance.status, instance.seq, instance.snapshot, ended, instance.title,
        )
    )  # fmt: skip


async def append_events(tx: Tx, events: Iterable[StoredEvent]) -> None:
    """Add to the history of an instance."""
    await tx.execute_many(
        "INSERT INTO [flow_event] (instance_id, seq, at, kind, node_key, activation, actor_id, payload)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            (
                event.instance_id, event.seq, instant_to_int(event.at), event.kind, event.node_key, event.activation,
                event.actor_id, event.payload,
            )
            for event in events
        ],
    )  # fmt: skip


async def list_events(tx: Tx, instance_id: str) -> list[StoredEvent]:
    """The history of an instance in order."""
    rows = await tx.fetch_all(
        "SELECT seq, at, kind, node_key, activation, actor_id, payload FROM [flow_event]"
        " WHERE instance_id = $1 ORDER BY seq",
        instance_id,
    )
    return [
        StoredEvent(
            instance_id, row["seq"], int_to_instant(row["at"]), row["kind"], row["node_key"], row["activation"],
            row["actor_id"], row["payload"],
        )
        for row in rows
    ]  # fmt: skip


async def list_entries(tx: Tx, instance_id: str) -> dict[int, datetime]:
    """When each activation of an instance began."""
    rows = await tx.fetch_all(
        "SELECT activation, at FROM [flow_event] WHERE instance_id = $1 AND kind = 'entered'", instance_id
    )
    return {row["activation"]: int_to_instant(row["at"]) for row in rows}


async def open_tasks(tx: Tx, tasks: Iterable[StoredTask]) -> None:
    """Add open tasks."""
    rows = [
        (
            task.id, task.instance_id, task.number, task.activation, task.node_key, task.member_id, task.state,
            instant_to_int(task.opened_at), task.entity_id, task.record_id, None, None, None, None,
            None if task.due_at is None else instant_to_int(task.due_at),
        )
        for task in tasks
    ]  # fmt: skip
    if rows:
        places = ", ".join(f"${number}" for number in range(1, 16))
        await tx.execute_many(f"INSERT INTO [task] ({_TASK}) VALUES ({places})", rows)


@dataclass(frozen=True)
class Closing:
    """How a task ended: by its owner's decision, or cancelled (then `by` and `decision` are None)."""

    number: int
    at: datetime
    by: str | None = None
    decision: str | None = None
    comment: str | None = None


async def close_tasks(tx: Tx, instance_id: str, closings: Iterable[Closing]) -> None:
    """Close open tasks by their numbers."""
    rows = [
        (
            instance_id, closing.number, "cancelled" if closing.by is None else "done", closing.decision,
            closing.comment, instant_to_int(closing.at), closing.by,
        )
        for closing in closings
    ]  # fmt: skip
    if rows:
        await tx.execute_many(
            "UPDATE [task] SET state = $3, decision = $4, comment = $5, closed_at = $6, closed_by = $7"
            " WHERE instance_id = $1 AND number = $2 AND state = 'open'",
            rows,
        )


async def find_task(tx: Tx, task_id: str) -> StoredTask | None:
    """A task by id. The caller decides whether the person may see it."""
    row = await tx.fetch_one(f"SELECT {_TASK} FROM [task] WHERE id = $1", task_id)
    return None if row is None else read_task(row)


async def list_tasks(tx: Tx, instance_id: str) -> list[StoredTask]:
    """All tasks of an instance by number."""
    rows = await tx.fetch_all(f"SELECT {_TASK} FROM [task] WHERE instance_id = $1 ORDER BY number", instance_id)
    return [read_task(row) for row in rows]


async def list_open_tasks(tx: Tx, record_id: str, member_id: str) -> list[tuple[StoredInstance, str]]:
    """The running instances of a record in which a member has something to do, each with the node of his task."""
    rows = await tx.fetch_all(
        "SELECT t.instance_id, t.node_key FROM [task] t JOIN [flow_instance] i ON i.id = t.instance_id"
        " WHERE i.record_id = $1 AND t.member_id = $2 AND t.state = 'open'",
        record_id, member_id,
    )  # fmt: skip
    found = [(await find_instance(tx, row["instance_id"]), row["node_key"]) for row in rows]
    return [(instance, node_key) for instance, node_key in found if instance is not None]


async def add_copies(
    tx: Tx, instance_id: str, node_key: str, *, at: datetime, copies: Iterable[tuple[str, str]]
) -> None:
    """Tell members: (id of the row, member) pairs; who was told by this node before is not told again."""
    rows = [(copy_id, instance_id, node_key, member_id, instant_to_int(at)) for copy_id, member_id in copies]
    if rows:
        await tx.execute_many(
            "INSERT INTO [flow_copy] (id, instance_id, node_key, member_id, at) VALUES ($1, $2, $3, $4, $5)"
            " ON CONFLICT (instance_id, node_key, member_id) DO NOTHING",
            rows,
        )


async def mark_copies_read(tx: Tx, instance_id: str, member_id: str, *, at: datetime) -> None:
    """The member has seen the instance."""
    await tx.execute(
        "UPDATE [flow_copy] SET read_at = $3 WHERE instance_id = $1 AND member_id = $2 AND read_at IS NULL",
        instance_id, member_id, instant_to_int(at),
    )  # fmt: skip
