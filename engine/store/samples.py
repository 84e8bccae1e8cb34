"""Taking sample records out of the tables again, with everything that hangs on them."""

from __future__ import annotations

from datetime import datetime

from engine.store.columns import instant_to_int
from engine.store.database import Tx
from engine.store.entities import StoredEntity

_SAMPLE_MEMBERS = "SELECT id FROM [member] WHERE is_sample = 1"


async def remove_sample_records(tx: Tx, entity: StoredEntity) -> int:
    """Delete the records that sample members created, with rows, history, readers and flows; answers how many."""
    records = f"SELECT id FROM [{entity.table}] WHERE created_by IN ({_SAMPLE_MEMBERS})"
    instances = f"SELECT id FROM [flow_instance] WHERE entity_id = $1 AND record_id IN ({records})"
    for table in ("task", "flow_copy", "flow_event"):
        await tx.execute(f"DELETE FROM [{table}] WHERE instance_id IN ({instances})", entity.id)
    await tx.execute(f"DELETE FROM [file] WHERE id IN ({_files_only_of(records)})", entity.id)
    for table in ("flow_instance", "record_history", "record_reader", "file_use"):
        await tx.execute(f"DELETE FROM [{table}] WHERE entity_id = $1 AND record_id IN ({records})", entity.id)
    for subform in entity.subforms.values():
        await tx.execute(f"DELETE FROM [{subform.table}] WHERE record_id IN ({records})")
    for links in entity.link_indexes:
        await tx.execute(f"DELETE FROM [{links.table}] WHERE record_id IN ({records})")
    for search in entity.search_indexes.values():
        held = f'SELECT id, "{search.column}" AS text FROM [{entity.table}] WHERE created_by IN ({_SAMPLE_MEMBERS})'
        for row in await tx.fetch_all(held):
            await search.remove(tx, row["id"], row["text"])
    return await tx.execute(f"DELETE FROM [{entity.table}] WHERE created_by IN ({_SAMPLE_MEMBERS})")


async def list_sample_file_ids(tx: Tx, entity: StoredEntity) -> list[str]:
    """Ids of the files that only these records hold, to be removed from the storage too."""
    records = f"SELECT id FROM [{entity.table}] WHERE created_by IN ({_SAMPLE_MEMBERS})"
    return [row["file_id"] for row in await tx.fetch_all(_files_only_of(records), entity.id)]


def _files_only_of(records: str) -> str:
    """Files of some records of the entity `$1` that no other record uses."""
    return (
        f"SELECT DISTINCT u.file_id FROM [file_use] u WHERE u.entity_id = $1 AND u.record_id IN ({records})"
        " AND NOT EXISTS (SELECT 1 FROM [file_use] o WHERE o.file_id = u.file_id"
        f" AND NOT (o.entity_id = $1 AND o.record_id IN ({records})))"
    )


async def count_waiting_for_sample(tx: Tx) -> int:
    """Running flows of other people that wait for a sample member."""
    row = await tx.fetch_one(
        "SELECT count(DISTINCT t.instance_id) AS n FROM [task] t JOIN [flow_instance] i ON i.id = t.instance_id"
        f" WHERE t.state = 'open' AND t.member_id IN ({_SAMPLE_MEMBERS})"
        f" AND i.initiator_id NOT IN ({_SAMPLE_MEMBERS})"
    )
    return 0 if row is None else int(row["n"])


async def end_acting_as_sample(tx: Tx) -> None:
    """Sessions in which an admin acts as a sample member are his own again."""
    await tx.execute(
        "UPDATE [session] SET member_id = origin_member_id, origin_member_id = NULL"
        f" WHERE origin_member_id IS NOT NULL AND member_id IN ({_SAMPLE_MEMBERS})"
    )


async def revoke_keys_of_others(tx: Tx, *, at: datetime) -> None:
    """Keys that one member made for another were made for the sample."""
    await tx.execute(
        "UPDATE [api_key] SET revoked_at = $1"
        " WHERE revoked_at IS NULL AND created_by <> '' AND created_by <> member_id",
        instant_to_int(at),
    )
