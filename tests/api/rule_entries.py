"""An entity with every kind of rule, and random entries for it, good ones and such as break some of the rules."""

from __future__ import annotations

import copy
import random
from typing import Any

from tests.api.linking import APP, RECORDS, Files, number, text

THINGS = f"{RECORDS}/thing/records"
OPTIONS = [{"key": "a", "title": "a"}, {"key": "b", "title": "b"}, {"key": "old", "title": "old", "retired": True}]
FIELDS: list[dict[str, Any]] = [
    text("code", unique=True, max_length=12),
    text("name", required=True, max_length=8, pattern="[a-z0-9]*"),
    number("size", min=0, max=99, decimals=1),
    {"key": "kind", "type": "select", "title": "kind", "options": OPTIONS},
    {"key": "tags", "type": "multi_select", "title": "tags", "options": OPTIONS},
    {"key": "start", "type": "date", "title": "start"},
    {"key": "finish", "type": "date", "title": "finish", "max": "2026-12-31"},
    {"key": "owner", "type": "member", "title": "owner", "required_when": "{size}>50"},
    text("extra", required=True),
    text("lot"),
    number("load", decimals=0),
    {
        "key": "lines",
        "type": "subform",
        "title": "lines",
        "min_rows": 1,
        "max_rows": 3,
        "fields": [
            text("item", required=True, unique=True),
            number("qty", min=1),
            text("why", required_when="{qty}>5"),
            number("twice", computed="{qty}*2"),
        ],
    },
    number("all", computed="SUM({lines.twice})"),
]
RULES: list[dict[str, Any]] = [
    {"key": "days", "check": "OR(ISBLANK({start}),ISBLANK({finish}),{finish}>={start})", "at": ["start", "finish"],
     "message": "Days"},
    {"key": "much", "check": "{all}<=100", "at": ["lines.qty"], "message": "Too much"},
]  # fmt: skip
LAYOUT = [
    {
        "section": "All",
        "items": [
            *(field["key"] for field in FIELDS if field["key"] not in {"extra", "lines"}),
            {"field": "lines", "visible_when": '{kind}<>"a"'},
            {"field": "extra", "visible_when": '{kind}="b"'},
        ],
    }
]


def _loose(field: dict[str, Any]) -> dict[str, Any]:
    """The field without what it refuses, so that a flow can carry anything to one that does."""
    kept = {
        key: item for key, item in field.items() if key in {"key", "type", "title", "options", "decimals", "digits"}
    }
    if field["type"] == "subform":
        kept["fields"] = [_loose(column) for column in field["fields"]]
    return kept


def _approved(key: str, entity: str, *after: dict[str, Any]) -> dict[str, Any]:
    begin = {"key": "apply", "initiate": {"fields": {"*": "write"}}}
    approve = {"assign": [{"by": "initiator"}], "self": "allow", "fields": {"*": "write"}}
    sequence = [begin, *([] if after else [{"key": "check", "approve": approve}]), *after]
    return {"key": key, "entity": entity, "title": key, "root": {"key": "root", "seq": sequence}}


def files() -> Files:
    """The application: `thing` has the rules, `plain` has none and becomes a thing by a flow."""
    fields = copy.deepcopy(FIELDS)
    entered = [field["key"] for field in FIELDS if "computed" not in field]
    trigger = {"do": "create_record", "entity": "thing", "map": {key: f"{{{key}}}" for key in entered}}
    total = {"key": "load", "sum": "load", "by": ["lot"], "at_most": 50, "message": "Full"}
    thing = {"key": "thing", "title": "thing", "fields": fields, "rules": RULES, "totals": [total]}
    plain = {"key": "plain", "title": "plain", "fields": [_loose(field) for field in FIELDS]}
    form = {"entity": "thing", "title": "form", "layout": LAYOUT}
    return {
        "app.json": {"format": 1, "key": APP, "title": "Work"},
        "entities/thing.json": thing,
        "entities/plain.json": plain,
        "forms/thing.json": {"key": "thing", **form},
        "forms/with_flow.json": {"key": "with_flow", "flow": "check", **form},
        "forms/plain.json": {"key": "plain", "entity": "plain", "title": "plain", "flow": "make", "layout": [
            {"section": "All", "items": entered}]},
        "flows/check.json": _approved("check", "thing"),
        "flows/make.json": _approved("make", "plain", {"key": "made", "trigger": trigger}),
    }  # fmt: skip


class Entries:
    """Random entries; every field is given, an empty one as null."""

    def __init__(self, seed: int, members: list[str]) -> None:
        self.random = random.Random(seed)
        self._members = members

    def good(self) -> dict[str, Any]:
        """An entry that breaks no rule, but for what must differ from record to record."""
        draw = self.random
        size = draw.choice([None, 0, 12.5, 99])
        return {
            "code": None,
            "name": draw.choice(["abc", "x1"]),
            "size": size,
            "kind": draw.choice([None, "a"]),
            "tags": draw.choice([None, ["a"], ["b", "a"]]),
            "start": draw.choice([None, "2026-01-01"]),
            "finish": draw.choice([None, "2026-02-01"]),
            "owner": draw.choice(self._members if size == 99 else [None, *self._members]),
            "extra": None,
            "lot": None,
            "load": draw.choice([None, 50]),
            "lines": [
                {"item": item, "qty": draw.randint(1, 9), "why": "x"} for item in draw.sample(["p", "q", "r"], 2)
            ],
        }

    def bad(self) -> dict[str, Any]:
        """The same with one to three of these mistakes."""
        draw = self.random
        mistakes: list[dict[str, Any]] = [
            {"code": "taken"},
            {"name": draw.choice([None, "", "UPPER", "abcdefghij", 5])},
            {"size": draw.choice([-1, 100, 1.25, "much"])},
            {"kind": draw.choice(["old", "none"])},
            {"kind": "b"},
            {"tags": ["old"]},
            {"start": "2026-03-01", "finish": "2026-02-28"},
            {"start": "2026-02-30"},
            {"finish": "2027-01-01"},
            {"size": 60, "owner": None},
            {"lines": [{"item": "p", "qty": 6}, {"item": "q", "qty": 5}]},
            {"owner": "0" * 24},
            {"load": 51},
            {"lines": draw.choice([None, []])},
            {"lines": [{"item": "p", "qty": 1}, {"item": "p", "qty": 1}]},
            {"lines": [{"item": None, "qty": 0}]},
            {"lines": [{"item": "p", "qty": 60}, {"item": "q", "qty": 1}]},
            {"lines": [{"item": item} for item in "abcd"]},
            {"lines": [{"item": "p", "none": 1}]},
            {"none": 1},
        ]
        made = self.good()
        for mistake in draw.sample(mistakes, draw.randint(1, 3)):
            made |= mistake
        return made

    def any(self) -> dict[str, Any]:
        """One or the other."""
        return self.good() if self.random.random() < 0.3 else self.bad()
