"""Publishing: what comes out is what went in, in the order it went in, on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from engine.commands.context import run_on
from engine.model.application import Application
from engine.model.canonical import export_files
from engine.model.values import Json
from engine.runtime.calls import Call
from engine.runtime.catalog import Caches
from engine.runtime.compiling import compile_application
from engine.runtime.definitions import apply_application, check_files
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
