"""Signing in and out, the person acting, API keys."""

from __future__ import annotations

import secrets

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from engine.access.predicate import Principal
from engine.api.addresses import PathId
from engine.api.answers import answer, caller_language
from engine.api.attempts import Attempts
from engine.api.bodies import KeyBody, LinkBody, PersonBody, read_body, read_open_body
from engine.api.documented import ERRORS, takes
from engine.api.middleware import SESSION_COOKIE
from engine.api.units import backend_of, change, credentials_of, run, show
from engine.runtime.backend import Backend, moment
from engine.runtime.calls import Call
from engine.runtime.sessions import (
    KEY_PREFIX,
    SESSION_DAYS,
    KeyList,
    LinkInvalid,
    Me,
    NewKey,
    create_key,
    list_own_keys,
    require_link,
    revoke_own_key,
    show_me,
    sign_in,
    sign_out,
    switch_person,
)
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["session"], responses=ERRORS)
DAY = 24 * 60 * 60
NO_CONTENT = 204
# Nobody yet: who follows a sign-in link is known only once the link was used.
NOBODY = Principal(member_id="")


def _new_token() -> str:
    return secrets.token_urlsafe(32)


@router.post("/session/link", response_model=Me, openapi_extra=takes(LinkBody))
async def use_sign_in_link(request: Request) -> Response:
    """Sign in with the token of a one-time link; sets the session cookie."""
    token = (await read_open_body(request, LinkBody)).token
    backend, session_token = backend_of(request), _new_token()
    at = moment(backend, caller_language(request))
    attempts: Attempts = request.app.state.attempts
    address = "" if request.client is None else request.client.host
    attempts.require_few(address, now=at.now)

    async def look(tx: Tx) -> None:
        await require_link(tx, token, now=at.now)

    async def unit(tx: Tx) -> Me:
        at.draws.rewind()
        around = await backend.caches.surroundings(tx)
        member_id = await sign_in(tx, at.call(backend.caches, around, NOBODY), token, session_token=session_token)
        is_admin = around.directory.members[member_id].is_admin
        return show_me(at.call(backend.caches, around, Principal(member_id, is_admin=is_admin)))

    try:
        # a guess must not wait for, or hold up, those who write
        await backend.database.read(look)
        response = answer(await backend.database.write(unit))
    except LinkInvalid:
        attempts.count_failure(address, now=at.now)
        raise
    _set_cookie(response, backend, session_token)
    return response


def _set_cookie(response: Response, backend: Backend, token: str) -> None:
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=SESSION_DAYS * DAY,
        httponly=True,
        samesite="lax",
        secure=backend.settings.public_url.startswith("https://"),
        path="/",
    )


@router.get("/session", response_model=Me)
async def show_session(request: Request) -> Response:
    """Who is signed in."""

    async def work(_tx: Tx, call: Call) -> Me:
        return show_me(call)

    return await show(request, work)


@router.post("/session/person", response_model=Me, openapi_extra=takes(PersonBody))
async def act_as(request: Request) -> Response:
    """Act as another member of a workspace with sample data; null ends it."""
    member_id = (await read_body(request, PersonBody)).member_id
    credentials = credentials_of(request)

    async def switch(tx: Tx, call: Call) -> str:
        return await switch_person(tx, call, credentials, member_id=member_id)

    await run(request, switch, is_write=True)
    return await show_session(request)


@router.delete("/session", status_code=NO_CONTENT)
async def end_session(request: Request) -> Response:
    """Sign out; fine without a session."""
    credentials = credentials_of(request)

    async def unit(tx: Tx) -> None:
        await sign_out(tx, credentials)

    if credentials.session_hash is not None:
        await backend_of(request).database.write(unit)
    response = Response(status_code=NO_CONTENT)
    response.delete_cookie(SESSION_COOKIE, path="/")
    return response


@router.get("/keys", response_model=KeyList)
async def list_keys(request: Request) -> Response:
    """API keys that the caller made or owns."""
    return await show(request, list_own_keys)


@router.post("/keys", response_model=NewKey, status_code=201, openapi_extra=takes(KeyBody))
async def make_key(request: Request) -> Response:
    """A new API key; its token is in this answer only."""
    asked = await read_body(request, KeyBody)
    token = KEY_PREFIX + _new_token()

    async def work(tx: Tx, call: Call) -> NewKey:
        return await create_key(tx, call, asked.title, token=token, member_id=asked.member_id)

    return await change(request, work, status=201)


@router.delete("/keys/{key_id}", status_code=NO_CONTENT)
async def revoke_key(request: Request, key_id: PathId) -> Response:
    """Revoke a key; it is refused from the next request on."""

    async def work(tx: Tx, call: Call) -> None:
        await revoke_own_key(tx, call, key_id)

    await run(request, work, is_write=True)
    return Response(status_code=NO_CONTENT)
