"""What holds for every request: where it comes from, what kind of body it brings, what is logged; guesses of links."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta

import pytest

from engine.api.attempts import MAX_ADDRESSES, Attempts, TooManyAttempts
from engine.clock import SettableClock
from engine.commands.context import run_on
from engine.runtime.calls import Call
from engine.runtime.sessions import create_link
from engine.store.database import Tx
from tests.world import World, refusal

LINK = "/api/session/link"
FOREIGN = ("http://evil.example", "http://testserver.evil.example", "null", "http://[::1", "http://", "x", "")


async def link_for(world: World, account: str) -> str:
    token = secrets.token_urlsafe(16)

    async def work(tx: Tx, call: Call) -> None:
        await create_link(tx, call, world.members[account], token=token)

    await run_on(world.backend, work, is_write=True)
    return token


async def test_a_page_of_another_site_cannot_sign_anybody_in(world: World) -> None:
    send = {"token": await link_for(world, "zhang.wei")}
    for origin in FOREIGN:
        answer = await world.anyone().call("POST", LINK, send, origin=origin)
        refusal(answer, 403, "origin_refused")
        assert "set-cookie" not in answer.headers
    answer = await world.anyone().call("POST", LINK, send, origin="http://testserver")
    assert answer.status_code == 200, answer.text


async def test_a_page_of_another_site_cannot_act_with_a_session(world: World) -> None:
    client = world.anyone()
    await client.post(LINK, {"token": await link_for(world, "admin")})
    for origin in FOREIGN:
        refusal(await client.call("PATCH", "/api/workspace", {"title": "Theirs"}, origin=origin), 403, "origin_refused")
    await client.patch("/api/workspace", {"title": "Ours"}, origin="http://testserver")


async def test_a_key_may_be_used_from_anywhere(world: World) -> None:
    admin = await world.person("admin")
    await admin.patch("/api/workspace", {"title": "Ours"}, origin="http://tool.example", content_type="text/plain")


async def test_without_a_key_a_body_is_json(world: World) -> None:
    client, send = world.anyone(), {"token": await link_for(world, "admin")}
    for kind in ("text/plain", "text/plain; x=application/json", "multipart/form-data; boundary=b", ""):
        refusal(await client.call("POST", LINK, send, content_type=kind), 415, "json_expected")
    await client.post(LINK, send, content_type="Application/JSON; charset=utf-8")


async def test_a_body_that_a_program_calls_a_form_is_read_as_json(world: World) -> None:
    kind, client = "application/x-www-form-urlencoded", world.anyone()
    await client.post(LINK, {"token": await link_for(world, "admin")}, content_type=kind)
    answer = await client.http.patch("/api/workspace", content=b"%7B%22title%22=", headers={"content-type": kind})
    refusal(answer, 400, "bad_json")


async def test_a_path_writes_no_lines_of_its_own_into_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="formwright.access"):
        await world.anyone().call("GET", "/x%0a2026-01-01%20INFO%20forged%1b[2J%e2%80%a8%c2%85y")
    (message,) = [record.getMessage() for record in caplog.records if record.name == "formwright.access"]
    assert message.isprintable()
    assert "%0A2026-01-01" in message


async def test_after_twenty_failures_an_address_has_to_wait(world: World) -> None:
    client, good = world.anyone(), await link_for(world, "zhang.wei")
    for number in range(20):
        refusal(await client.call("POST", LINK, {"token": f"guess-{number}"}), 401, "link_invalid")
    for token in ("guess", good):
        answer = await client.call("POST", LINK, {"token": token}, accept_language="en")
        error = refusal(answer, 429, "too_many_attempts")
        assert answer.headers["retry-after"] == "600" == str(error["params"]["seconds"])
    await (await world.person("zhang.wei")).get("/api/session")
    world.clock.advance(timedelta(minutes=10))
    await client.post(LINK, {"token": good})


def test_failures_are_counted_by_address_in_a_window_of_time(clock: SettableClock) -> None:
    attempts, now = Attempts(), clock.now()
    for _ in range(20):
        attempts.require_few("2001:db8::1", now=now)
        attempts.count_failure("2001:db8::1", now=now)
    with pytest.raises(TooManyAttempts):
        attempts.require_few("2001:db8::2", now=now)
    attempts.require_few("2001:db8:0:1::1", now=now)
    attempts.count_failure("2001:db8::1", now=now + timedelta(minutes=11))
    attempts.require_few("2001:db8::1", now=now + timedelta(minutes=11))
    for number in range(MAX_ADDRESSES + 5):
        attempts.count_failure(f"host-{number}", now=now)
    assert len(attempts._failures) == MAX_ADDRESSES
