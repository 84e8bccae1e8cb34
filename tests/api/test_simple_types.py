"""Fields of the simple types from the request to the database and back: values, faults, filters and orders."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.api.publishing import republish
from tests.world import RECORDS, World, refusal

THINGS = f"{RECORDS}/thing/records"
COLUMNS: list[dict[str, Any]] = [
    {"key": "clock", "type": "time", "title": "Clock"},
    {"key": "effort", "type": "duration", "title": "Effort"},
    {"key": "mail", "type": "email", "title": "Mail"},
    {"key": "site", "type": "url", "title": "Site"},
    {"key": "phone", "type": "phone", "title": "Phone"},
    {"key": "stars", "type": "rating", "title": "Stars"},
    {"key": "done", "type": "progress", "title": "Done", "decimals": 1},
]
FIELDS: list[dict[str, Any]] = [
    *(column | {"sort": True} for column in COLUMNS),
    {"key": "lines", "type": "subform", "title": "Lines", "fields": COLUMNS},
    {"key": "took", "type": "duration", "title": "Took", "computed": "SUM({lines.effort})"},
    {"key": "end", "type": "time", "title": "End", "computed": "{clock}+{effort}/86400"},
    {"key": "to_mail", "type": "email", "title": "To", "computed": 'IF(ISBLANK({mail}),,"a"&{mail})'},
]
SENT = {
    "clock": "09:30",
    "effort": 5400,
    "mail": "li.na@Example.com",
    "site": "https://example.com/a",
    "phone": "138 0013 8000",
    "stars": 4,
    "done": 62.5,
}
KEPT = SENT | {"mail": "li.na@example.com", "phone": "+8613800138000"}
BAD: dict[str, tuple[object, str]] = {
    "clock": ("25:00", "bad_time"),
    "effort": (-5, "below_min"),
    "mail": ("li.na", "bad_email"),
    "site": ("javascript:alert(1)", "bad_url"),
    "phone": ("1", "bad_phone"),
    "stars": (6, "above_max"),
    "done": ("x", "not_a_number"),
}


def add(files: dict[str, Any]) -> None:
    files["entities/thing.json"] = {"key": "thing", "title": "Thing", "fields": FIELDS}


async def test_values_come_back_in_the_one_form_in_which_they_are_kept(world: World) -> None:
    await republish(world, add)
    admin = await world.person("admin")
    made = await admin.post(THINGS, {"values": SENT | {"lines": [SENT, SENT]}})
    values = (await admin.get(f"{THINGS}/{made['id']}"))["record"]["values"]
    assert {key: values[key] for key in KEPT} == KEPT
    assert [{key: row[key] for key in KEPT} for row in values["lines"]] == [KEPT, KEPT]
    assert (values["took"], values["end"], values["to_mail"]) == (10_800, "11:00", "ali.na@example.com")


async def test_a_bad_value_is_told_at_its_place_and_nothing_is_stored(world: World) -> None:
    await republish(world, add)
    admin = await world.person("admin")
    bad = {key: value for key, (value, _) in BAD.items()}
    answer = await admin.call("POST", THINGS, {"values": bad | {"lines": [bad]}})
    assert answer.status_code == 422
    found = {(error["path"], error["code"]) for error in answer.json()["error"]["errors"]}
    wanted = {(f"/{key}", code) for key, (_, code) in BAD.items()}
    assert found == wanted | {(f"/lines/0/{key}", code) for key, (_, code) in BAD.items()}
    assert (await admin.get(THINGS))["items"] == []


@pytest.mark.parametrize(
    ("field", "op", "value", "expected"),
    [
        ("phone", "eq", "13800138000", [0]),
        ("phone", "contains", "138", [0]),
        ("mail", "starts_with", "b", [1]),
        ("clock", "between", ["09:00", "10:00"], [0]),
        ("clock", "gt", "09:30", [1]),
        ("effort", "lt", 5400, [1]),
        ("stars", "ge", 4, [0]),
        ("done", "eq", 62.5, [0]),
        ("site", "empty", None, [1]),
    ],
)
async def test_records_are_found_by_them(world: World, field: str, op: str, value: object, expected: list[int]) -> None:
    await republish(world, add)
    admin = await world.person("admin")
    other = {"clock": "10:30", "effort": 60, "mail": "b@example.com", "phone": "010-62781234", "stars": 2, "done": 5}
    made = [(await admin.post(THINGS, {"values": values}))["id"] for values in (SENT, other)]
    asked = {"field": field, "op": op} | ({} if value is None else {"value": value})
    page = await admin.get(f"{THINGS}?filter={quote(json.dumps(asked))}")
    assert [made.index(item["id"]) for item in page["items"]] == expected
    for key in ("clock", "effort", "stars", "done"):
        page = await admin.get(f"{THINGS}?sort=-{key}")
        first = 1 if key == "clock" else 0
        assert page["items"][0]["id"] == made[first]


async def test_a_filter_of_another_form_is_refused(world: World) -> None:
    await republish(world, add)
    admin = await world.person("admin")
    asked = quote(json.dumps({"field": "clock", "op": "gt", "value": "late"}))
    error = refusal(await admin.call("GET", f"{THINGS}?filter={asked}"), 422, "invalid")
    assert error["errors"][0]["code"] == "bad_time"
