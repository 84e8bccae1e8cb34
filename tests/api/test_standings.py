"""What permission sets give is kept between requests, and follows every change of organisation, definitions and day."""

from __future__ import annotations

from engine.commands.context import run_on
from engine.model.filters import Condition, Not, Today, depends_on_time
from engine.runtime.calls import Call, refresh
from engine.store.database import Tx
from engine.store.directory import set_role_members
from engine.store.marks import bump_mark
from tests.api.publishing import Files, republish
from tests.world import RECORDS, World

PROJECTS = f"{RECORDS}/project/records"
ONLY_TODAY = "permission_sets/project_everyone.json"


async def budgets(world: World, account: str) -> set[bool]:
    """Whether the person sees budgets of projects."""
    items = (await (await world.person(account)).get(PROJECTS))["items"]
    return {"budget" in item["values"] for item in items}


async def test_a_role_gives_and_takes_at_the_next_request(world: World) -> None:
    assert await budgets(world, "he.jie") == {False}

    async def enter(tx: Tx, call: Call) -> None:
        role = next(role for role in call.directory.roles.values() if role.key == "pmo")
        await set_role_members(tx, role.id, [world.members["he.jie"]])
        await bump_mark(tx, "directory")

    await run_on(world.backend, enter, is_write=True)
    assert await budgets(world, "he.jie") == {True}
    assert await budgets(world, "feng.xue") == {False}


async def test_a_published_set_holds_at_the_next_request(world: World) -> None:
    assert await budgets(world, "he.jie") == {False}

    def show(files: Files) -> None:
        files[ONLY_TODAY]["fields"] = {"*": "read"}

    await republish(world, show)
    assert await budgets(world, "he.jie") == {True}


async def test_what_a_transaction_has_changed_has_standings_of_its_own(world: World) -> None:
    async def change(tx: Tx, call: Call) -> None:
        await bump_mark(tx, "definitions")
        after = await refresh(tx, call)
        assert after.catalog is not call.catalog
        assert after.standings is not call.standings

    await run_on(world.backend, change, is_write=True)


async def test_a_set_for_records_of_today_is_another_one_tomorrow(world: World) -> None:
    def today(files: Files) -> None:
        files[ONLY_TODAY]["rows"] = {"field": "start", "op": "eq", "value": {"today": 0}}

    await republish(world, today)
    keeper, other = await world.person("feng.xue"), await world.person("he.jie")
    day = world.clock.now().date()
    made = await keeper.post(PROJECTS, {"values": {"name": "Today", "start": day.isoformat()}})
    assert made["id"] in [item["id"] for item in (await other.get(PROJECTS))["items"]]
    world.later(24 * 60)
    # records he takes part in stay
    assert made["id"] not in [item["id"] for item in (await other.get(PROJECTS))["items"]]


def test_only_relative_days_depend_on_time() -> None:
    fixed = Condition(field="owner", op="is_me")
    assert not depends_on_time(fixed)
    assert depends_on_time(Not(negated=Condition(field="start", op="eq", value=Today(today=0))))
    assert depends_on_time(Condition(field="start", op="in", value=(Today(today=0),)))
