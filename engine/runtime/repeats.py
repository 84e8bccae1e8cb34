"""Requests that a client may send again: the first answer is kept with the work it answers.

Keys are claimed before anything else is read or locked, always in the same order. Of equal requests at the same time
one does the work, and the others wait for its end and get its answer.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from engine.errors import Rejection
from engine.runtime.calls import Call
from engine.runtime.uniques import IdTaken
from engine.store.database import Tx
from engine.store.idempotency import Answered, Claim, claim, keep_answer

MAX_KEY = 200


class KeyReused(Rejection):
    """The same idempotency key with another request."""

    code = "idempotency_key_reused"
    status = 422
    zh = "幂等键已用于另一个请求"
    en = "The idempotency key was used for another request"


@dataclass(frozen=True)
class Repeatable:
    """What recognises a repetition on a route: the client's key, the record's id chosen by the client, or both."""

    route: str
    body_hash: str
    key: str | None = None
    own_id: str | None = None


async def once(
    tx: Tx, call: Call, repeatable: Repeatable, *, work: Callable[[], Awaitable[str]], status: int
) -> Answered:
    """The answer given before, or that of `work` (JSON text), kept in the same transaction.

    Raises `KeyReused` or `IdTaken` if it was given to another body.
    """
    claimed: list[Claim] = []
    answered: Answered | None = None
    for key, refusal in _keys(repeatable):
        place = Claim(call.member_id, repeatable.route, key)
        answered = await claim(tx, place, body_hash=repeatable.body_hash, at=call.now)
        if answered is None:
            claimed.append(place)
            continue
        if answered.body_hash != repeatable.body_hash:
            raise refusal
        break
    if answered is None:
        answered = Answered(repeatable.body_hash, status, await work())
    for place in claimed:
        await keep_answer(tx, place, answered)
    return answered


def _keys(repeatable: Repeatable) -> list[tuple[str, Rejection]]:
    """What is claimed, in this order, and what is said when it belongs to another body."""
    found: list[tuple[str, Rejection]] = []
    if repeatable.key is not None:
        found.append((f"key:{repeatable.key}", KeyReused()))
    if repeatable.own_id is not None:
        found.append((f"id:{repeatable.own_id}", IdTaken(path="/id", id=repeatable.own_id)))
    return found
