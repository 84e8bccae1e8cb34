"""Requests that a client may send again: the first answer is kept with the work it answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from engine.errors import Rejection
from engine.runtime.calls import Call
from engine.store.database import Tx
from engine.store.idempotency import Answered, find_answer, keep_answer

MAX_KEY = 200


class KeyReused(Rejection):
    """The same idempotency key with another request."""

    code = "idempotency_key_reused"
    status = 409
    zh = "幂等键已用于另一个请求"
    en = "The idempotency key was used for another request"


@dataclass(frozen=True)
class Repeatable:
    """What recognises a repetition: the route, the client's key, the hash of the body."""

    route: str
    key: str
    body_hash: str


async def once(
    tx: Tx, call: Call, repeatable: Repeatable, *, work: Callable[[], Awaitable[str]], status: int
) -> Answered:
    """The answer given before, or that of `work` (JSON text), kept in the same transaction. Raises `KeyReused`."""
    known = await find_answer(tx, call.member_id, repeatable.route, key=repeatable.key)
    if known is not None:
        if known.body_hash != repeatable.body_hash:
            raise KeyReused
        return known
    answered = Answered(repeatable.body_hash, status, await work())
    await keep_answer(tx, call.member_id, repeatable.route, key=repeatable.key, answered=answered, at=call.now)
    return answered
