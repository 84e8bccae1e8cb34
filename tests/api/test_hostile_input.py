"""Input that no honest client sends: refused with a plain error, and nothing of it is stored."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from engine import app as composition
from engine.commands.context import run_on
from engine.runtime.calls import Call
from engine.store.database import Tx
from engine.store.drafts import Draft, save_draft
from tests.world import APP, FORM, RECORDS, Client, World, refusal

PROJECTS = f"{RECORDS}/project/records"
ID = "0" * 24
# where the fault lies in {"values": …}, its code
BAD_VALUES = [
    (rb'{"name": "a\u0000b"}', "/values/name", "json_bad_character"),
    (rb'{"kind": "\ud800"}', "/values/kind", "json_bad_character"),
    (rb'{"goals": ["\udfff\ud800"]}', "/values/goals/0", "json_bad_character"),
    (rb'{"x\ud800": 1}', "/values", "json_bad_character"),
    (rb'{"a\u0000": 1}', "/values", "json_bad_character"),
    (b'{"budget": 1e99999999999999999999}', "/values/budget", "json_number_too_long"),
    (b'{"budget": -1e-99999999999999999999}', "/values/budget", "json_number_too_long"),
    (b'{"budget": 1e999}', "/values/budget", "json_number_too_long"),
    (b'{"budget": ' + b"9" * 41 + b"}", "/values/budget", "json_number_too_long"),
    (b'{"budget": ' + b"9" * 5000 + b"}", "/values/budget", "json_number_too_long"),
    (b'{"budget": NaN}', "/values/budget", "json_not_finite"),
    (b'{"__proto__": {"x": 1}}', "/values/__proto__", "json_reserved_member"),
    (b'{"lines": [{"constructor": 1}]}', "/values/lines/0/constructor", "json_reserved_member"),
    (b'{"name": "a", "name": "b"}', "/values/name", "json_duplicate_member"),
    (b"[" * 50 + b"]" * 50, "/values" + "/0" * 31, "json_too_deep"),
    (b'{"name": "a\xed\xa0\x80"}', "", "json_not_utf8"),
]


# every route that takes text of its own, with a body around one text
BODIES = [
    ("POST", "/api/keys", '{"title": TEXT}'),
    ("PATCH", "/api/workspace", '{"title": TEXT}'),
    ("POST", "/api/session/link", '{"token": TEXT}'),
    ("POST", f"{FORM}/drafts", '{"values": {"name": TEXT}}'),
    ("PUT", f"/api/drafts/{ID}", '{"values": {"name": TEXT}}'),
    ("POST", f"{FORM}/submissions", '{"values": {}, "comment": TEXT}'),
    ("POST", f"{FORM}/evaluate", '{"values": {"kind": TEXT}}'),
    ("POST", PROJECTS, '{"values": {"name": TEXT}}'),
    ("POST", f"/api/tasks/{ID}/act", '{"action": "approve", "comment": TEXT}'),
    ("POST", f"/api/instances/{ID}/withdraw", '{"comment": TEXT}'),
]


@pytest.mark.parametrize(("values", "path", "code"), BAD_VALUES)
@pytest.mark.parametrize("place", [f"{FORM}/drafts", f"{FORM}/evaluate", f"{FORM}/submissions", PROJECTS])
async def test_values_that_cannot_be_kept_are_refused_with_their_place(
    world: World, place: str, values: bytes, path: str, code: str
) -> None:
    admin = await world.person("admin")
    answer = await admin.http.post(place, content=b'{"values": ' + values + b"}")
    errors = refusal(answer, 400, "bad_json")["errors"]
    assert (errors[0]["path"], errors[0]["code"]) == (path, code)
    assert (await admin.get("/api/drafts"))["items"] == []


@pytest.mark.parametrize(("method", "path", "body"), BODIES)
async def test_every_text_of_a_body_is_looked_at(world: World, method: str, path: str, body: str) -> None:
    admin = await world.person("admin")
    for text in (r'"a\u0000b"', r'"a\ud800b"', '"a\x00b"'):
        answer = await admin.http.request(method, path, content=body.replace("TEXT", text).encode())
        refusal(answer, 400, "bad_json")


async def test_characters_that_only_look_bad_are_kept(world: World) -> None:
    admin = await world.person("admin")
    for escaped, text in (("\\ud83d\\ude00 \\ud842\\udfb7", "😀 𠮷"), ("\\\\u0000 \\\\ud800", "\\u0000 \\ud800")):
        answer = await admin.http.post(PROJECTS, content=b'{"values": {"name": "%s"}}' % escaped.encode())
        assert answer.json()["values"]["name"] == text, answer.text


async def test_a_large_body_is_refused_as_a_small_one_is(world: World) -> None:
    admin = await world.person("admin")
    padding = "x" * 100_000
    for fault in (r'"\u0000"', r'"\ud800"', "1e99999999999999999999", "9" * 50, '{"a":1,"a":2}', '{"prototype":1}'):
        content = f'{{"values": {{"name": "{padding}", "goal": {fault}}}}}'
        refusal(await admin.http.post(f"{FORM}/drafts", content=content.encode()), 400, "bad_json")


async def test_a_number_of_many_digits_is_left_to_its_field(world: World) -> None:
    admin = await world.person("admin")
    for number in (b"1234567890123456", b"0.12345678901234567", b"1" * 40, b"1e40"):
        answer = await admin.http.post(PROJECTS, content=b'{"values": {"name": "n", "budget": ' + number + b"}}")
        error = refusal(answer, 422, "invalid")
        assert [item["path"] for item in error["errors"]] == ["/budget"]


async def test_a_draft_keeps_a_number_of_many_digits_as_text(world: World) -> None:
    admin = await world.person("admin")
    long = "123456789012345678901234567890"
    content = f'{{"values": {{"days": {long}, "few": 12, "part": 0.12345678901234567, "flag": true}}}}'
    draft = (await admin.http.post(f"{FORM}/drafts", content=content.encode())).json()
    assert draft["values"] == {"days": long, "few": 12, "part": "0.12345678901234567", "flag": True}
    assert (await admin.get("/api/drafts"))["items"] == [draft]


async def test_a_draft_that_was_stored_with_such_a_number_can_be_opened(world: World) -> None:
    applicant = await world.person("zhang.wei")

    async def work(tx: Tx, call: Call) -> None:
        values: dict[str, Any] = {"days": 10**30, "few": 12}
        application_id = call.catalog.app(APP).id
        await save_draft(tx, Draft(ID, world.members["zhang.wei"], application_id, "apply", values, call.now))

    await run_on(world.backend, work, is_write=True)
    (draft,) = (await applicant.get("/api/drafts"))["items"]
    assert draft["values"] == {"days": "1" + "0" * 30, "few": 12}


@pytest.mark.parametrize("name", ["a%00b", "%00", "x", ID + "0", ID[1:] + "G", "%ff%fe", "'%22--"])
async def test_an_id_that_cannot_be_one_leads_nowhere(world: World, name: str) -> None:
    admin = await world.person("admin")
    asked: list[tuple[str, str, object]] = [
        ("GET", f"{PROJECTS}/{name}", None),
        ("GET", f"{PROJECTS}/{name}/history", None),
        ("GET", f"{PROJECTS}/{name}/instances", None),
        ("PATCH", f"{PROJECTS}/{name}", {"values": {}}),
        ("GET", f"/api/tasks/{name}", None),
        ("POST", f"/api/tasks/{name}/act", {"action": "approve"}),
        ("GET", f"/api/instances/{name}", None),
        ("POST", f"/api/instances/{name}/read", {}),
        ("POST", f"/api/instances/{name}/withdraw", {}),
        ("POST", f"/api/instances/{name}/retry", {"activation": 1}),
        ("GET", f"/api/drafts/{name}", None),
        ("PUT", f"/api/drafts/{name}", {"values": {}}),
        ("DELETE", f"/api/drafts/{name}", None),
        ("GET", f"/api/files/{name}", None),
        ("DELETE", f"/api/keys/{name}", None),
    ]
    for method, path, send in asked:
        answer = await admin.call(method, path, send, idempotency_key="k", if_match='"1"')
        refusal(answer, 404, "not_found")
        refusal(await world.anyone().call(method, path, send), 401, "sign_in_needed")


@pytest.mark.parametrize("name", ["a%00b", "%ff", "%23x", "%3Fx", "x" * 300])
async def test_a_key_that_cannot_be_one_is_unknown(world: World, name: str) -> None:
    admin = await world.person("admin")
    asked: list[tuple[str, str, object]] = [
        ("GET", f"/api/apps/{name}", None),
        ("GET", f"/api/apps/{APP}/forms/{name}", None),
        ("POST", f"/api/apps/{APP}/forms/{name}/submissions", {"values": {}}),
        ("POST", f"/api/apps/{APP}/forms/{name}/drafts", {"values": {}}),
        ("POST", f"{RECORDS}/{name}/records", {"values": {}}),
        ("GET", f"{RECORDS}/{name}/records", None),
    ]
    for method, path, send in asked:
        answer = await admin.call(method, path, send, idempotency_key="k")
        assert answer.status_code == 404, f"{path} {answer.text}"


def cursor(content: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(content).encode()).decode().rstrip("=")


async def bad_queries(client: Client) -> list[tuple[str, int]]:
    """Addresses with the status that each deserves."""
    first = (await client.get(f"{PROJECTS}?limit=1"))["next"]
    order = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))[0]
    at = "2026-03-02T01:00:00+00:00"
    return [
        ("/api/inbox/todo?q=a%00b", 422),
        (f"/api/inbox/todo?cursor={cursor([at, 'a' + chr(0)])}", 400),
        (f"/api/inbox/todo?cursor={cursor([at, chr(0xD800)])}", 400),
        (f"/api/inbox/todo?cursor={cursor(['0001-01-01T00:00:00+14:00', ID])}", 200),
        (f"/api/inbox/todo?cursor={cursor(['9999-12-31T23:59:59-14:00', ID])}", 200),
        (f"/api/inbox/todo?cursor={cursor([1, 2])}", 400),
        (f"/api/inbox/todo?cursor={cursor({'a': 1, 'b': 2})}", 400),
        ("/api/inbox/todo?cursor=%00", 400),
        ("/api/inbox/todo?cursor=%E4%BD%A0", 400),
        ("/api/audit?cursor=a%00", 422),
        ("/api/audit?cursor=nothing", 422),
        ("/api/audit?limit=99999999999999999999999", 422),
        (f"{PROJECTS}?cursor={cursor([order, ['a' + chr(0)]])}", 400),
        (f"{PROJECTS}?cursor={cursor([order, [chr(0xD800)]])}", 400),
        (f"{PROJECTS}?cursor={cursor([order, [ID]])}", 200),
        (f"{PROJECTS}?view=%00", 404),
        (f"{PROJECTS}?sort=%00", 422),
        *((f"{PROJECTS}?filter={quote(text)}", status) for text, status in BAD_FILTERS),
    ]


BAD_FILTERS = [
    (r'{"field": "name", "op": "eq", "value": "a\u0000b"}', 422),
    (r'{"field": "name", "op": "contains", "value": "a\u0000b"}', 422),
    (r'{"field": "name", "op": "eq", "value": "\ud800"}', 422),
    (r'{"field": "na\u0000me", "op": "eq", "value": "a"}', 422),
    (r'{"field": "id", "op": "eq", "value": "a\u0000"}', 422),
    (r'{"field": "owner", "op": "eq", "value": "a\u0000"}', 422),
    (r'{"field": "kind", "op": "eq", "value": "a\u0000"}', 422),
    ('{"field": "budget", "op": "eq", "value": 1e99999999999999999999}', 422),
    ('{"field": "budget", "op": "eq", "value": ' + "9" * 5000 + "}", 422),
    ('{"field": "budget", "op": "eq", "value": ' + "9" * 30 + "}", 422),
    ('{"field": "budget", "op": "in", "value": [NaN]}', 422),
    ('{"not": ' * 900 + "1" + "}" * 900, 422),
]


async def test_queries_that_no_list_gave_out_are_refused(world: World) -> None:
    admin = await world.person("admin")
    await admin.post(PROJECTS, {"values": {"name": "one"}})
    for path, status in await bad_queries(admin):
        answer = await admin.call("GET", path)
        assert answer.status_code == status, f"{path}: {answer.status_code} {answer.text[:300]}"


async def test_an_upload_that_is_no_form_is_refused(world: World) -> None:
    admin = await world.person("admin")
    named = b'--b\r\nContent-Disposition: form-data; name="file"; filename="%s"\r\n\r\nx\r\n--b--\r\n'
    for content, kind in (
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary="),
        (b"--b\r\n\x00\x00", "multipart/form-data; boundary=b"),
        (b"{}", "application/json"),
        (b"", ""),
    ):
        answer = await admin.http.post("/api/files", content=content, headers={"content-type": kind})
        assert 400 <= answer.status_code < 500, f"{kind} {answer.text}"
    for charset in ("undefined", "punycode", "idna", "rot13", "nothing"):
        kind = f"multipart/form-data; boundary=b; charset={charset}"
        answer = await admin.http.post("/api/files", content=named % b"\xe8.txt", headers={"content-type": kind})
        assert answer.status_code < 500, f"{kind} {answer.text}"
    for name in (b"a\x00b.txt", b"\xff\xfe.txt", b"..\\..\\x", b"a" * 400):
        headers = {"content-type": "multipart/form-data; boundary=b"}
        answer = await admin.http.post("/api/files", content=named % name, headers=headers)
        assert answer.status_code < 500, f"{name!r} {answer.text}"


async def test_addresses_of_the_page_that_no_file_can_have_get_the_page(
    world: World, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text("the page", encoding="utf-8")
    monkeypatch.setattr(composition, "find_page", lambda: tmp_path)
    for path in ("/ok", "/a%00b", "/" + "a" * 300, "/" + "a/" * 3000, "/..%2f..%2fetc/passwd", "/%ff"):
        answer = await world.anyone().call("GET", path)
        assert (answer.status_code, answer.text) == (200, "the page"), path
    assert (await world.anyone().call("GET", "/assets/a%00b")).status_code == 404
