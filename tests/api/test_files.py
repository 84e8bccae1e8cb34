"""Files of records: several records may hold one, each shows it to those who see its field."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from engine.commands.context import run_on
from engine.runtime.calls import Call
from engine.runtime.samples import remove_sample
from engine.store.database import Tx
from engine.store.files import FileUse, find_files, use_files
from tests.api.publishing import PROJECT, Files, edit_flow, field, republish
from tests.world import FORM, RECORDS, World, refusal

PROPOSALS = f"{RECORDS}/proposal/records"
SMALL = [{"item": "W", "category": "labor", "qty": 1, "price": 5000}]


async def upload(world: World, account: str, name: str = "a.txt") -> str:
    client = await world.person(account)
    answer = await client.http.post("/api/files", files={"file": (name, b"hello", "text/plain")})
    found: str = answer.json()["id"]
    return found


async def status(world: World, account: str, file_id: str) -> int:
    return (await (await world.person(account)).call("GET", f"/api/files/{file_id}")).status_code


def copying(files: Files) -> None:
    """The project gets the attachments of the proposal."""
    files[PROJECT]["fields"].append(field("papers", type="attachment"))

    def copy(block: Any) -> None:
        if "trigger" in block:
            block["trigger"]["map"]["papers"] = "{attachments}"

    edit_flow(copy)(files)


async def approved(world: World) -> tuple[Any, str]:
    """A proposal with a file, and the project that was made of it."""
    await republish(world, copying)
    file_id = await upload(world, "zhang.wei")
    made = await world.submit(attachments=[{"id": file_id}], lines=SMALL)
    assert await status(world, "xu.peng", file_id) == 404
    state = await world.act("wang.fang", made["instance"]["id"])
    assert state["status"] == "approved"
    return made, file_id


async def test_a_trigger_that_copies_files_leaves_them_where_they_are(world: World) -> None:
    made, file_id = await approved(world)
    admin = await world.person("admin")
    project = (await admin.get(f"{RECORDS}/project/records?limit=1"))["items"][0]
    assert [ref["id"] for ref in project["values"]["papers"]] == [file_id]
    for account in ("zhang.wei", "wang.fang", "xu.peng"):
        assert await status(world, account, file_id) == 200, account
    path = f"{PROPOSALS}/{made['record']['id']}"
    record = (await admin.get(path))["record"]
    more = [{"id": file_id}, {"id": await upload(world, "admin", "b.txt")}]
    after = await admin.patch(path, {"values": {"attachments": more}}, if_match=f'"{record["version"]}"')
    assert len(after["values"]["attachments"]) == 2


async def test_a_file_taken_out_of_one_record_is_still_shown_by_the_other(world: World) -> None:
    made, file_id = await approved(world)
    admin = await world.person("admin")
    path = f"{PROPOSALS}/{made['record']['id']}"
    record = (await admin.get(path))["record"]
    await admin.patch(path, {"values": {"attachments": []}}, if_match=f'"{record["version"]}"')
    assert await status(world, "xu.peng", file_id) == 200


async def test_a_file_in_use_is_nobodys_own(world: World) -> None:
    file_id = await upload(world, "zhang.wei")
    await world.submit(attachments=[{"id": file_id}])
    client = await world.person("zhang.wei")
    send = {"values": world.proposal(attachments=[{"id": file_id}])}
    answer = await client.call("POST", f"{FORM}/submissions", send)
    assert [item["code"] for item in refusal(answer, 422, "invalid")["errors"]] == ["unknown_file"]


async def test_of_several_records_that_take_an_upload_at_once_one_gets_it(world: World) -> None:
    applicant = await world.person("zhang.wei")
    for _ in range(3):
        file_id = await upload(world, "zhang.wei")
        send = {"values": world.proposal(attachments=[{"id": file_id}], lines=SMALL)}
        answers = await asyncio.gather(*(applicant.call("POST", f"{FORM}/submissions", send) for _ in range(5)))
        assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422, 422]
        for answer in answers:
            if answer.status_code != 201:
                assert refusal(answer, 422, "invalid")["errors"][0]["code"] == "unknown_file"


async def test_a_file_of_a_hidden_field_is_not_brought_into_one_that_is_shown(world: World) -> None:
    def hide(files: Files) -> None:
        files["entities/proposal.json"]["fields"].append(field("secret", type="attachment"))

        def rights(block: Any) -> None:
            if block["key"] == "apply":
                block["initiate"]["fields"]["secret"] = "hidden"
            if block["key"] == "dept":
                block["approve"]["fields"] = {"*": "read", "secret": "write"}

        edit_flow(rights)(files)

    await republish(world, hide)
    made = await world.submit(lines=SMALL)
    file_id = await upload(world, "wang.fang")
    values = {"secret": [{"id": file_id}]}
    await world.act("wang.fang", made["instance"]["id"], "return", to="apply", values=values)
    client, task = await world.person("zhang.wei"), await world.task("zhang.wei", made["instance"]["id"])
    send = {"action": "submit", "values": {"attachments": [{"id": file_id}]}}
    answer = await client.call("POST", f"/api/tasks/{task}/act", send)
    assert [item["code"] for item in refusal(answer, 422, "invalid")["errors"]] == ["unknown_file"]
    assert await status(world, "zhang.wei", file_id) == 404
    assert await status(world, "wang.fang", file_id) == 200


@pytest.mark.parametrize("is_shared", [False, True])
async def test_sample_records_take_with_them_only_the_files_that_nobody_else_has(world: World, is_shared: bool) -> None:
    file_id = await upload(world, "zhang.wei")
    await world.submit(attachments=[{"id": file_id}])

    async def work(tx: Tx, call: Call) -> tuple[bool, bool]:
        if is_shared:
            await use_files(tx, [file_id], FileUse("e" * 24, "r" * 24))
        removed = await remove_sample(tx, call)
        return file_id in removed.file_ids, file_id in await find_files(tx, [file_id])

    assert await run_on(world.backend, work, is_write=True) == (not is_shared, is_shared)


PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32


async def sent(world: World, name: str, content: bytes) -> str:
    client = await world.person("zhang.wei")
    answer = await client.http.post("/api/files", files={"file": (name, content, "image/png")})
    found: str = answer.json()["id"]
    return found


async def test_pictures_are_what_the_server_sees_in_them(world: World) -> None:
    def edit(files: Files) -> None:
        files["entities/proposal.json"]["fields"] += [field("photos", type="image"), field("name_of", type="signature")]
        lines = next(item for item in files["entities/proposal.json"]["fields"] if item["key"] == "lines")
        lines["fields"].append(field("scan", type="image"))

    await republish(world, edit)
    real, fake, drawing = (
        await sent(world, "a.txt", PNG),
        await sent(world, "b.png", b"text"),
        await sent(world, "c.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    )
    client = await world.person("zhang.wei")
    lines = [{**SMALL[0], "scan": [{"id": fake}]}]
    values = {"photos": [{"id": fake}], "name_of": [{"id": drawing}], "lines": lines}
    answer = await client.call("POST", f"{FORM}/submissions", {"values": world.proposal(**values)})
    problems = {(item["path"], item["code"]) for item in answer.json()["error"]["errors"]}
    refused = {"/photos", "/name_of", "/lines/0/scan"}
    assert (answer.status_code, problems) == (422, {(path, "file_type_refused") for path in refused})
    made = await world.submit(photos=[{"id": real}], name_of=[{"id": await sent(world, "d.png", PNG)}])
    assert made["record"]["values"]["photos"][0]["media_type"] == "image/png"
    assert made["record"]["values"]["name_of"][0]["name"] == "d.png"
