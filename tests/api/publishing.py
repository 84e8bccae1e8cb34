"""Publishing a changed initiation template while its records and flows live on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from engine.commands.context import run_on
from engine.model.canonical import export_files
from engine.runtime.calls import Call
from engine.runtime.definitions import apply_application, check_files
from engine.store.database import Tx
from tests.world import APP, World

Files = dict[str, Any]
PROPOSAL = "entities/proposal.json"
PROJECT = "entities/project.json"
FLOW = "flows/approve_proposal.json"


async def republish(world: World, *edits: Callable[[Files], None]) -> None:
    """Publish one version more for each edit of the files, by path."""
    for edit in edits:

        async def work(tx: Tx, call: Call, edit: Callable[[Files], None] = edit) -> None:
            files = {
                path: json.loads(text)
                for path, text in export_files(call.catalog.app(APP).compiled.application).items()
                if not path.startswith(("scenarios/", "records/"))
            }
            edit(files)
            report = check_files({path: json.dumps(document).encode() for path, document in files.items()})
            if report.application is None:
                raise AssertionError([(item.file, item.path, item.text("en")) for item in report.problems])
            assert (await apply_application(tx, call, report.application)).changes

        await run_on(world.backend, work, is_write=True)


def rename(entity: str, old: str, new: str) -> Callable[[Files], None]:
    """A field of an entity gets another key, everywhere it is named."""

    def edit(files: Files) -> None:
        for path, document in files.items():
            if path == f"entities/{entity}.json" or document.get("entity") == entity:
                text = json.dumps(document).replace(f'"{old}"', f'"{new}"').replace(f"{{{old}}}", f"{{{new}}}")
                # what a trigger fills in belongs to another entity
                text = text.replace(f'"{new}": "{{{new}}}"', f'"{old}": "{{{new}}}"')
                files[path] = json.loads(text)
        _field(files, f"entities/{entity}.json", new)["was"] = old

    return edit


def rename_column(subform: str, old: str, new: str) -> Callable[[Files], None]:
    """A column of the proposal's subform gets another key, everywhere it is named."""

    def edit(files: Files) -> None:
        for path, document in files.items():
            if path == PROPOSAL or document.get("entity") == "proposal":
                files[path] = json.loads(json.dumps(document).replace(f"{subform}.{old}", f"{subform}.{new}"))
        column = next(item for item in _field(files, PROPOSAL, subform)["fields"] if item["key"] == old)
        column.update(key=new, was=old)

    return edit


def edit_flow(change: Callable[[Mapping[str, Any]], None]) -> Callable[[Files], None]:
    """Change every block of the approval that has a key."""

    def walk(tree: Any) -> None:
        if isinstance(tree, dict):
            if "key" in tree:
                change(tree)
            for item in tree.values():
                walk(item)
        elif isinstance(tree, list):
            for item in tree:
                walk(item)

    return lambda files: walk(files[FLOW])


def remove_fields(entity: str, *keys: str) -> Callable[[Files], None]:
    """Fields of an entity go, with whatever names them outside of formulas."""

    def edit(files: Files) -> None:
        document = files[f"entities/{entity}.json"]
        document["fields"] = [item for item in document["fields"] if item["key"] not in keys]
        for path, other in files.items():
            if other.get("entity") == entity and not path.startswith("flows/"):
                files[path] = _without(other, keys)
                if other.get("filter", {}).get("field") in keys:
                    del files[path]["filter"]

    return edit


def _without(tree: Any, keys: tuple[str, ...]) -> Any:
    if isinstance(tree, list):
        return [
            _without(item, keys)
            for item in tree
            if item not in keys and not (isinstance(item, dict) and item.get("field") in keys)
        ]
    if isinstance(tree, dict):
        return {key: item if key == "filter" else _without(item, keys) for key, item in tree.items() if key not in keys}
    return tree


def remove_flow(files: Files) -> None:
    """The application has no flow any more."""
    del files[FLOW]
    files["forms/apply.json"].pop("flow")


def _field(files: Files, path: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in files[path]["fields"] if item["key"] == key)
    return found


def field(key: str, **members: Any) -> dict[str, Any]:
    """A field of text as authored."""
    return {"key": key, "type": "text", "title": key, **members}
