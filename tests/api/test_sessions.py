"""Signing in by a link, acting as another person, API keys, settings, audit: over the API on both databases."""

from __future__ import annotations

import secrets
from datetime import timedelta

from engine.commands.context import run_on
from engine.model.base import Translated
from engine.runtime.calls import Call
from engine.runtime.people import create_admin
from engine.runtime.samples import remove_sample
from engine.runtime.sessions import create_link, hash_token
from engine.store.database import Tx
from engine.store.sessions import ApiKey, insert_key
from tests.world import APP, Client, World, refusal


async def link_for(world: World, account: str) -> str:
    token = secrets.token_urlsafe(16)

    async def work(tx: Tx, call: Call) -> None:
        await create_link(tx, call, world.members[account], token=token)

    await run_on(world.backend, work, is_write=True)
    return token


async def signed_in(world: World, account: str) -> Client:
    client = world.anyone(accept_language="en")
    answer = await client.call("POST", "/api/session/link", {"token": await link_for(world, account)})
    assert answer.status_code == 200, answer.text
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    return client


async def test_a_link_signs_in_once(world: World) -> None:
    token = await link_for(world, "zhang.wei")
    client = world.anyone()
    me = (await client.call("POST", "/api/session/link", {"token": token})).json()
    assert me["member"]["account"] == "zhang.wei"
    assert me["can_switch"] is False
    assert (await client.get("/api/session"))["member"]["account"] == "zhang.wei"
    refusal(await world.anyone().call("POST", "/api/session/link", {"token": token}), 401, "link_invalid")


async def test_a_link_and_a_session_expire(world: World) -> None:
    late = await link_for(world, "zhang.wei")
    client = await signed_in(world, "zhang.wei")
    world.clock.advance(timedelta(hours=25))
    refusal(await world.anyone().call("POST", "/api/session/link", {"token": late}), 401, "link_invalid")
    await client.get("/api/session")
    world.clock.advance(timedelta(days=14))
    refusal(await client.call("GET", "/api/session"), 401, "sign_in_needed")


async def test_signing_out_ends_the_session(world: World) -> None:
    client = await signed_in(world, "zhang.wei")
    cookies = dict(client.http.cookies)
    assert (await client.call("DELETE", "/api/session")).status_code == 204
    other = world.anyone(cookie="; ".join(f"{name}={value}" for name, value in cookies.items()))
    refusal(await other.call("GET", "/api/session"), 401, "sign_in_needed")


async def test_the_admin_acts_as_others_and_the_audit_says_so(world: World) -> None:
    admin = await signed_in(world, "admin")
    me = await admin.post("/api/session/person", {"member_id": world.members["wang.fang"]})
    assert (me["member"]["account"], me["origin"]["account"], me["can_switch"]) == ("wang.fang", "admin", True)
    refusal(await admin.call("GET", "/api/audit"), 403, "admins_only")
    instance_id = (await world.submit())["instance"]["id"]
    todo = (await admin.get("/api/inbox/todo"))["items"]
    task = next(item["task_id"] for item in todo if item["instance_id"] == instance_id)
    await admin.post(f"/api/tasks/{task}/act", {"action": "approve"})
    await admin.post("/api/session/person", {"member_id": None})
    found = [
        (entry["action"], entry["actor_id"], entry["origin_id"]) for entry in (await admin.get("/api/audit"))["items"]
    ]
    head, boss = world.members["wang.fang"], world.members["admin"]
    assert ("task.approve", head, boss) in found
    assert ("session.switch", boss, None) in found


async def test_the_audit_says_who_did_what_to_what(world: World) -> None:
    member, admin = await signed_in(world, "zhang.wei"), await signed_in(world, "admin")
    key = (await member.post("/api/keys", {"title": "Reports"}))["key"]["id"]
    await member.call("DELETE", f"/api/keys/{key}")
    made = await world.submit(name="Audited")
    await world.act("wang.fang", made["instance"]["id"])
    applicant, head = world.members["zhang.wei"], world.members["wang.fang"]
    found = {
        (entry["action"], entry["actor_id"], entry["target_id"]): entry["details"]
        for entry in (await admin.get("/api/audit"))["items"]
    }
    assert ("session.sign_in", applicant, applicant) in found
    assert found["key.create", applicant, key]["title"] == "Reports"
    assert found["key.revoke", applicant, key]["title"] == "Reports"
    submitted = found["form.submit", applicant, made["record"]["id"]]
    approved = found["task.approve", head, made["instance"]["id"]]
    assert (submitted["app"], submitted["entity"], submitted["form_key"]) == (APP, "proposal", "apply")
    assert (approved["app"], approved["entity"], approved["record_id"]) == (APP, "proposal", made["record"]["id"])
    assert submitted["title"] == approved["title"]
    assert submitted["title"].endswith("Audited")


async def test_only_the_admin_acts_as_others_and_only_with_sample_data(world: World) -> None:
    member = await signed_in(world, "zhang.wei")
    send = {"member_id": world.members["wang.fang"]}
    refusal(await member.call("POST", "/api/session/person", send), 403, "no_switching")
    admin = await signed_in(world, "admin")
    await admin.post("/api/session/person", send)
    await run_on(world.backend, remove_sample, is_write=True)
    me = await admin.get("/api/session")
    assert (me["member"]["account"], me["can_switch"], me["workspace"]["has_sample"]) == ("admin", False, False)
    refusal(await admin.call("POST", "/api/session/person", {"member_id": me["member"]["id"]}), 403, "no_switching")
    refusal(await member.call("GET", "/api/session"), 401, "sign_in_needed")


async def test_a_revoked_key_is_refused_from_the_next_request_on(world: World) -> None:
    member = await signed_in(world, "zhang.wei")
    made = await member.post("/api/keys", {"title": "Reports"})
    assert made["token"].startswith(made["key"]["prefix"])
    client = world.anyone(authorization=f"Bearer {made['token']}")
    assert (await client.get("/api/session"))["member"]["account"] == "zhang.wei"
    listed = (await member.get("/api/keys"))["items"]
    assert made["token"] not in str(listed)
    await member.call("DELETE", f"/api/keys/{made['key']['id']}")
    refused = refusal(await client.call("GET", "/api/session"), 401, "key_invalid")
    assert refused["message"] == "API 密钥无效或已吊销"


async def test_a_request_for_somebody_else_than_the_present_person_does_nothing(world: World) -> None:
    admin = await signed_in(world, "admin")
    mine = {"formwright-person": world.members["zhang.wei"]}
    await admin.post("/api/session/person", {"member_id": world.members["zhang.wei"]})
    path, send = f"/api/apps/{APP}/forms/apply/submissions", {"values": world.proposal(name="From the stale tab")}
    assert (await admin.http.get("/api/inbox/todo", headers=mine)).status_code == 200
    await admin.post("/api/session/person", {"member_id": world.members["he.jie"]})
    for answer in (
        await admin.http.post(path, json=send, headers=mine),
        await admin.http.get("/api/inbox/todo", headers=mine),
    ):
        told = refusal(answer, 409, "person_changed")["message"]
        assert told == "此页面属于另一位人员: 您现在的身份是 何洁, 请求未执行"
    assert "stale" not in str(await admin.get("/api/inbox/started?limit=200"))
    await admin.post("/api/session/person", {"member_id": world.members["zhang.wei"]})
    assert (await admin.http.post(path, json=send, headers=mine)).status_code == 201


async def hire(world: World, account: str) -> str:
    """A real person, by id."""

    async def work(tx: Tx, call: Call) -> str:
        return (await create_admin(tx, call, account, name=Translated(zh_cn="真人", en="Real"))).id

    return await run_on(world.backend, work, is_write=True)


async def test_nobody_makes_a_key_for_a_real_person_but_that_person(world: World) -> None:
    real = await hire(world, "real")
    admin = await signed_in(world, "admin")
    asked = {"title": "Spare key", "member_id": real}
    refusal(await admin.call("POST", "/api/keys", asked), 403, "not_allowed")
    await admin.post("/api/session/person", {"member_id": real})
    refusal(await admin.call("POST", "/api/keys", {"title": "Spare key"}), 403, "not_allowed")
    refusal(await admin.call("POST", "/api/keys", asked), 403, "not_allowed")
    world.members = {**world.members, "real": real}
    made = await (await signed_in(world, "real")).post("/api/keys", {"title": "My own"})
    assert (made["key"]["member_id"], made["key"]["created_by"]) == (real, real)


async def test_keys_of_the_sample_end_with_it(world: World) -> None:
    admin, real = await signed_in(world, "admin"), await hire(world, "real")
    asked = {"title": "Play", "member_id": world.members["wang.fang"]}
    direct = (await admin.post("/api/keys", asked))["token"]
    own = (await admin.post("/api/keys", {"title": "My own"}))["token"]
    await admin.post("/api/session/person", {"member_id": world.members["wang.fang"]})
    acting = (await admin.post("/api/keys", {"title": "Play too"}))["token"]
    older = "fwk_" + "o" * 32

    async def before_it_was_refused(tx: Tx, call: Call) -> None:
        key = ApiKey("f" * 24, older[:8], "older", real, world.members["admin"], call.now)
        await insert_key(tx, hash_token(older), key)

    await run_on(world.backend, before_it_was_refused, is_write=True)
    clients = [world.anyone(authorization=f"Bearer {token}") for token in (direct, acting, older, own)]
    found = [(await client.get("/api/session"))["member"]["account"] for client in clients]
    assert found == ["wang.fang", "wang.fang", "real", "admin"]
    await run_on(world.backend, remove_sample, is_write=True)
    answers = [await client.call("GET", "/api/session") for client in clients]
    assert [answer.status_code for answer in answers] == [401, 401, 401, 200]


async def test_workspace_settings_are_checked_and_hold_at_once(world: World) -> None:
    admin = await signed_in(world, "admin")
    refusal(await admin.call("PATCH", "/api/workspace", {"zone": "Mars/Base"}), 422, "unknown_zone")
    refusal(await admin.call("PATCH", "/api/workspace", {"default_calendar": "nowhere"}), 404, "calendar_not_found")
    world.clock.set(world.clock.now().replace(month=1, day=1, hour=3))
    changed = await admin.patch("/api/workspace", {"zone": "America/New_York", "title": "Acme", "language": "en"})
    assert (changed["zone"], changed["title"], changed["language"]) == ("America/New_York", "Acme", "en")
    # the first of January is still December in New York
    record = (await world.submit())["record"]
    assert record["values"]["code"].startswith("LX-202512-")


async def test_drafts_are_kept_until_they_are_submitted(world: World) -> None:
    client = await signed_in(world, "zhang.wei")
    form = "/api/apps/project_initiation/forms/apply"
    draft = await client.post(f"{form}/drafts", {"values": {"name": "Half", "lines": [{"price": 1.5}]}})
    changed = await client.call("PUT", f"/api/drafts/{draft['id']}", {"values": {"name": "More"}})
    assert changed.json()["values"] == {"name": "More"}
    assert [item["id"] for item in (await client.get("/api/drafts"))["items"]] == [draft["id"]]
    send = {"values": world.proposal(), "draft_id": draft["id"]}
    await client.post(f"{form}/submissions", send)
    assert (await client.get("/api/drafts"))["items"] == []
    refusal(await client.call("GET", f"/api/drafts/{draft['id']}"), 404, "draft_not_found")


async def test_a_file_of_somebody_else_cannot_be_attached(world: World) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n'
    headers = {"content-type": "multipart/form-data; boundary=b"}
    other = await world.person("he.jie")
    made = (await other.http.post("/api/files", content=body, headers=headers)).json()
    assert made == {"id": made["id"], "name": "a.txt", "size": 5, "media_type": "text/plain"}
    applicant = await world.person("zhang.wei")
    form = "/api/apps/project_initiation/forms/apply/submissions"
    answer = await applicant.call("POST", form, {"values": world.proposal(attachments=[{"id": made["id"]}])})
    assert refusal(answer, 422, "invalid")["errors"][0]["code"] == "unknown_file"
    got = await other.call("GET", f"/api/files/{made['id']}")
    assert (got.content, got.headers["content-disposition"]) == (b"hello", "attachment; filename*=UTF-8''a.txt")
    refusal(await other.http.post("/api/files", content=b"", headers=headers), 422, "file_missing_in_form")
