"""Combinations and totals that make no sense are refused with the place of the mistake."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.runtime.definitions import check_files

FIELDS: list[dict[str, Any]] = [
    {"key": "name", "type": "text", "title": "name"},
    {"key": "note", "type": "long_text", "title": "note"},
    {"key": "day", "type": "date", "title": "day"},
    {"key": "qty", "type": "number", "title": "qty"},
    {"key": "files", "type": "attachment", "title": "files"},
    {"key": "other", "type": "link", "title": "other", "entity": "thing"},
    {"key": "second", "type": "link", "title": "second", "entity": "thing"},
    *(
        {
            "key": key,
            "type": "subform",
            "title": key,
            "fields": [
                {"key": "item", "type": "text", "title": "item"},
                {"key": "n", "type": "number", "title": "n"},
            ],
        }
        for key in ("lines", "parts")
    ),
]


def faults(**members: object) -> list[tuple[str, str | None]]:
    entity = {"key": "thing", "title": "thing", "fields": FIELDS, **members}
    app = {"format": 1, "key": "work", "title": "work"}
    files = {"app.json": json.dumps(app).encode(), "entities/thing.json": json.dumps(entity).encode()}
    return [(item.code, item.path) for item in check_files(files).problems]


COMBINATIONS: list[tuple[dict[str, Any], str, str]] = [
    ({"fields": ["name"]}, "unique_of_one", "/unique/0/fields"),
    ({"fields": ["name", "nothing"]}, "unknown_field", "/unique/0/fields/1"),
    ({"fields": ["name", "name"]}, "named_twice", "/unique/0/fields/1"),
    ({"fields": ["name", "files"]}, "not_comparable", "/unique/0/fields/1"),
    ({"fields": ["name", "lines"]}, "not_comparable", "/unique/0/fields/1"),
    ({"fields": ["name", "lines.item"]}, "unique_mixed", "/unique/0/fields"),
    ({"fields": ["lines.item", "parts.item"]}, "unique_mixed", "/unique/0/fields"),
    ({"fields": ["name", "day"], "within": "entity"}, "extent_of_fields", "/unique/0/within"),
]


@pytest.mark.parametrize(("members", "code", "path"), COMBINATIONS)
def test_a_combination_without_sense_is_refused(members: dict[str, Any], code: str, path: str) -> None:
    assert faults(unique=[{"key": "u", **members}]) == [(code, path)]


def test_the_same_combination_twice_is_refused() -> None:
    first, second = {"key": "a", "fields": ["name", "day"]}, {"key": "b", "fields": ["day", "name"]}
    assert faults(unique=[first, second]) == [("unique_twice", "/unique/1/fields")]
    assert faults(unique=[first, {**first, "fields": ["qty", "day"]}]) == [("duplicate_key", "/unique/1/key")]


TODAY = {"field": "day", "op": "eq", "value": {"today": 0}}
TOTALS: list[tuple[dict[str, Any], str, str]] = [
    ({"at_most": None}, "no_bound", "/totals/0"),
    ({"sum": "name"}, "not_summable", "/totals/0/sum"),
    ({"sum": "nothing"}, "unknown_field", "/totals/0/sum"),
    ({"by": ["files"]}, "not_groupable", "/totals/0/by/0"),
    ({"by": ["note"]}, "not_groupable", "/totals/0/by/0"),
    ({"by": ["updated_by"]}, "not_groupable", "/totals/0/by/0"),
    ({"by": [{"field": "name", "by": "year"}]}, "no_date", "/totals/0/by/0/field"),
    ({"sum": "lines.n", "by": ["parts.item"]}, "total_of_subforms", "/totals/0"),
    ({"where": TODAY}, "where_not_fixed", "/totals/0/where"),
    ({"where": {"field": "created_by", "op": "is_me"}}, "where_not_fixed", "/totals/0/where"),
    ({"where": {"formula": "{qty}>1"}}, "where_not_fixed", "/totals/0/where"),
    ({"where": {"field": "nothing", "op": "empty"}}, "unknown_field", "/totals/0/where/field"),
    ({"minus": [{"entity": "nothing", "sum": "qty"}]}, "unknown_entity", "/totals/0/minus/0/entity"),
    ({"by": ["name"], "plus": [{"entity": "thing", "by": ["other"]}]}, "groups_differ", "/totals/0/plus/0/by"),
    ({"by": ["other"], "plus": [{"entity": "thing", "by": []}]}, "groups_differ", "/totals/0/plus/0/by"),
    ({"at_most": "{qty}"}, "formula_unknown_field", "/totals/0/at_most"),
    ({"by": ["other"], "at_most": "{other.other.qty}"}, "formula_unknown_field", "/totals/0/at_most"),
    ({"at_most": "DAY(TODAY())"}, "clock_in_bound", "/totals/0/at_most"),
    ({"by": ["other", "second"], "at_most": "{other.qty}+{second.qty}"}, "bound_of_several", "/totals/0"),
]


@pytest.mark.parametrize(("members", "code", "path"), TOTALS)
def test_a_total_without_sense_is_refused(members: dict[str, Any], code: str, path: str) -> None:
    total = {"key": "t", "sum": "qty", "at_most": 5, "message": "no", **members}
    assert faults(totals=[{name: item for name, item in total.items() if item is not None}]) == [(code, path)]


def test_a_bound_may_be_made_of_the_group_and_of_what_it_links_to() -> None:
    total = {"key": "t", "sum": "lines.n", "by": ["lines.item", "other", {"field": "created_at", "by": "week"}]}
    assert faults(totals=[{**total, "at_most": 'IF({item}="a",{other.qty},1)', "message": "no"}]) == []


@pytest.mark.parametrize(
    ("member", "value", "code"),
    [
        ("min", "2026-02-30", "bound_of_days"),
        ("min", "2027-01-01", "min_above_max"),
        ("required_when", "1+", "formula"),
    ],
)
def test_limits_and_conditions_of_a_field_without_sense_are_refused(member: str, value: str, code: str) -> None:
    day = {"key": "d", "type": "date", "title": "d", "max": "2026-12-31", member: value}
    ((found, path),) = faults(fields=[day])
    assert found.startswith(code)
    assert path == f"/fields/0/{member}"


def test_what_is_never_entered_is_not_required_on_a_condition() -> None:
    sums = {"key": "s", "type": "number", "title": "s", "computed": "1", "required_when": "TRUE()"}
    number = {"key": "n", "type": "serial", "title": "n", "pattern": "{seq:4}", "required_when": "TRUE()"}
    assert faults(fields=[sums, number]) == [
        ("computed_conflict", "/fields/0/required_when"),
        ("member_not_applicable", "/fields/1/required_when"),
    ]
