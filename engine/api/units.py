"""Opening units of work for requests: who asks is found inside the transaction that answers him."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from typing import TypeAlias, TypeVar
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from engine.api.answers import JSON, answer, body, caller_language
from engine.api.middleware import BEARER, SESSION_COOKIE
from engine.errors import Rejection
from engine.runtime.backend import Backend, moment
from engine.runtime.calls import Call
from engine.runtime.entering import enter
from engine.runtime.repeats import MAX_KEY, Repeatable, once
from engine.runtime.sessions import Credentials, SignInNeeded, hash_token, require_person
from engine.store.database import Tx

T = TypeVar("T")
Work: TypeAlias = Callable[[Tx, Call], Awaitable[T]]
OK, CREATED = 200, 201
PERSON = "formwright-person"
# says of an answer that it was given before, to the same request
REPLAYED = "idempotent-replayed"


class BadIdempotencyKey(Rejection):
    """A key that is empty, too long or not printable."""

    code = "bad_idempotency_key"
    status = 400
    zh = "幂等键应为 1 到 {max} 个可见字符"
    en = "An idempotency key has 1 to {max} printable characters"


def backend_of(request: Request) -> Backend:
    """What the server runs on."""
    backend: Backend = request.app.state.backend
    return backend


def credentials_of(request: Request) -> Credentials:
    """What the request brings; an API key wins over a cookie."""
    header = request.headers.get("authorization", "")
    if header[: len(BEARER)].lower() == BEARER:
        return Credentials(key_hash=hash_token(header[len(BEARER) :].strip()))
    cookie = request.cookies.get(SESSION_COOKIE)
    return Credentials(session_hash=None if cookie is None else hash_token(cookie))


def require_credentials(request: Request) -> None:
    """Refuse who brings neither session nor key, before anything is said about his request. Raises `SignInNeeded`."""
    credentials = credentials_of(request)
    if credentials.session_hash is None and credentials.key_hash is None:
        raise SignInNeeded


async def run(request: Request, work: Work[T], *, is_write: bool) -> T:
    """One unit of work in the caller's name. Raises `SignInNeeded`, `KeyInvalid`, `PersonChanged`, what `work` raises.

    The header `Formwright-Person` says for which member the request was made: a tab that was not told of a change of
    person must not act as the next one.
    """
    backend = backend_of(request)
    credentials = credentials_of(request)
    at = moment(backend, caller_language(request))

    async def unit(tx: Tx) -> T:
        at.draws.rewind()
        around, actor = await enter(tx, backend.caches, credentials, now=at.now, is_write=is_write)
        call = at.call(backend.caches, around, actor.principal, origin_id=actor.origin_id)
        require_person(call, request.headers.get(PERSON))
        return await work(tx, call)

    if is_write:
        return await backend.database.write(unit)
    return await backend.database.read(unit)


async def show(request: Request, work: Work[object]) -> Response:
    """The answer of a reading unit."""
    return answer(await run(request, work, is_write=False))


async def change(request: Request, work: Work[object], *, status: int = 200) -> Response:
    """The answer of a writing unit."""
    return answer(await run(request, work, is_write=True), status=status)


def idempotency_key(request: Request, *, room: int = 0) -> str | None:
    """The key by which the client marks the request, if any; `room`: for what is added. Raises `BadIdempotencyKey`."""
    key = request.headers.get("idempotency-key")
    if key is not None and not (1 <= len(key) <= MAX_KEY - room and key.isprintable()):
        raise BadIdempotencyKey(max=MAX_KEY - room)
    return key


async def create(request: Request, work: Work[object], *, own_id: str | None = None, status: int = CREATED) -> Response:
    """The answer of a writing unit that may be sent again.

    The header `Idempotency-Key` and an id that the client chose recognise a repetition, each by itself.
    """
    key = idempotency_key(request)
    if key is None and own_id is None:
        return await change(request, work, status=status)
    content = await request.body()
    repeatable = Repeatable(
        route=f"{request.method} {quote(request.scope['path'])}",
        body_hash=hashlib.sha256(content).hexdigest(),
        key=key,
        own_id=own_id,
    )

    async def kept(tx: Tx, call: Call) -> Response:
        async def text() -> str:
            return body(await work(tx, call)).decode()

        answered = await once(tx, call, repeatable, work=text, status=status)
        headers = {REPLAYED: "true"} if answered.is_replay else None
        return Response(answered.answer, status_code=answered.status, headers=headers, media_type=JSON)

    return await run(request, kept, is_write=True)


def once_for(
    request: Request, text: Callable[[Tx, Call], Awaitable[str]], *, key: str | None, content: bytes
) -> Work[tuple[str, bool]]:
    """A part of a request that may be sent again, with its own key and the content by which it is recognised: its
    answer, and whether it was given before.
    """
    repeatable = Repeatable(
        route=f"{request.method} {quote(request.scope['path'])}",
        body_hash=hashlib.sha256(content).hexdigest(),
        key=key,
    )

    async def work(tx: Tx, call: Call) -> tuple[str, bool]:
        async def inner() -> str:
            return await text(tx, call)

        answered = await once(tx, call, repeatable, work=inner, status=OK)
        return answered.answer, answered.is_replay

    return work
