"""Questions about the invariants of the stored data; each answer names what breaks one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.store.database import Tx
from engine.store.drift import find_drift
from engine.store.entities import StoredEntity
from engine.store.link_index import find_differing


@dataclass(frozen=True)
class Finding:
    """A broken invariant: its name, and the thing that breaks it."""

    invariant: str
    subject: str


# name of the invariant → rows that break it, as column `subject`
_CHECKS: Mapping[str, str] = {
    "ended_instance_has_no_open_task": (
        "SELECT t.id AS subject FROM [task] t JOIN [flow_instance] i ON i.id = t.instance_id"
        " WHERE t.state = 'open' AND i.status <> 'running'"
    ),
    "one_open_task_per_visit_and_person": (
        "SELECT max(t.id) AS subject FROM [task] t WHERE t.state = 'open'"
        " GROUP BY t.instance_id, t.activation, t.member_id HAVING count(*) > 1"
    ),
    "events_are_without_gaps": (
        "SELECT i.id AS subject FROM [flow_instance] i LEFT JOIN"
        " (SELECT instance_id, count(*) AS n, min(seq) AS low, max(seq) AS high"
        " FROM [flow_event] GROUP BY instance_id) e"
        " ON e.instance_id = i.id WHERE e.n IS NULL OR e.low <> 1 OR e.high <> e.n OR e.high <> i.seq"
    ),
    "a_record_has_one_running_instance": (
        "SELECT record_id AS subject FROM [flow_instance] WHERE status = 'running'"
        " GROUP BY record_id HAVING count(*) > 1"
    ),
    "history_is_without_gaps": (
        "SELECT record_id AS subject FROM [record_history] GROUP BY record_id"
        " HAVING min(version) <> 1 OR max(version) <> count(*)"
    ),
    "deleted_records_have_their_history": (
        "SELECT b.record_id AS subject FROM [record_bin] b LEFT JOIN [record_history] h ON h.record_id = b.record_id"
        " AND h.version = b.version AND h.kind = 'deleted' WHERE h.record_id IS NULL"
    ),
    "closed_tasks_say_when": ("SELECT id AS subject FROM [task] WHERE (state = 'open') <> (closed_at IS NULL)"),
}


async def check_system_tables(tx: Tx) -> list[Finding]:
    """Invariants over the system tables."""
    found = []
    for name, sql in _CHECKS.items():
        found += [Finding(name, str(row["subject"])) for row in await tx.fetch_all(f"{sql} LIMIT 1000")]
    return found


async def check_entity(tx: Tx, entity: StoredEntity) -> list[Finding]:
    """Invariants of one record table: its columns, the history and the flow status of each record."""
    found = [Finding("tables_fit_definitions", name) for name in await find_drift(tx, entity)]
    if found:
        return found
    table = f"[{entity.table}]"
    checks = {
        "every_record_has_its_history": (
            f"SELECT r.id AS subject FROM {table} r LEFT JOIN"
            " (SELECT record_id, max(version) AS version FROM [record_history] GROUP BY record_id) h"
            " ON h.record_id = r.id WHERE h.version IS NULL OR h.version <> r.version"
        ),
        "every_instance_has_its_record": (
            f"SELECT i.id AS subject FROM [flow_instance] i LEFT JOIN {table} r ON r.id = i.record_id"
            f" WHERE i.entity_id = '{entity.id}' AND r.id IS NULL"
            " AND NOT EXISTS (SELECT 1 FROM [record_bin] b WHERE b.record_id = i.record_id)"
        ),
        "flow_status_is_that_of_the_last_instance": (
            f"SELECT r.id AS subject FROM {table} r LEFT JOIN [flow_instance] i ON i.id = (SELECT l.id"
            " FROM [flow_instance] l WHERE l.record_id = r.id ORDER BY l.started_at DESC, l.id DESC LIMIT 1)"
            " WHERE coalesce(r.flow_status, '') <> coalesce(i.status, '')"
        ),
    }
    checks["a_record_is_in_its_table_or_in_the_bin"] = (
        f"SELECT r.id AS subject FROM {table} r JOIN [record_bin] b ON b.record_id = r.id"
    )
    for name, sql in checks.items():
        found += [Finding(name, str(row["subject"])) for row in await tx.fetch_all(f"{sql} LIMIT 1000")]
    found += await _check_rows(tx, entity)
    for search in entity.search_indexes.values():
        found += [
            Finding("search_index_is_what_the_records_say", f"{search.table}/{record_id}")
            for record_id in await search.find_differing(tx, limit=1000)
        ]
    for index in entity.link_indexes:
        found += [
            Finding("link_index_is_what_the_records_say", f"{index.table}/{record_id}")
            for record_id in await find_differing(tx, index, limit=1000)
        ]
    return found


async def _check_rows(tx: Tx, entity: StoredEntity) -> list[Finding]:
    """Rows without their record, and rows of rows without their row."""
    found: list[Finding] = []
    for path, subform in entity.subforms.items():
        rows = await tx.fetch_all(
            f"SELECT s.id AS subject FROM [{subform.table}] s LEFT JOIN [{entity.table}] r ON r.id = s.record_id"
            " WHERE r.id IS NULL LIMIT 1000"
        )
        found += [Finding("every_row_has_its_record", str(row["subject"])) for row in rows]
        if subform.owner == "row_id":
            outer = entity.subforms[path.rpartition(".")[0]].table
            rows = await tx.fetch_all(
                f"SELECT s.id AS subject FROM [{subform.table}] s LEFT JOIN [{outer}] o"
                " ON o.id = s.row_id AND o.record_id = s.record_id WHERE o.id IS NULL LIMIT 1000"
            )
            found += [Finding("every_inner_row_has_its_row", str(row["subject"])) for row in rows]
    return found


async def list_instance_ids(tx: Tx, *, after: str, limit: int) -> list[str]:
    """Ids of instances in order, for a walk over all of them."""
    rows = await tx.fetch_all("SELECT id FROM [flow_instance] WHERE id > $1 ORDER BY id LIMIT $2", after, limit)
    return [row["id"] for row in rows]
