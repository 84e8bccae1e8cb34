"""Values that somebody may not see do not reach him by detours: conflicts, attachments, titles of instances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.api.publishing import PROPOSAL, Files, republish
from tests.world import RECORDS, Client, World, refusal

PROPOSALS = f"{RECORDS}/proposal/records"
CANARY = "canary-item"


def keepers(**fields: str) -> Any:
    """The PMO updates every proposal, with that access to fields."""

    def edit(files: Files) -> None:
        files["permission_sets/pmo.json"] |= {"actions": ["read", "update"], "fields": {"*": "write", **fields}}

    return edit


def hide_item(files: Files) -> None:
    """Legal writes budget lines without seeing what they are for."""
    legal = files["flows/approve_proposal.json"]["root"]["seq"][2]["choice"]["branches"][0]["block"]["seq"][0]
    legal["parallel"]["branches"][1]["approve"]["fields"]["lines"] = {"*": "write", "item": "hidden"}


async def over(world: World, made: Mapping[str, Any]) -> str:
    """The path of a proposal whose approval has been withdrawn."""
    await (await world.person("zhang.wei")).post(f"/api/instances/{made['instance']['id']}/withdraw", {})
    return f"{PROPOSALS}/{made['record']['id']}"


async def put_lines(world: World, path: str, **cells: object) -> tuple[str, int]:
    """An admin writes the budget line; its id and the version before that."""
    admin = await world.person("admin")
    seen = (await admin.get(path))["record"]
    row = seen["values"]["lines"][0]["id"]
    await admin.patch(path, {"values": {"lines": [{"id": row, **cells}]}}, if_match=f'"{seen["version"]}"')
    return row, seen["version"]


async def test_a_conflict_shows_rows_without_hidden_columns(world: World) -> None:
    await republish(world, keepers(**{"lines.item": "hidden"}))
    path, keeper = await over(world, await world.submit()), await world.person("feng.xue")
    row, seen = await put_lines(world, path, item=CANARY, category="purchase")
    send = {"values": {"lines": [{"id": row, "category": "other"}]}}
    answer = await keeper.call("PATCH", path, send, if_match=f'"{seen}"')
    error = refusal(answer, 409, "version_conflict")
    assert '"purchase"' in error["errors"][0]["params"]["theirs"]
    assert CANARY not in answer.text


async def test_a_conflict_of_a_decision_shows_rows_without_hidden_columns(world: World) -> None:
    await republish(world, hide_item)
    made = await world.submit()
    await world.act("wang.fang", made["instance"]["id"])
    task, legal = await world.task("wu.qiang", made["instance"]["id"]), await world.person("wu.qiang")
    path = f"{PROPOSALS}/{made['record']['id']}"
    row, seen = await put_lines(world, path, item=CANARY, category="purchase")
    send = {"action": "approve", "values": {"lines": [{"id": row, "category": "other"}]}, "version": seen}
    answer = await legal.call("POST", f"/api/tasks/{task}/act", send)
    error = refusal(answer, 409, "version_conflict")
    assert '"purchase"' in error["errors"][0]["params"]["theirs"]
    assert CANARY not in answer.text


async def upload(client: Client, content: str) -> str:
    """The id of an uploaded text."""
    body = (
        f'--b\r\ncontent-disposition: form-data; name="file"; filename="{content}.txt"\r\n\r\n{content}\r\n--b--\r\n'
    ).encode()
    answer = await client.http.post(
        "/api/files", content=body, headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def papers(files: Files) -> None:
    """Proposals hold more files: of the proposal, and one a budget line."""
    fields = files[PROPOSAL]["fields"]
    fields.append({"key": "papers", "type": "attachment", "title": "Papers"})
    lines = next(item for item in fields if item["key"] == "lines")
    lines["fields"].append({"key": "scan", "type": "attachment", "title": "Scan"})


async def test_a_hidden_attachment_is_not_moved_to_where_it_is_seen(world: World) -> None:
    hidden = {"papers": "hidden", "lines.scan": "hidden"}
    await republish(world, papers, keepers(**hidden))
    applicant, keeper = await world.person("zhang.wei"), await world.person("feng.xue")
    shown, secret, scan = [await upload(applicant, name) for name in ("plan", "canary-paper", "canary-scan")]
    line = {"item": "Work", "category": "labor", "qty": 1, "price": 1, "scan": [{"id": scan}]}
    made = await world.submit(attachments=[{"id": shown}], papers=[{"id": secret}], lines=[line])
    path = await over(world, made)
    detail = (await keeper.get(path))["record"]
    row = detail["values"]["lines"][0]["id"]
    for stolen in (secret, scan):
        send = {"values": {"attachments": [{"id": shown}, {"id": stolen}]}}
        answer = await keeper.call("PATCH", path, send, if_match=f'"{detail["version"]}"')
        assert refusal(answer, 422, "invalid")["errors"][0]["code"] == "unknown_file"
        assert "canary" not in answer.text
        assert (await keeper.call("GET", f"/api/files/{stolen}")).status_code == 404
    # what he does not see stays where it is when he writes around it
    await keeper.patch(
        path, {"values": {"lines": [{"id": row, "category": "other"}]}}, if_match=f'"{detail["version"]}"'
    )
    values = (await (await world.person("admin")).get(path))["record"]["values"]
    assert [file["id"] for file in values["lines"][0]["scan"]] == [scan]
    assert [file["id"] for file in values["papers"]] == [secret]


async def test_titles_of_instances_leave_out_what_a_permission_set_hides(world: World) -> None:
    made = await world.submit(name="canary-name")
    keeper, instance_id = await world.person("feng.xue"), made["instance"]["id"]
    listed = f"{PROPOSALS}/{made['record']['id']}/instances"
    assert "canary-name" in (await keeper.call("GET", listed)).text
    # instances that run, and those that are started from now on
    await republish(world, keepers(name="hidden"))
    later = await world.submit(name="canary-name")
    for item in (made, later):
        for path in (
            f"{PROPOSALS}/{item['record']['id']}/instances",
            f"/api/instances/{item['instance']['id']}",
            f"{PROPOSALS}/{item['record']['id']}",
        ):
            assert "canary-name" not in str(await keeper.get(path)), path
    await in_no_box(world)
    await world.act("wang.fang", instance_id)
    await in_no_box(world)


async def in_no_box(world: World) -> None:
    """Nobody is told the name by his boxes, which still hold the requests."""
    assert len((await (await world.person("zhang.wei")).get("/api/inbox/started"))["items"]) >= 2
    for account in ("gao.yuan", "wang.fang", "zhang.wei"):
        for box in ("todo", "started", "handled", "copied"):
            assert "canary-name" not in str(await (await world.person(account)).get(f"/api/inbox/{box}"))
