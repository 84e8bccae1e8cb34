"""Searched texts are found by every way a record can go and come."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from engine.commands.upkeep import verify_all
from tests.api.linking import RECORDS, change, field_of, install, make
from tests.world import Client, World

PROJECTS = f"{RECORDS}/project/records"


async def found(client: Client, word: str) -> list[str]:
    wanted = quote(json.dumps({"field": "name", "op": "contains", "value": word}))
    page: Any = await client.get(f"{PROJECTS}?filter={wanted}")
    count: Any = await client.get(f"{PROJECTS}/count?filter={wanted}")
    report = await client.post(f"{PROJECTS}/aggregate", {"filter": {"field": "name", "op": "contains", "value": word}})
    assert count["count"] == len(page["items"]) == report["items"][0]["values"]["count"]
    return [item["id"] for item in page["items"]]


async def test_a_record_is_found_as_it_is_changed_deleted_restored_and_removed(world: World) -> None:
    await install(world)
    await change(world, lambda files: field_of(files, "project", "name").update(search=True))
    admin = await world.person("admin")
    one, other = await make(admin, "project", name="数据平台"), await make(admin, "project", name="平台迁移")
    assert set(await found(admin, "平台")) == {one, other}
    await admin.patch(f"{PROJECTS}/{one}", {"values": {"name": "数据中台"}}, if_match='"1"')
    assert await found(admin, "平台") == [other]
    assert await found(admin, "中台") == [one]
    assert (await admin.call("DELETE", f"{PROJECTS}/{one}", if_match='"2"')).status_code == 200
    assert await found(admin, "中台") == []
    assert (await verify_all(world.backend)).findings == ()
    await admin.post(f"{PROJECTS}/bin/{one}/restore")
    assert await found(admin, "中台") == [one]
    choices = (await admin.get(f"{RECORDS}/project/choices?q={quote('中台')}"))["items"]
    assert [item["id"] for item in choices] == [one]
    assert (await verify_all(world.backend)).findings == ()
