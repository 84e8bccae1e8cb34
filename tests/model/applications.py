"""A small application as files, and ways to change one of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from engine.model.values import Json

ROOT = Path(__file__).resolve().parents[2]
APPLICATION_FOLDERS = tuple(
    sorted(path.parent for path in (*ROOT.glob("templates_library/*/*/app.json"), *ROOT.glob("examples/*/app.json")))
)

SMALL: Mapping[str, Json] = {
    "app.json": {
        "$schema": "x",
        "format": 1,
        "key": "small",
        "title": "Small",
        "needs": {"roles": {"finance": {"title": "Finance"}}},
        "menu": [{"title": "All", "items": [{"form": "apply"}, {"view": "all"}]}],
    },
    "entities/order.json": {
        "key": "order",
        "title": {"zh-CN": "订单", "en": "Order"},
        "record_title": "{code} {name}",
        "fields": [
            {"key": "code", "type": "serial", "title": "No.", "pattern": "A-{seq:4}"},
            {"key": "name", "type": "text", "title": "Name", "required": True},
            {"key": "kind", "type": "select", "title": "Kind", "options": [{"key": "rd", "title": "R&D"}]},
            {"key": "due", "type": "date", "title": "Due"},
            {"key": "owner", "type": "member", "title": "Owner"},
            {"key": "team", "type": "department", "title": "Team"},
            {"key": "tags", "type": "multi_select", "title": "Tags", "options": [{"key": "x", "title": "X"}]},
            {"key": "lines", "type": "subform", "title": "Lines", "fields": [
                {"key": "qty", "type": "number", "title": "Quantity"},
                {"key": "by", "type": "member", "title": "By"}]},
            {"key": "total", "type": "number", "decimals": 2, "title": "Total", "computed": "SUM({lines.qty})"},
            {"key": "note", "type": "long_text", "title": "Note"},
        ],
        "rules": [{"key": "some", "check": "{total}>0", "at": ["lines.qty"], "message": "Some"}],
    },
    "forms/apply.json": {
        "key": "apply", "entity": "order", "title": "Apply", "flow": "approval",
        "layout": [{"section": "All", "columns": 2, "items": [
            "code", {"field": "name", "visible_when": "TRUE"}, "lines"]}],
    },
    "views/all.json": {
        "key": "all", "entity": "order", "kind": "grid", "title": "All", "columns": ["code", "total", "created_at"],
        "filter": {"and": [
            {"field": "kind", "op": "in", "value": ["rd"]},
            {"or": [
                {"field": "created_at", "op": "within", "value": {"last": "P30D"}},
                {"field": "owner", "op": "is_me"}]},
            {"not": {"field": "due", "op": "between", "value": [{"today": 0}, "2030-01-01"]}},
            {"field": "created_department", "op": "in", "value": {"current": "subtree"}}]},
        "sort": [{"field": "total", "desc": True}],
    },
    "permission_sets/finance.json": {
        "key": "finance", "entity": "order", "title": "Finance", "to": [{"role": "finance"}, {"everyone": True}],
        "actions": ["read"], "fields": {"*": "read", "lines.qty": "hidden"},
        "rows": {"field": "total", "op": "ge", "value": 10.5},
    },
    "flows/approval.json": {
        "key": "approval", "entity": "order", "title": "Approval",
        "root": {"key": "root", "seq": [
            {"key": "start", "initiate": {}},
            {"key": "check", "approve": {"assign": [{"by": "role", "role": "finance"}]}},
            {"key": "copy", "trigger": {"do": "create_record", "entity": "order", "map": {"name": "{name}"}}}]},
    },
    "scenarios/approved.json": {
        "flow": "approval",
        "given": {"initiator": "zhang.wei", "at": "2026-01-05T09:00+08:00", "record": {"name": "Desk"}},
        "steps": [
            {"by": "li.na", "do": "approve", "data": {"note": "Yes"}, "expect": {"events": [["check", "passed"]]}}],
        "expect": {"status": "approved", "record": {"name": "Desk"}},
    },
    "records/order.json": [
        {"by": "zhang.wei", "at": "-P5D", "submit": "apply",
         "values": {"name": "Desk", "owner": "zhang.wei", "lines": [{"qty": 2, "by": "zhang.wei"}]}},
    ],
}  # fmt: skip


def small_files(change: Callable[[dict[str, Json]], object] | None = None) -> dict[str, bytes]:
    """The files of the small application, after `change` has altered their trees."""
    trees: dict[str, Json] = json.loads(json.dumps(SMALL))
    if change is not None:
        change(trees)
    return {path: json.dumps(tree, ensure_ascii=False).encode() for path, tree in trees.items()}


def put(path: str, pointer: str, value: Json) -> Callable[[dict[str, Json]], None]:
    """A change that sets what a JSON pointer names, or adds it; `-` stands for the place after the last item."""

    def change(trees: dict[str, Json]) -> None:
        target: Json = trees
        *steps, last = [path, *pointer.split("/")[1:]]
        for step in steps:
            target = target[int(step)] if isinstance(target, list) else target[step]  # type: ignore[index]
        if isinstance(target, list):
            position = len(target) if last == "-" else int(last)
            target[position : position + 1] = [value]
        elif isinstance(target, dict):
            target[last] = value

    return change


def drop(path: str, pointer: str) -> Callable[[dict[str, Json]], None]:
    """A change that removes a member of an object, or the whole file when the pointer is empty."""

    def change(trees: dict[str, Json]) -> None:
        target: Json = trees
        *steps, last = [path, *pointer.split("/")[1:]]
        for step in steps:
            target = target[int(step)] if isinstance(target, list) else target[step]  # type: ignore[index]
        assert isinstance(target, dict)
        del target[last]

    return change


def read_folder(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path inside it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
