"""Who makes a request, found in the transaction that answers it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.access.grants import principal_of
from engine.access.predicate import Principal
from engine.runtime.catalog import Caches, Surroundings
from engine.runtime.sessions import Credentials, KeyInvalid, SignInNeeded
from engine.store.database import Tx
from engine.store.marks import Sought, marks_beside
from engine.store.sessions import seek_key_member, seek_session, session_of


@dataclass(frozen=True)
class Actor:
    """Who asks. `origin_id`: the admin who acts in his place."""

    principal: Principal
    origin_id: str | None = None


async def enter(
    tx: Tx, caches: Caches, credentials: Credentials, *, now: datetime, is_write: bool
) -> tuple[Surroundings, Actor]:
    """What a request stands on, and who makes it: one statement. Raises `SignInNeeded`, `KeyInvalid`."""
    sought = _sought(credentials)
    if sought is None:
        raise SignInNeeded
    marks, row = await marks_beside(tx, sought, is_write=is_write)
    around = await caches.surroundings(tx, marks=marks)
    member_id: str | None = None
    origin_id: str | None = None
    if row is not None and credentials.key_hash is not None:
        member_id = row["member_id"]
    elif row is not None:
        session = session_of(row)
        if session.expires_at > now:
            member_id, origin_id = session.member_id, session.origin_id
    principal = None if member_id is None else principal_of(around.directory, member_id)
    if principal is None and credentials.key_hash is not None:
        raise KeyInvalid
    if principal is None or not _origin_holds(around, origin_id):
        raise SignInNeeded
    return around, Actor(principal, origin_id)


def _sought(credentials: Credentials) -> Sought | None:
    if credentials.key_hash is not None:
        return seek_key_member(credentials.key_hash)
    return None if credentials.session_hash is None else seek_session(credentials.session_hash)


def _origin_holds(around: Surroundings, origin_id: str | None) -> bool:
    """An admin who lost his rights, or a workspace that lost its sample, ends acting as others at once."""
    if origin_id is None:
        return True
    origin = around.directory.members.get(origin_id)
    return around.workspace.has_sample and origin is not None and origin.is_active and origin.is_admin
