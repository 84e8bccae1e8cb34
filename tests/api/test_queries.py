"""Filters, orders and cursors from outside: whatever is asked, the answer is records or a refusal that says why."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.world import RECORDS, World

PATH = f"{RECORDS}/proposal/records"


def asked(**query: object) -> str:
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in query.items()}
    return f"{PATH}?{urlencode(texts, errors='surrogatepass')}"


def cond(field: str, op: str, value: object = None) -> dict[str, object]:
    return {"field": field, "op": op, **({} if value is None else {"value": value})}


# filter of what each finds in the sample data, which is 3 proposals
FOUND: list[tuple[object, int]] = [
    (cond("start", "between", [{"today": -4000}, {"today": 4000}]), 3),
    (cond("created_at", "between", [{"today": -100}, {"today": 1}]), 3),
    (cond("start", "in", [{"today": 0}, "2026-12-01"]), 1),
    (cond("created_at", "ge", {"today": 1}), 0),
    (cond("created_at", "within", {"last": "P4D"}), 1),
    (cond("created_by", "is_me"), 0),
    (cond("owner", "eq", {"current": "user"}), 0),
    (cond("stakeholders", "has_any", {"current": "subordinates"}), 0),
    (cond("department", "in", {"current": "subtree"}), 0),
    (cond("budget", "gt", "9" * 30), 0),
    (cond("budget", "lt", "9" * 30), 3),
    (cond("budget", "ne", "0.000000001"), 3),
    (cond("budget", "between", ["-" + "9" * 30, "9" * 30]), 3),
    (cond("version", "ge", 1.5), 3),
    (cond("version", "eq", 1.5), 0),
    (cond("version", "lt", "9" * 30), 3),
    (cond("lines", "not_empty"), 3),
    (cond("name", "in", []), 0),
    (cond("goals", "has_all", []), 3),
    ({"and": []}, 3),
    ({"or": []}, 0),
    ({"not": cond("kind", "eq", "it")}, 2),
]
REFUSED: list[object] = [
    cond("budget", "eq", {"today": 0}),
    cond("name", "contains", {"today": 0}),
    cond("owner", "eq", {"today": 0}),
    cond("budget", "eq", {"current": "user"}),
    cond("start", "eq", {"current": "user"}),
    cond("owner", "in", {"current": "department"}),
    cond("department", "in", {"current": "user"}),
    cond("department", "eq", {"current": "department"}),
    cond("budget", "between", [1, {"today": 0}]),
    cond("name", "eq", "a\0b"),
    cond("name", "eq", "\ud800"),
    cond("name", "in", ["fine", "\ud800"]),
    cond("goals", "has_any", ["\ud800"]),
    cond("kind", "eq", "nothing"),
    cond("owner", "eq", "somebody"),
    cond("budget", "eq", True),
    cond("budget", "eq", "much"),
    cond("start", "eq", "2026-02-30"),
    cond("created_at", "gt", "2026-02-01"),
    cond("budget", "contains", "1"),
    cond("budget", "eq"),
    cond("budget", "empty", 1),
    cond("budget", "between", [1]),
    cond("nothing", "eq", 1),
    cond("lines.qty", "eq", 1),
    cond("name", "like", "%"),
    cond("name", "eq", ["a"]),
    cond("name", "in", "a"),
    {"field": "name"},
    {"and": cond("name", "eq", "a")},
    {"xor": []},
    {"and": [], "or": []},
    [],
    "text",
    {"and": [cond("budget", "gt", 1)] * 101},
]


@pytest.mark.parametrize(("condition", "count"), FOUND, ids=[json.dumps(item) for item, _ in FOUND])
async def test_a_filter_finds_what_it_says(world: World, condition: object, count: int) -> None:
    items = (await (await world.person("admin")).get(asked(filter=condition)))["items"]
    assert len(items) == count


async def test_a_filter_that_cannot_be_is_refused(world: World) -> None:
    admin = await world.person("admin")
    for condition in REFUSED:
        for path in (asked(filter=condition), asked(filter=condition).replace("/records?", "/records/count?")):
            answer = await admin.call("GET", path)
            assert answer.status_code in {400, 422}, f"{condition} {answer.text}"
            assert answer.json()["error"]["message"]


async def test_deep_nesting_is_refused(world: World) -> None:
    admin = await world.person("admin")
    for depth in (9, 100, 3000):
        text = '{"not":' * depth + json.dumps(cond("budget", "gt", 1)) + "}" * depth
        answer = await admin.call("GET", asked(filter=text))
        assert answer.status_code in {400, 422}, f"{depth} {answer.text}"


@pytest.mark.parametrize(
    "order",
    [
        "nothing",
        "-",
        "é",
        "a" * 64,
        "name;drop",
        "owner",
        "lines",
        "lines.qty",
        "code,name,kind,start,budget,id,version",
    ],
)
async def test_an_order_that_cannot_be_is_refused(world: World, order: str) -> None:
    answer = await (await world.person("admin")).call("GET", asked(sort=order))
    assert answer.status_code in {400, 422}, answer.text


@pytest.mark.parametrize(
    "cursor", ["x", "%%%", "é", "W10", "bnVsbA", "e30", "A" * 30_000, "WyItaWQiLFsxXV0", "WyItaWQiLFt7fV1d"]
)
async def test_a_cursor_of_nothing_is_refused(world: World, cursor: str) -> None:
    answer = await (await world.person("admin")).call("GET", asked(cursor=cursor))
    assert answer.status_code in {400, 414, 422}, answer.text


async def test_a_cursor_of_another_order_is_refused(world: World) -> None:
    admin = await world.person("admin")
    first: Any = await admin.get(asked(sort="name", limit="1"))
    assert first["next"]
    answer = await admin.call("GET", asked(sort="-name", limit="1", cursor=first["next"]))
    assert answer.json()["error"]["code"] == "bad_cursor"


@pytest.mark.parametrize("limit", ["0", "-1", "201", "1e3", "x", "9" * 40])
async def test_a_limit_that_cannot_be_is_refused(world: World, limit: str) -> None:
    answer = await (await world.person("admin")).call("GET", asked(limit=limit))
    assert answer.status_code in {400, 422}, answer.text
