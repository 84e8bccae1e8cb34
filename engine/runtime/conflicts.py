"""Edits on an older version of a record: what meets later edits of the same field is refused, the rest is merged."""

from __future__ import annotations

from collections.abc import Mapping

from engine.forms.rights import mask
from engine.model.values import RawJson
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.histories import changes_today, without_columns
from engine.runtime.record_views import dump_values
from engine.runtime.versioning import VersionConflict
from engine.store.database import Tx
from engine.store.records import Record


async def refuse_overlap(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    record: Record,
    seen_version: int,
    given: Mapping[str, RawJson],
    hidden: frozenset[str],
) -> None:
    """Raises `VersionConflict` if a field written now was changed since the version the writer saw.

    `hidden`: paths that the writer does not see; nothing is said of them.
    """
    if seen_version == record.version:
        return
    changes = await changes_today(tx, call, entity, record_id=record.id)
    # what the writer saw: the newest change comes first
    base = {key: old for change in changes if change.version > seen_version for key, (old, _) in change.changes.items()}
    known = entity.compiled.entity.by_key.keys() - hidden
    clashes = sorted(base.keys() & given.keys() & known)
    if clashes or seen_version > record.version:
        theirs = dump_values(entity.compiled.entity, mask(record.values, hidden))
        was = {key: without_columns(entity, key, base[key], hidden=hidden) for key in clashes}
        sides = {key: (theirs.get(key), given[key], was[key]) for key in clashes}
        raise VersionConflict(sides, seen=seen_version, current=record.version)
