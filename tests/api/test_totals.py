"""Rules over many records: what every write does to totals, and which writes they refuse."""

from __future__ import annotations

import asyncio
import copy
import json
from typing import Any

import pytest

from engine.commands.context import run_on
from engine.commands.upkeep import verify_all
from engine.errors import Problems
from engine.runtime.calls import Call
from engine.store.database import Tx
from tests.api.linking import RECORDS, Files, change, edit, make, publish, record
from tests.api.stock import ENTRIES, EXPENSES, FILES, MOVES
from tests.world import Client, World, refusal


async def install(world: World) -> Client:
    await publish(world, copy.deepcopy(FILES))
    return await world.person("admin")


def places(error: Any) -> list[tuple[str, str]]:
    return [(item["code"], item["path"]) for item in error["errors"]]


async def refused(client: Client, address: str, **values: object) -> list[tuple[str, str]]:
    return places(refusal(await client.call("POST", address, {"values": values}), 422, "invalid"))


async def edit_refused(client: Client, entity: str, record_id: str, **values: object) -> list[tuple[str, str]]:
    seen = await record(client, entity, record_id)
    address = f"{RECORDS}/{entity}/records/{record_id}"
    answer = await client.call("PATCH", address, {"values": values}, if_match=str(seen["version"]))
    return places(refusal(answer, 422, "invalid"))


async def stocked(world: World, quantity: int = 10) -> tuple[Client, str]:
    admin = await install(world)
    product = await make(admin, "product", name="Bolt")
    await make(admin, "entry", lines=[{"product": product, "qty": quantity}])
    return admin, product


async def is_sound(world: World) -> bool:
    findings = (await verify_all(world.backend)).findings
    assert findings == ()
    return True


async def test_what_is_not_there_cannot_be_taken(world: World) -> None:
    admin, product = await stocked(world)
    assert await refused(admin, MOVES, product=product, qty=11, kind="out") == [("total_broken", "/qty")]
    await make(admin, "move", product=product, qty=11, kind="plan")
    await make(admin, "move", product=product, qty=7, kind="out")
    assert await refused(admin, MOVES, product=product, qty=4, kind="out") == [("total_broken", "/qty")]
    await make(admin, "move", product=product, qty=3, kind="out")
    assert await is_sound(world)


async def test_a_refusal_says_the_authors_words_in_the_callers_language(world: World) -> None:
    _, product = await stocked(world)
    chinese = await world.person("admin", language="zh-CN")
    answer = await chinese.call("POST", MOVES, {"values": {"product": product, "qty": 11, "kind": "out"}})
    assert answer.json()["error"]["errors"][0]["message"] == "库存不足"


async def test_an_edit_counts_by_what_it_changes(world: World) -> None:
    admin, product = await stocked(world)
    taken = await make(admin, "move", product=product, qty=8, kind="out")
    assert await edit_refused(admin, "move", taken, qty=11) == [("total_broken", "/qty")]
    await edit(admin, "move", taken, qty=10)
    assert await refused(admin, MOVES, product=product, qty=1, kind="out") == [("total_broken", "/qty")]
    await edit(admin, "move", taken, kind="plan")
    await make(admin, "move", product=product, qty=10, kind="out")
    assert await edit_refused(admin, "move", taken, kind="out") == [("total_broken", "/qty")]
    assert await is_sound(world)


async def test_a_record_that_changes_groups_counts_in_both(world: World) -> None:
    admin, bolt = await stocked(world)
    nut = await make(admin, "product", name="Nut")
    entry = await make(admin, "entry", lines=[{"product": nut, "qty": 5}, {"product": bolt, "qty": 1}])
    taken = await make(admin, "move", product=bolt, qty=11, kind="out")
    assert await edit_refused(admin, "move", taken, product=nut) == [("total_broken", "/qty")]
    await edit(admin, "move", taken, product=nut, qty=5)
    lines = [{"product": bolt, "qty": 6}]
    assert await edit_refused(admin, "entry", entry, lines=lines) == [("total_broken", "/lines/0/qty")]
    await edit(admin, "entry", entry, lines=[{"product": nut, "qty": 2}, {"product": nut, "qty": 3}])
    assert await is_sound(world)


async def test_rows_of_one_group_count_together_and_are_all_told(world: World) -> None:
    admin, product = await stocked(world)
    other = await make(admin, "product", name="Nut")
    lines = [{"product": product, "qty": -6}, {"product": other, "qty": 3}, {"product": product, "qty": -5}]
    told = await refused(admin, ENTRIES, lines=lines)
    assert told == [("total_broken", "/lines/0/qty"), ("total_broken", "/lines/2/qty")]
    await make(admin, "entry", lines=[*lines[:2], {"product": product, "qty": 5}])


async def test_what_has_an_empty_part_of_its_group_is_not_counted(world: World) -> None:
    admin, _ = await stocked(world)
    await make(admin, "move", qty=1000, kind="out")
    await make(admin, "entry", lines=[{"qty": -1000}, {}])
    assert await is_sound(world)


async def project_of(admin: Client, budget: object = 100) -> str:
    return await make(admin, "project", name="Tower", budget=budget, reserve=10)


async def test_a_bound_is_read_from_the_linked_record_for_each_period(world: World) -> None:
    admin = await install(world)
    project = await project_of(admin)
    await make(admin, "expense", project=project, day="2026-02-01", amount=60)
    spent = {"project": project, "day": "2026-12-31"}
    assert await refused(admin, EXPENSES, **spent, amount=30.01) == [("total_broken", "/cost")]
    # what is computed counts, not what was entered
    assert await refused(admin, EXPENSES, **spent, amount=16, rate=2) == [("total_broken", "/cost")]
    await make(admin, "expense", project=project, day="2027-01-01", amount=90)
    last = await make(admin, "expense", **spent, amount=30)
    assert await edit_refused(admin, "expense", last, day="2027-05-05") == [("total_broken", "/cost")]
    assert await is_sound(world)


async def test_a_bound_is_held_when_the_linked_record_changes(world: World) -> None:
    admin = await install(world)
    project = await project_of(admin)
    await make(admin, "expense", project=project, day="2026-02-01", amount=60)
    assert await edit_refused(admin, "project", project, budget=69.99) == [("total_broken", "/budget")]
    assert await edit_refused(admin, "project", project, reserve=41) == [("total_broken", "/reserve")]
    await edit(admin, "project", project, budget=70, note="tight")
    assert await refused(admin, EXPENSES, project=project, day="2026-03-01", amount=1) == [("total_broken", "/cost")]
    assert await is_sound(world)


async def test_counts_are_bounded_without_a_sum(world: World) -> None:
    admin = await install(world)
    owner = world.members["zhang.wei"]
    tasks = [await make(admin, "task", owner=owner, is_open=True) for _ in range(2)]
    assert await refused(admin, f"{RECORDS}/task/records", owner=owner, is_open=True) == [("total_broken", "/owner")]
    await make(admin, "task", owner=world.members["admin"], is_open=True)
    await edit(admin, "task", tasks[0], is_open=False)
    await make(admin, "task", owner=owner, is_open=True)
    assert await is_sound(world)


async def test_writers_at_once_never_overdraw_and_all_are_answered(world: World) -> None:
    admin, bolt = await stocked(world, 20)
    nut = await make(admin, "product", name="Nut")
    await make(admin, "entry", lines=[{"product": nut, "qty": 20}])

    async def take(number: int) -> int:
        # in both orders, so that writers who lock in their own order would wait for each other
        pair = [bolt, nut] if number % 2 else [nut, bolt]
        lines = [{"product": product, "qty": -3} for product in pair]
        return (await admin.call("POST", ENTRIES, {"values": {"lines": lines}})).status_code

    answers = await asyncio.gather(*(take(number) for number in range(16)))
    # six of them fit, and none that would have fit is refused
    assert sorted(answers) == [201] * 6 + [422] * 10
    assert await is_sound(world)


async def test_whoever_lowers_a_bound_and_whoever_counts_never_both_win(world: World) -> None:
    admin = await install(world)
    for _ in range(6):
        project = await project_of(admin)
        address = f"{RECORDS}/project/records/{project}"
        sent = {"project": project, "day": "2026-03-01", "amount": 50}
        lowered, *spent = await asyncio.gather(
            admin.call("PATCH", address, {"values": {"budget": 60}}, if_match="1"),
            *(admin.call("POST", EXPENSES, {"values": sent}) for _ in range(3)),
        )
        done = [answer.status_code for answer in spent].count(201)
        assert (done, lowered.status_code) in {(1, 200), (1, 422)}
        assert await is_sound(world)


def limited(most: object, **more: object) -> Any:
    def edit_files(files: Files) -> None:
        total = {"key": "all", "sum": "qty", "by": ["product"], "at_most": most, "message": "Too much", **more}
        files["entities/move.json"]["totals"] = [total]

    return edit_files


async def test_a_new_rule_counts_what_is_stored(world: World) -> None:
    admin, product = await stocked(world)
    await make(admin, "move", product=product, qty=8, kind="plan")
    await change(world, limited(10))
    assert await refused(admin, MOVES, product=product, qty=3, kind="plan") == [("total_broken", "/qty")]
    await make(admin, "move", product=product, qty=2, kind="plan")
    assert await is_sound(world)


async def test_a_rule_that_stored_records_break_is_refused_with_their_groups(world: World) -> None:
    admin, product = await stocked(world)
    await make(admin, "move", product=product, qty=8, kind="plan")
    with pytest.raises(Problems) as caught:
        await change(world, limited(7.5))
    (problem,) = caught.value.errors
    assert (problem.code, problem.file, problem.path) == ("totals_broken", "entities/move.json", "/totals/0")
    assert problem.params == {"rule": "all", "groups": "Bolt: 8"}
    await make(admin, "move", product=product, qty=100, kind="plan")


async def test_a_rule_may_tolerate_what_is_stored_but_not_more(world: World) -> None:
    admin, product = await stocked(world)
    taken = await make(admin, "move", product=product, qty=8, kind="plan")
    await change(world, limited(5, existing="allow"))
    assert await refused(admin, MOVES, product=product, qty=1, kind="plan") == [("total_broken", "/qty")]
    await edit(admin, "move", taken, qty=7)
    await edit(admin, "move", taken, qty=5)
    assert await edit_refused(admin, "move", taken, qty=6) == [("total_broken", "/qty")]
    assert await is_sound(world)


async def test_another_rule_under_the_same_key_counts_anew(world: World) -> None:
    admin, product = await stocked(world)
    await make(admin, "move", product=product, qty=8, kind="plan")
    await change(world, limited(10))
    await change(world, limited(10, where={"field": "kind", "op": "eq", "value": "out"}))
    await make(admin, "move", product=product, qty=8, kind="plan")
    assert await is_sound(world)
    with pytest.raises(Problems):
        await change(world, limited(10))
    await change(world, limited(16))
    assert await is_sound(world)


async def test_a_rule_goes_on_under_new_keys_of_its_fields(world: World) -> None:
    admin, product = await stocked(world)
    await make(admin, "move", product=product, qty=9, kind="out")

    def rename(files: Files) -> None:
        text = json.dumps(files["entities/move.json"]).replace('"qty"', '"amount"')
        files["entities/move.json"] = json.loads(text)
        files["entities/move.json"]["fields"][1]["was"] = "qty"
        files["entities/entry.json"]["totals"][0]["minus"][0]["sum"] = "amount"

    await change(world, rename)
    assert await refused(admin, MOVES, product=product, amount=2, kind="out") == [("total_broken", "/amount")]
    assert await is_sound(world)


async def test_verification_tells_totals_that_are_not_those_of_the_records(world: World) -> None:
    _, product = await stocked(world)

    async def spoil(tx: Tx, _call: Call) -> None:
        await tx.execute("UPDATE [rule_total] SET value = value + 1")

    await run_on(world.backend, spoil, is_write=True)
    (finding,) = (await verify_all(world.backend)).findings
    assert finding.invariant == "totals_are_those_of_the_records"
    assert finding.subject == f'work/entry/stock/["{product}"]'


async def remove(client: Client, entity: str, record_id: str) -> Any:
    seen = await record(client, entity, record_id)
    address = f"{RECORDS}/{entity}/records/{record_id}"
    return await client.call("DELETE", address, if_match=str(seen["version"]))


async def test_deletion_and_restoring_count(world: World) -> None:
    admin, product = await stocked(world)
    more = await make(admin, "entry", lines=[{"product": product, "qty": 5}])
    taken = await make(admin, "move", product=product, qty=12, kind="out")
    assert places(refusal(await remove(admin, "entry", more), 422, "invalid")) == [("total_broken", "")]
    assert (await remove(admin, "move", taken)).status_code == 200
    assert (await remove(admin, "entry", more)).status_code == 200
    restored = await admin.call("POST", f"{RECORDS}/move/records/bin/{taken}/restore")
    assert places(refusal(restored, 422, "invalid")) == [("total_broken", "/qty")]
    await admin.post(f"{RECORDS}/entry/records/bin/{more}/restore")
    await admin.post(f"{RECORDS}/move/records/bin/{taken}/restore")
    assert await is_sound(world)


async def test_a_bound_is_held_when_the_record_that_it_reads_comes_back(world: World) -> None:
    admin = await install(world)
    project = await project_of(admin)
    await make(admin, "expense", project=project, day="2026-02-01", amount=60)
    assert (await remove(admin, "project", project)).status_code == 200
    spent = (await admin.get(EXPENSES))["items"][0]["id"]
    # a record that is gone bounds nothing
    await edit(admin, "expense", spent, amount=600)
    restored = await admin.call("POST", f"{RECORDS}/project/records/bin/{project}/restore")
    assert places(refusal(restored, 422, "invalid")) == [("total_broken", "/budget"), ("total_broken", "/reserve")]
    await edit(admin, "expense", spent, amount=90)
    await admin.post(f"{RECORDS}/project/records/bin/{project}/restore")
    assert await is_sound(world)
