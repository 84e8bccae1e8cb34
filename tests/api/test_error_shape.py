"""Every error of every route has the one shape, in the caller's language."""

from __future__ import annotations

import re
from typing import Any

import pytest

from engine.app import build_backend, create_app
from engine.settings import Settings
from engine.store.opening import open_database
from tests.world import APP, FORM, RECORDS, World

NOBODY_NEEDED = {("post", "/api/session/link"), ("delete", "/api/session")}


def documented() -> dict[str, Any]:
    found: dict[str, Any] = create_app(build_backend(Settings(), open_database("sqlite:///:memory:"))).openapi()
    return found


def assert_shape(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    error: dict[str, Any] = answer.json()["error"]
    assert set(error) == {"code", "message", "path", "params", "request_id", "errors"}
    assert error["request_id"] == answer.headers["x-request-id"]
    assert all(set(item) == {"code", "message", "path", "params"} for item in error["errors"])
    assert "{" not in error["message"]
    return error


def routes() -> list[tuple[str, str]]:
    return [(method, path) for path, item in documented()["paths"].items() for method in item]


def filled(path: str) -> str:
    known = path.replace("{app_key}", APP).replace("{form_key}", "apply").replace("{entity_key}", "proposal")
    return re.sub(r"\{[a-z_]+\}", "0" * 24, known.replace("{box}", "todo"))


async def test_signed_out_every_route_says_so(world: World) -> None:
    for method, path in routes():
        if (method, path) not in NOBODY_NEEDED:
            send: dict[str, object] = {
                "values": {},
                "member_id": None,
                "action": "approve",
                "activation": 1,
                "title": "x",
                "token": "x",
            }
            answer = await world.anyone().call(method.upper(), filled(path), None if method == "get" else {})
            if answer.status_code == 422:
                names = {error["path"][1:] for error in answer.json()["error"]["errors"]}
                part = {name: send[name] for name in names}
                answer = await world.anyone().call(method.upper(), filled(path), part, if_match='"1"')
            if answer.status_code == 428:
                answer = await world.anyone().call(method.upper(), filled(path), {"values": {}}, if_match='"1"')
            assert assert_shape(answer, 401)["code"] == "sign_in_needed", f"{method} {path}"


async def test_bad_requests_have_the_shape(world: World) -> None:
    admin = await world.person("admin")
    assert_shape(await admin.call("GET", "/api/nothing"), 404)
    assert_shape(await admin.call("PUT", "/api/session"), 405)
    assert_shape(await admin.call("GET", f"{RECORDS}/proposal/records?limit=0"), 422)
    assert_shape(await admin.call("GET", f"{RECORDS}/proposal/records?filter=x"), 422)
    assert_shape(await admin.call("GET", f"{RECORDS}/proposal/records?cursor=x"), 400)
    assert_shape(await admin.call("GET", f"{RECORDS}/nothing/records"), 404)
    assert_shape(await admin.call("GET", "/api/apps/nothing"), 404)
    assert_shape(await admin.call("GET", "/api/inbox/nothing"), 422)
    for content in (b"{", b'{"values": NaN}', b"[" * 2000, b"\xff"):
        answer = await admin.http.post(f"{FORM}/evaluate", content=content)
        assert_shape(answer, 400)
    assert_shape(await admin.http.post(f"{FORM}/evaluate", content=b"[]"), 422)
    assert_shape(await admin.http.post(f"{FORM}/evaluate", content=b" " * 3_000_000), 413)


@pytest.mark.parametrize(("language", "text"), [("zh-CN", "请先登录"), ("en", "Please sign in"), ("fr", "请先登录")])
async def test_messages_are_in_the_callers_language(world: World, language: str, text: str) -> None:
    answer = await world.anyone().call("GET", "/api/session", accept_language=language)
    assert assert_shape(answer, 401)["message"] == text


async def test_a_bug_gives_nothing_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr(world.clock, "now", broken)
    answer = await world.anyone().call("GET", "/api/session")
    assert assert_shape(answer, 500)["code"] == "internal_error"
    assert "secret" not in answer.text


async def test_answers_carry_the_headers_that_protect(world: World) -> None:
    answer = await world.anyone().call("GET", "/api/session")
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


async def test_a_page_of_another_site_changes_nothing(world: World) -> None:
    answer = await world.anyone().call(
        "POST", "/api/session/person", {}, origin="https://evil.example", cookie="formwright_session=x"
    )
    assert assert_shape(answer, 403)["code"] == "origin_refused"


def test_every_route_is_documented_with_its_errors() -> None:
    for path, item in documented()["paths"].items():
        for method, operation in item.items():
            assert operation["summary"], f"{method} {path}"
            assert "default" in operation["responses"], f"{method} {path}"


def test_native_paths_have_no_version_segment() -> None:
    assert [path for path in documented()["paths"] if re.search(r"/v\d+(/|$)", path)] == []
    assert all(path.startswith("/api/") for path in documented()["paths"])
