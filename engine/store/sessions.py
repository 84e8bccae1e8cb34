"""Sessions, one-time sign-in links and API keys; tokens are stored as hashes only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Row, Tx
from engine.store.marks import Sought


@dataclass(frozen=True)
class Session:
    """Who is signed in. `origin_id`: the admin who acts as this member."""

    member_id: str
    origin_id: str | None
    expires_at: datetime


@dataclass(frozen=True)
class ApiKey:
    """A key of a member; the token itself is not kept, `prefix` is its first characters."""

    id: str
    prefix: str
    title: str
    member_id: str
    created_by: str
    created_at: datetime
    revoked_at: datetime | None = None


async def insert_session(tx: Tx, token_hash: str, session: Session, *, at: datetime) -> None:
    """Open a session."""
    await tx.execute(
        "INSERT INTO [session] (token_hash, member_id, origin_member_id, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        token_hash, session.member_id, session.origin_id, instant_to_int(at), instant_to_int(session.expires_at),
    )  # fmt: skip


def seek_session(token_hash: str) -> Sought:
    """The session of a token, expired ones too; `session_of` reads it."""
    return Sought("member_id, origin_member_id, expires_at", "[session] ON token_hash = $1", token_hash)


def session_of(row: Row) -> Session:
    """The session that `seek_session` found."""
    return Session(row["member_id"], row["origin_member_id"], int_to_instant(row["expires_at"]))


async def set_session_member(tx: Tx, token_hash: str, *, member_id: str, origin_id: str | None) -> None:
    """Let a session act as another member, or as its own again."""
    await tx.execute(
        "UPDATE [session] SET member_id = $2, origin_member_id = $3 WHERE token_hash = $1",
        token_hash, member_id, origin_id,
    )  # fmt: skip


async def delete_session(tx: Tx, token_hash: str) -> None:
    """Sign out."""
    await tx.execute("DELETE FROM [session] WHERE token_hash = $1", token_hash)


async def delete_expired(tx: Tx, *, at: datetime) -> None:
    """Forget sessions and links that can no longer be used."""
    await tx.execute("DELETE FROM [session] WHERE expires_at < $1", instant_to_int(at))
    await tx.execute("DELETE FROM [sign_in_link] WHERE expires_at < $1", instant_to_int(at))


async def insert_link(tx: Tx, token_hash: str, *, member_id: str, at: datetime, expires_at: datetime) -> None:
    """Make a sign-in link."""
    await tx.execute(
        "INSERT INTO [sign_in_link] (token_hash, member_id, created_at, expires_at) VALUES ($1, $2, $3, $4)",
        token_hash, member_id, instant_to_int(at), instant_to_int(expires_at),
    )  # fmt: skip


async def is_usable(tx: Tx, token_hash: str, *, at: datetime) -> bool:
    """Whether there is such a link, unused and not expired."""
    row = await tx.fetch_one(
        "SELECT 1 AS found FROM [sign_in_link] WHERE token_hash = $1 AND used_at IS NULL AND expires_at >= $2",
        token_hash, instant_to_int(at),
    )  # fmt: skip
    return row is not None


async def use_link(tx: Tx, token_hash: str, *, at: datetime) -> str | None:
    """The member a link is for, if it is unused and not expired; it cannot be used again."""
    now = instant_to_int(at)
    used = await tx.execute(
        "UPDATE [sign_in_link] SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at >= $2",
        token_hash, now,
    )  # fmt: skip
    if not used:
        return None
    row = await tx.fetch_one("SELECT member_id FROM [sign_in_link] WHERE token_hash = $1", token_hash)
    return None if row is None else str(row["member_id"])


async def insert_key(tx: Tx, token_hash: str, key: ApiKey) -> None:
    """Add an API key."""
    await tx.execute(
        "INSERT INTO [api_key] (id, token_hash, prefix, title, member_id, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        key.id, token_hash, key.prefix, key.title, key.member_id, key.created_by, instant_to_int(key.created_at),
    )  # fmt: skip


def seek_key_member(token_hash: str) -> Sought:
    """As `member_id` the member whose key this is, unless it was revoked."""
    return Sought("member_id", "[api_key] ON token_hash = $1 AND revoked_at IS NULL", token_hash)


def _key(row: Row) -> ApiKey:
    revoked = row["revoked_at"]
    return ApiKey(
        id=row["id"],
        prefix=row["prefix"],
        title=row["title"],
        member_id=row["member_id"],
        created_by=row["created_by"],
        created_at=int_to_instant(row["created_at"]),
        revoked_at=None if revoked is None else int_to_instant(revoked),
    )


async def list_keys(tx: Tx, creator_id: str) -> list[ApiKey]:
    """Keys that a member made or owns, newest first."""
    rows = await tx.fetch_all(
        "SELECT id, prefix, title, member_id, created_by, created_at, revoked_at FROM [api_key]"
        " WHERE created_by = $1 OR member_id = $1 ORDER BY created_at DESC, id DESC LIMIT 200",
        creator_id,
    )
    return [_key(row) for row in rows]


async def revoke_key(tx: Tx, key_id: str, *, creator_id: str, at: datetime) -> str | None:
    """Revoke a key that the member made or owns; answers its title, None if there is none in force."""
    row = await tx.fetch_one(
        "UPDATE [api_key] SET revoked_at = $3"
        " WHERE id = $1 AND (created_by = $2 OR member_id = $2) AND revoked_at IS NULL RETURNING title",
        key_id, creator_id, instant_to_int(at),
    )  # fmt: skip
    return None if row is None else str(row["title"])
