"""Answers of requests that may be repeated, kept with the transaction that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.store.columns import instant_to_int
from engine.store.database import Tx


@dataclass(frozen=True)
class Answered:
    """A stored answer: the hash of the request's body, HTTP status, JSON text. `is_replay`: it was given before."""

    body_hash: str
    status: int
    answer: str
    is_replay: bool = False


@dataclass(frozen=True)
class Claim:
    """What recognises a repetition: who asks, the route, a key."""

    principal_id: str
    route: str
    key: str


async def claim(tx: Tx, place: Claim, *, body_hash: str, at: datetime) -> Answered | None:
    """Take the key for this transaction, or the answer that another one gave to it.

    While another transaction holds the key this waits for its end: after a commit its answer is there, after a
    rollback the key is free.
    """
    taken = await tx.execute(
        "INSERT INTO [idempotency] (principal_id, route, key, body_hash, status, answer, at)"
        " VALUES ($1, $2, $3, $4, 0, '', $5) ON CONFLICT (principal_id, route, key) DO NOTHING",
        place.principal_id, place.route, place.key, body_hash, instant_to_int(at),
    )  # fmt: skip
    return None if taken else await _find(tx, place)


async def _find(tx: Tx, place: Claim) -> Answered | None:
    row = await tx.fetch_one(
        "SELECT body_hash, status, answer FROM [idempotency] WHERE principal_id = $1 AND route = $2 AND key = $3",
        place.principal_id, place.route, place.key,
    )  # fmt: skip
    return None if row is None else Answered(row["body_hash"], row["status"], row["answer"], is_replay=True)


async def keep_answer(tx: Tx, place: Claim, answered: Answered) -> None:
    """Put the answer where the key was claimed."""
    await tx.execute(
        "UPDATE [idempotency] SET status = $4, answer = $5 WHERE principal_id = $1 AND route = $2 AND key = $3",
        place.principal_id, place.route, place.key, answered.status, answered.answer,
    )  # fmt: skip
