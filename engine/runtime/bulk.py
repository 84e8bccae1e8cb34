"""Many new records at once: each goes through the one validator, and all are stored with a few statements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from engine.errors import Problems, Rejection
from engine.forms.rights import Rights
from engine.model.values import Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.following import MAX_DEPENDENTS, Moved, follow
from engine.runtime.operations import CreateOne, Operation, Outcome, refused, try_operation
from engine.runtime.permissions import create_rights
from engine.runtime.record_files import keep_files
from engine.runtime.saving import Entered, prepare
from engine.runtime.versioning import Origin, number_new, traces_of
from engine.store.database import Tx, UniqueViolation
from engine.store.history import append_changes, post_notices
from engine.store.records import Record


@dataclass
class _Waiting:
    """New records that were validated and are not stored yet, with their places among the operations."""

    places: list[int] = field(default_factory=list)
    operations: list[CreateOne] = field(default_factory=list)
    values: list[Values] = field(default_factory=list)


async def apply_each(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, operations: Sequence[Operation]
) -> list[Outcome]:
    """What became of each operation, in their order; those that are refused leave nothing."""
    app, entity = call.catalog.entity(app_key, entity_key)
    work = _Work(tx, call, app, entity, {})
    is_plain = may_store_many(app, entity)
    for place, operation in enumerate(operations):
        if is_plain and isinstance(operation, CreateOne):
            await work.validate(place, operation)
        else:
            await work.flush()
            work.outcomes[place] = await work.alone(operation)
    await work.flush()
    return [work.outcomes[place] for place in range(len(operations))]


def may_store_many(app: InstalledApp, entity: AppEntity) -> bool:
    """Whether new records concern nothing but themselves: where totals count them each is stored by itself."""
    return not app.compiled.counted.get(entity.key)


@dataclass
class _Work:
    tx: Tx
    call: Call
    app: InstalledApp
    entity: AppEntity
    outcomes: dict[int, Outcome]
    waiting: _Waiting = field(default_factory=_Waiting)
    rights: Rights | None = None

    async def alone(self, operation: Operation) -> Outcome:
        return await try_operation(self.tx, self.call, self.app.key, entity_key=self.entity.key, operation=operation)

    async def validate(self, place: int, operation: CreateOne) -> None:
        """Validate a new record; one that may link to others of these is looked at again when they are stored."""
        try:
            if self.rights is None:
                self.rights = create_rights(self.call, self.app, self.entity)
            entered = Entered(operation.values, self.rights)
            written = await prepare(self.tx, self.call, self.entity, entered=entered)
        except Rejection as rejection:
            if self.waiting.places and isinstance(rejection, Problems) and self._links_to_itself():
                await self.flush()
                self.outcomes[place] = await self.alone(operation)
            else:
                self.outcomes[place] = refused(operation, rejection)
            return
        self.waiting.places.append(place)
        self.waiting.operations.append(operation)
        self.waiting.values.append(written.values)

    def _links_to_itself(self) -> bool:
        return any(link.entity == self.entity.key for link in self.entity.compiled.links.values())

    async def flush(self) -> None:
        """Store what waits: all together, or one by one where something of it is refused."""
        waiting, self.waiting = self.waiting, _Waiting()
        if not waiting.places:
            return
        origin = Origin("created", rights=self.rights)
        try:
            async with self.tx.savepoint():
                records = await number_new(
                    self.tx,
                    self.call,
                    self.entity,
                    new=[(item.id, values) for item, values in zip(waiting.operations, waiting.values, strict=True)],
                    created_by=self.call.actor_id,
                    department_id=self.call.directory.main_department(self.call.member_id),
                )
                followed = await _store_many(self.tx, self.call, self.entity, records=records, origin=origin)
        except (UniqueViolation, Rejection):
            for place, operation in zip(waiting.places, waiting.operations, strict=True):
                self.outcomes[place] = await self.alone(operation)
            return
        for place, new in zip(waiting.places, records, strict=True):
            record = followed.get(new.id, new)
            self.outcomes[place] = Outcome("created", record.id, record.version)


def chunks(operations: Sequence[Operation], size: int) -> Iterator[tuple[int, Sequence[Operation]]]:
    """The operations in parts of at most `size`, each with the place where it begins."""
    for start in range(0, len(operations), size):
        yield start, operations[start : start + size]


async def _store_many(
    tx: Tx, call: Call, entity: AppEntity, *, records: Sequence[Record], origin: Origin
) -> Mapping[str, Record]:
    """New records with history, events and files: one call of the database for each table. What others make of them
    follows; answers those that changed by it.
    """
    await entity.table.insert_many(tx, records)
    traces = [traces_of(call, entity, before=None, after=record, origin=origin) for record in records]
    await append_changes(tx, [change for change, _ in traces])
    await post_notices(tx, [notice for _, notice in traces])
    for record in records:
        await keep_files(tx, entity, record)
    moved = [Moved(None, record) for record in records]
    return await follow(tx, call, entity, moved=moved, most=MAX_DEPENDENTS, told=origin.told)
