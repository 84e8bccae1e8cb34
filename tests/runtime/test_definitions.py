"""Publishing: what comes out is what went in, in the order it went in, on both databases."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial

import pytest

from engine.commands.context import run_on
from engine.errors import Problems
from engine.model.application import Application
from engine.model.canonical import export_files
from engine.model.values import Json
from engine.runtime.calls import Call
from engine.runtime.catalog import Caches
from engine.runtime.compiling import compile_application
from engine.runtime.definitions import Plan, apply_application, check_files, plan_application
from engine.store.applications import list_documents
from engine.store.database import Tx
from tests.world import APP, World

Change = Callable[[dict[str, Json]], object]


async def changed(world: World, change: Change) -> Application:
    """The template as it is published, after a change of its files."""

    async def export(_tx: Tx, call: Call) -> Mapping[str, str]:
        return export_files(call.catalog.app(APP).compiled.application)

    files: dict[str, Json] = {
        path: json.loads(text) for path, text in (await run_on(world.backend, export, is_write=False)).items()
    }
    change(files)
    report = check_files({path: json.dumps(tree).encode() for path, tree in files.items()})
    assert report.application is not None, report.problems
    return report.application


def _with_another_entity(files: dict[str, Json]) -> None:
    """An entity with two forms of other names, and a permission set with rights in no order."""
    fields: list[Json] = [{"key": key, "type": "text", "title": key} for key in ("name", "score", "kind")]
    files["entities/extra.json"] = {"key": "extra", "title": "Extra", "fields": fields}
    for key, field in (("bb", "score"), ("aaa", "name")):
        layout: Json = [{"section": "s", "items": [field]}]
        files[f"forms/{key}.json"] = {"key": key, "entity": "extra", "title": key, "layout": layout}
    files["permission_sets/zzz.json"] = {
        "key": "zzz",
        "entity": "extra",
        "title": "z",
        "to": [{"everyone": True}],
        "actions": ["read"],
        "fields": {"*": "read", "score": "hidden", "kind": "read"},
    }


async def test_what_was_published_comes_out_in_the_same_order(world: World) -> None:
    application = await changed(world, _with_another_entity)

    async def publish(tx: Tx, call: Call) -> None:
        await apply_application(tx, call, application)

    await run_on(world.backend, publish, is_write=True)
    afresh = replace(world.backend, caches=Caches(world.backend.database.dialect))

    async def export(_tx: Tx, call: Call) -> Mapping[str, str]:
        return export_files(call.catalog.app(APP).compiled.application)

    assert await run_on(afresh, export, is_write=False) == export_files(application)


async def test_the_default_form_does_not_depend_on_an_order(world: World) -> None:
    compiled = compile_application(await changed(world, _with_another_entity))
    for forms in (dict(compiled.forms.items()), dict([*compiled.forms.items()][::-1])):
        form = replace(compiled, forms=forms).default_form("extra")
        assert form is not None
        assert form.form.key == "aaa"


@pytest.mark.parametrize("key", [APP, "brand_new"])
async def test_of_several_who_publish_at_once_one_publishes_and_the_others_find_nothing_to_do(
    world: World, key: str
) -> None:
    def rename(files: dict[str, Json]) -> None:
        app = files["app.json"]
        assert isinstance(app, dict)
        app.update({"key": key, "title": "Renamed"})

    application = await changed(world, rename)

    async def publish(tx: Tx, call: Call) -> Plan:
        return await apply_application(tx, call, application)

    plans = await asyncio.gather(*(run_on(world.backend, publish, is_write=True) for _ in range(4)))
    assert sorted(bool(plan.changes) for plan in plans) == [False, False, False, True]

    async def versions(tx: Tx, call: Call) -> list[int]:
        app = call.catalog.app(key)
        assert app.compiled.application.app.title == "Renamed"
        return [version.number for version in await list_documents(tx) if version.application_id == app.id]

    assert await run_on(world.backend, versions, is_write=False) == ([1, 2] if key == APP else [1])


async def test_different_versions_published_at_once_follow_each_other(world: World) -> None:
    def titled(number: int) -> Change:
        def change(files: dict[str, Json]) -> None:
            app = files["app.json"]
            assert isinstance(app, dict)
            app["title"] = f"Title {number}"

        return change

    applications = [await changed(world, titled(number)) for number in range(4)]

    async def publish(tx: Tx, call: Call, application: Application) -> Plan:
        return await apply_application(tx, call, application)

    plans = await asyncio.gather(
        *(run_on(world.backend, partial(publish, application=item), is_write=True) for item in applications)
    )
    assert sorted(plan.from_version for plan in plans) == [1, 2, 3, 4]


def _many_kinds(*, amount: Json, qty: Json, price: Json) -> Change:
    """An entity with two numbers and a column as given; None leaves one out."""

    def change(files: dict[str, Json]) -> None:
        columns: list[Json] = [{"key": "item", "type": "text", "title": "Item"}, *([qty] if qty else [])]
        fields: list[Json] = [
            {"key": "name", "type": "text", "title": "Name"},
            {"key": "lines", "type": "subform", "title": "Lines", "fields": columns},
            *(item for item in (amount, price) if item),
        ]
        files["entities/extra.json"] = {"key": "extra", "title": "Extra", "fields": fields}

    return change


async def test_a_plan_refuses_what_publishing_would_of_fields_that_were_hidden(world: World) -> None:
    amount: dict[str, Json] = {"key": "amount", "type": "number", "title": "Amount"}
    price: dict[str, Json] = {"key": "price", "type": "number", "title": "Price", "decimals": 2}
    qty: dict[str, Json] = {"key": "qty", "type": "number", "title": "Quantity"}

    async def publish(tx: Tx, call: Call, application: Application) -> Plan:
        return await apply_application(tx, call, application)

    async def plan(tx: Tx, call: Call, application: Application) -> Plan:
        return await plan_application(tx, call, application)

    for change in (_many_kinds(amount=amount, qty=qty, price=price), _many_kinds(amount=None, qty=None, price=None)):
        await run_on(world.backend, partial(publish, application=await changed(world, change)), is_write=True)
    back = await changed(world, _many_kinds(amount=amount, qty=qty, price=price))
    restored = await run_on(world.backend, partial(plan, application=back), is_write=False)
    assert restored.changes
    other = await changed(
        world,
        _many_kinds(amount={**amount, "type": "text"}, qty={**qty, "type": "date"}, price={**price, "decimals": 4}),
    )
    for use, is_write in ((plan, False), (publish, True)):
        with pytest.raises(Problems) as refused:
            await run_on(world.backend, partial(use, application=other), is_write=is_write)
        assert {(problem.code, problem.path, problem.file) for problem in refused.value.errors} == {
            ("type_change_unsupported", path, "entities/extra.json")
            for path in ("/fields/2/type", "/fields/1/fields/1/type", "/fields/3/decimals")
        }


async def test_a_plan_refuses_what_publishing_would_of_an_entity_that_was_hidden(world: World) -> None:
    async def publish(tx: Tx, call: Call, application: Application) -> Plan:
        return await apply_application(tx, call, application)

    def without(files: dict[str, Json]) -> None:
        del files["entities/extra.json"]

    amount: dict[str, Json] = {"key": "amount", "type": "number", "title": "Amount"}
    for change in (_many_kinds(amount=amount, qty=None, price=None), without):
        await run_on(world.backend, partial(publish, application=await changed(world, change)), is_write=True)
    other = await changed(world, _many_kinds(amount={**amount, "type": "text"}, qty=None, price=None))

    async def plan(tx: Tx, call: Call) -> Plan:
        return await plan_application(tx, call, other)

    with pytest.raises(Problems) as refused:
        await run_on(world.backend, plan, is_write=False)
    assert [(problem.code, problem.path) for problem in refused.value.errors] == [
        ("type_change_unsupported", "/fields/2/type")
    ]
