"""Every error of every route has the one shape, in the caller's language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.routing import Route

from engine.app import METHODS, build_backend, create_app, create_routes
from engine.clock import SettableClock
from engine.settings import Settings
from engine.store.opening import open_database
from tests.world import APP, FORM, RECORDS, World

NOBODY_NEEDED = {("post", "/api/session/link"), ("delete", "/api/session")}

# a body of each kind that gets as far as the headers
SENDABLE: dict[str, object] = {
    "ActBody": {"action": "approve"},
    "CommentBody": {},
    "KeyBody": {"title": "k"},
    "PersonBody": {"member_id": None},
    "RecordBody": {"values": {}},
    "RetryBody": {"activation": 1},
    "SettingsChange": {},
    "SubmitBody": {"values": {}},
    "ValuesBody": {"values": {}},
}


@cache
def documented() -> dict[str, Any]:
    found: dict[str, Any] = create_routes().openapi()
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


def body_of(method: str, path: str) -> dict[str, Any]:
    """The media types a route takes."""
    found: dict[str, Any] = documented()["paths"][path][method].get("requestBody", {}).get("content", {})
    return found


def bad_queries() -> list[tuple[str, str, str]]:
    """For every parameter of every query a value that is too long or no number."""
    found = []
    for path, item in documented()["paths"].items():
        for parameter in item.get("get", {}).get("parameters", []):
            if parameter["in"] == "query":
                schemas = parameter["schema"].get("anyOf", [parameter["schema"]])
                longest = max(schema.get("maxLength", 0) for schema in schemas)
                found.append((path, parameter["name"], "x" * (longest + 1)))
    return found


def fits(template: str, address: str) -> bool:
    return re.fullmatch(re.sub(r"\\?\{[a-z_]+\\?\}", "[^/]+", re.escape(template)), address) is not None


def filled(path: str) -> str:
    known = path.replace("{app_key}", APP).replace("{form_key}", "apply").replace("{entity_key}", "proposal")
    return re.sub(r"\{[a-z_]+\}", "0" * 24, known.replace("{box}", "todo").replace("{calendar_key}", "cn"))


async def test_signed_out_every_route_says_so_and_nothing_else(world: World) -> None:
    for method, path in routes():
        if (method, path) not in NOBODY_NEEDED:
            for content in (None, b"{", b'{"no_such_member": 1}'):
                answer = await world.anyone().http.request(method, filled(path), content=content)
                assert assert_shape(answer, 401)["code"] == "sign_in_needed", f"{method} {path}"


async def test_signed_out_a_bad_query_is_not_looked_at(world: World) -> None:
    for path, name, value in bad_queries():
        answer = await world.anyone().http.get(filled(path), params={name: value})
        assert assert_shape(answer, 401)["code"] == "sign_in_needed", f"{path} {name}"


async def test_what_nobody_must_sign_in_for_answers_without(world: World) -> None:
    refused = await world.anyone().call("POST", "/api/session/link", {"token": "wrong"})
    assert assert_shape(refused, 401)["code"] == "link_invalid"
    assert (await world.anyone().call("DELETE", "/api/session")).status_code == 204
    assert_shape(await world.anyone().http.post("/api/session/link", content=b"{"), 400)


async def test_a_body_that_is_not_json_is_refused_by_every_route(world: World) -> None:
    admin = await world.person("admin")
    found = [(method, path) for method, path in routes() if "application/json" in body_of(method, path)]
    assert len(found) >= 10
    for method, path in found:
        answer = await admin.http.request(method, filled(path), content=b"{")
        assert assert_shape(answer, 400)["code"] == "bad_json", f"{method} {path}"


async def test_a_member_that_no_body_has_is_named_by_every_route(world: World) -> None:
    admin = await world.person("admin")
    for method, path in routes():
        if "application/json" in body_of(method, path):
            answer = await admin.http.request(method, filled(path), content=b'{"no_such_member": 1}')
            errors = assert_shape(answer, 422)["errors"]
            assert {"unknown_member", "/no_such_member"} <= {
                part for error in errors for part in (error["code"], error["path"])
            }, f"{method} {path}"


async def test_a_bad_query_is_refused_by_every_route(world: World) -> None:
    admin = await world.person("admin")
    found = bad_queries()
    assert len(found) >= 8
    for path, name, value in found:
        answer = await admin.http.get(filled(path), params={name: value})
        assert assert_shape(answer, 422)["errors"], f"{path} {name}"


async def test_a_method_that_an_address_does_not_take_is_named_with_those_it_takes(world: World) -> None:
    admin = await world.person("admin")
    templates: dict[str, set[str]] = {}
    for method, path in routes():
        templates.setdefault(path, set()).add(method.upper())
    for path in templates:
        address = filled(path)
        taken = {method for other, methods in templates.items() if fits(other, address) for method in methods}
        for method in set(METHODS) - taken - {"HEAD"}:
            answer = await admin.http.request(method, address)
            assert assert_shape(answer, 405)["code"] == "method_not_allowed", f"{method} {path}"
            assert set(answer.headers["allow"].split(", ")) == taken, f"{method} {path}"


@pytest.mark.parametrize("method", [method for method in METHODS if method != "HEAD"])
async def test_an_address_that_leads_nowhere_says_so(world: World, method: str) -> None:
    for address in ("/api/nothing", "/api/", "/api/apps/a/b/c/d", "/api/v1/apps"):
        answer = await world.anyone().http.request(method, address, content=b"{")
        assert assert_shape(answer, 404)["code"] == "not_found"


async def test_bad_requests_have_the_shape(world: World) -> None:
    admin = await world.person("admin")
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


async def test_who_asks_for_another_language_gets_that_of_the_server(
    sample_url: str, clock: SettableClock, tmp_path: Path
) -> None:
    database = open_database(sample_url)
    try:
        app = create_app(build_backend(Settings(data=tmp_path, language="en"), database, clock=clock))
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://testserver") as client:
            for language, text in (("fr", "Please sign in"), ("*", "Please sign in"), ("zh-TW", "请先登录")):
                answer = await client.get("/api/session", headers={"accept-language": language})
                assert assert_shape(answer, 401)["message"] == text
    finally:
        await database.close()


@pytest.mark.parametrize(
    ("path", "code", "zh"),
    [
        ("/api/inbox/nothing", "value_not_allowed", "应为以下之一: todo, started, handled, copied"),
        ("/api/inbox/todo?limit=0", "below_min", "不能小于 1"),
        ("/api/inbox/todo?limit=201", "above_max", "不能大于 200"),
        ("/api/inbox/todo?limit=many", "wrong_type", "应为整数"),
        (f"/api/inbox/todo?q={'x' * 101}", "text_too_long", "最多 100 个字符"),
    ],
)
async def test_what_is_wrong_with_a_query_is_said_in_the_callers_language(
    world: World, path: str, code: str, zh: str
) -> None:
    client = await world.person("admin", "zh-CN")
    (error,) = assert_shape(await client.call("GET", path), 422)["errors"]
    assert (error["code"], error["message"]) == (code, zh)


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
            assert operation["description"], f"{method} {path}"
            shape = operation["responses"]["default"]["content"]["application/json"]["schema"]
            assert shape == {"$ref": "#/components/schemas/ErrorBody"}, f"{method} {path}"


def header_names(method: str, path: str) -> set[str]:
    """The headers that a route is documented to take."""
    parameters = documented()["paths"][path][method].get("parameters", [])
    return {parameter["name"] for parameter in parameters if parameter["in"] == "header"}


async def test_the_headers_a_route_takes_are_documented(world: World) -> None:
    made = await world.submit()
    admin = await world.person("admin")
    found = set()
    for method, path in routes():
        schema = body_of(method, path).get("application/json", {}).get("schema", {}).get("$ref", "")
        content = SENDABLE.get(schema.rpartition("/")[2])
        if content is not None and "evaluate" not in path:
            address = filled(path).replace("/records/" + "0" * 24, f"/records/{made['record']['id']}")
            answer = await admin.call(method, address, content, idempotency_key="k" * 201)
            code = answer.json().get("error", {}).get("code")
            reads = {"bad_idempotency_key": {"Idempotency-Key"}, "version_missing": {"If-Match"}}
            assert header_names(method, path) == reads.get(code, set()), f"{method} {path} {code}"
            found |= header_names(method, path)
    assert found == {"Idempotency-Key", "If-Match"}
    for method in ("get", "patch"):
        answer = documented()["paths"]["/api/apps/{app_key}/entities/{entity_key}/records/{record_id}"][method]
        assert set(answer["responses"]["200"]["headers"]) == {"ETag"}


def test_only_what_monitors_and_browsers_ask_for_is_not_documented() -> None:
    app = create_routes()
    plain = {route.path for route in app.routes if isinstance(route, Route) and not route.include_in_schema}
    assert plain == {"/healthz", "/readyz", "/api/openapi.json", "/api/{rest:path}", "/{path:path}"}


def test_native_paths_have_no_version_segment() -> None:
    assert [path for path in documented()["paths"] if re.search(r"/v\d+(/|$)", path)] == []
    assert all(path.startswith("/api/") for path in documented()["paths"])
