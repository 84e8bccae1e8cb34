"""Answers of requests that may be repeated, kept with the transaction that they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from engine.store.columns import instant_to_int
from engine.store.database import Tx


@dataclass(frozen=True)
class Answered:
    """A stored answer: the hash of the request's body, HTTP status, JSON text."""

    body_hash: str
    status: int
    answer: str


async def find_answer(tx: Tx, principal_id: str, route: str, *, key: str) -> Answered | None:
    """The answer given to this key before."""
    row = await tx.fetch_one(
        "SELECT body_hash, status, answer FROM [idempotency] WHERE principal_id = $1 AND route = $2 AND key = $3",
        principal_id, route, key,
    )  # fmt: skip
    return None if row is None else Answered(row["body_hash"], row["status"], row["answer"])


async def keep_answer(tx: Tx, principal_id: str, route: str, *, key: str, answered: Answered, at: datetime) -> None:
    """Remember the answer; raises `UniqueViolation` when another transaction was first."""
    await tx.execute(
        "INSERT INTO [idempotency] (principal_id, route, key, body_hash, status, answer, at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        principal_id, route, key, answered.body_hash, answered.status, answered.answer, instant_to_int(at),
    )  # fmt: skip
