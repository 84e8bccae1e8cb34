"""What a process runs on, put together once: database, caches, storage, clock, ids."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.access.predicate import Principal
from engine.clock import Clock
from engine.files.storage import Storage
from engine.ids import IdSource
from engine.model.field_types.datetime import to_milliseconds
from engine.runtime.calls import OPERATOR, Call, Draws
from engine.runtime.catalog import Caches, Surroundings
from engine.settings import Settings
from engine.store.database import Database, Tx


@dataclass(frozen=True)
class Backend:
    """The parts; `caches` are the only thing that changes."""

    settings: Settings
    database: Database
    caches: Caches
    storage: Storage
    clock: Clock
    ids: IdSource


@dataclass(frozen=True)
class Moment:
    """What is drawn before a unit of work begins, so that the unit may run again."""

    now: datetime
    draws: Draws
    language: str

    def call(self, caches: Caches, around: Surroundings, principal: Principal, *, origin_id: str | None = None) -> Call:
        """The call of a person at this moment."""
        return Call(
            principal=principal,
            now=self.now,
            ids=self.draws,
            caches=caches,
            workspace=around.workspace,
            directory=around.directory,
            catalog=around.catalog,
            language=self.language,
            origin_id=origin_id,
            standings=around.standings,
        )


def moment(backend: Backend, language: str) -> Moment:
    """Now, to the millisecond, with ids to draw."""
    return Moment(to_milliseconds(backend.clock.now()), Draws(backend.ids), language)


async def operator_call(tx: Tx, backend: Backend, at: Moment, *, is_write: bool = False) -> Call:
    """The call of the operator, who may do everything. Begin each run of a unit with it."""
    at.draws.rewind()
    return at.call(backend.caches, await backend.caches.surroundings(tx, is_write=is_write), OPERATOR)
