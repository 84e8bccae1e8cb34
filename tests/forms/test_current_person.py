"""The person who acts and what the engine keeps of a record, in defaults, conditions and computed fields."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from engine.errors import Problem
from engine.forms.compile import CompiledEntity, check_entity, compile_entity
from engine.forms.context import Context
from engine.forms.evaluate import default_values, evaluate, visible_fields
from engine.forms.layout import compile_form
from engine.forms.validate import Submission, validate
from engine.model.application import Application
from engine.model.apps import App
from engine.model.checks.references import check_references
from engine.model.entities import Entity
from engine.model.forms import Form
from engine.model.rows import rows_of
from engine.model.values import Values

ME, BOSS, DEPARTMENT = "a" * 24, "b" * 24, "c" * 24
NOW = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
CONTEXT = Context(NOW, ZoneInfo("Asia/Shanghai"), member_id=ME, department_id=DEPARTMENT).for_new_record(
    created_by=ME, department_id=DEPARTMENT
)
FIELDS = (
    {"key": "owner", "type": "member", "title": "人", "default": "{current.user}"},
    {"key": "unit", "type": "department", "title": "部门", "default": "{current.department}"},
    {"key": "team", "type": "member", "title": "组", "multiple": True},
    {"key": "note", "type": "text", "title": "注"},
)


def entity(*fields: object, rules: object = ()) -> Entity:
    return Entity.model_validate({"key": "thing", "title": "物", "fields": [*FIELDS, *fields], "rules": rules})


def compiled(*fields: object, rules: object = ()) -> CompiledEntity:
    return compile_entity(entity(*fields, rules=rules))


def computed(source: str, **more: object) -> dict[str, object]:
    return {"key": "x", "type": "text", "title": "x", "computed": source, **more}


def faults(*fields: object) -> list[tuple[str, str | None]]:
    return [(item.code, item.path) for item in check_entity(entity(*fields)).problems]


def test_a_default_is_the_person_and_the_department_he_acts_for() -> None:
    assert default_values(compiled(), CONTEXT) == {"owner": ME, "unit": DEPARTMENT}


def test_nobody_acts_at_the_command_line() -> None:
    assert default_values(compiled(), Context(NOW, ZoneInfo("UTC"))) == {"owner": None, "unit": None}


@pytest.mark.parametrize(
    ("check", "values", "holds"),
    [
        ("{owner}={current.user}", {"owner": ME}, True),
        ("{owner}={current.user}", {"owner": BOSS}, False),
        ("{unit}={current.department}", {"unit": DEPARTMENT}, True),
        ("CONTAINS({team},{current.user})", {"team": (BOSS, ME)}, True),
        ("CONTAINS({team},{current.user})", {"team": (BOSS,)}, False),
        ("{created_by}={current.user}", {}, True),
        ("{created_department}={current.department}", {}, True),
        ("DAY({created_at})=6", {}, True),
    ],
)
def test_rules_and_visibility_compare_with_the_person(check: str, values: Values, *, holds: bool) -> None:
    made = compiled(rules=[{"key": "r", "check": check, "message": "!"}])
    evaluated = evaluate(made, values, CONTEXT)
    assert (validate(Submission(made, evaluated, {}), CONTEXT) == ()) is holds
    layout = [{"section": "s", "items": [{"field": "note", "visible_when": check}]}]
    form = compile_form(Form.model_validate({"key": "f", "entity": "thing", "title": "f", "layout": layout}), made)
    assert visible_fields(form, evaluated.values, CONTEXT) == ({"note"} if holds else set())


def test_a_stored_value_may_use_who_made_the_record_and_when() -> None:
    made = compiled(
        {"key": "day", "type": "date", "title": "d", "computed": "{created_at}"},
        {"key": "mine", "type": "boolean", "title": "m", "computed": "{created_by}={owner}"},
    )
    values = evaluate(made, {"owner": ME}, CONTEXT).values
    assert (str(values["day"]), values["mine"]) == ("2026-01-06", True)


def test_a_row_sees_the_person_and_the_record() -> None:
    column = {"key": "q", "type": "number", "title": "q"}
    shown = {"key": "s", "type": "boolean", "title": "s", "computed": "AND({q}=2,{created_by}={owner})"}
    made = compiled({"key": "lines", "type": "subform", "title": "l", "fields": [column, shown]})
    entry = made.entity.by_key["lines"].parse([{"q": 2}])
    rows = evaluate(made, {"owner": ME, "lines": entry}, CONTEXT).values["lines"]
    assert [row.values for row in rows_of(rows)] == [{"q": Decimal(2), "s": True}]


@pytest.mark.parametrize("name", ["current.user", "current.department"])
def test_a_stored_value_is_the_same_for_everyone(name: str) -> None:
    assert faults(computed(f'{{{name}}}&""')) == [("person_in_computed", "/fields/4/computed")]


@pytest.mark.parametrize("name", ["id", "version", "updated_at", "updated_by"])
def test_a_stored_value_does_not_read_what_saving_settles(name: str) -> None:
    assert faults(computed(f'{{{name}}}&""')) == [("saving_in_computed", "/fields/4/computed")]
    # versions that were published before this was looked at stay usable
    assert compiled(computed(f'{{{name}}}&""')).computed == {"x"}


def test_a_column_may_be_called_version() -> None:
    column = {"key": "version", "type": "number", "title": "v"}
    assert faults({"key": "l", "type": "subform", "title": "l", "fields": [column, computed('{version}&""')]}) == []


def problems_of(*fields: object) -> list[Problem]:
    app = App.model_validate({"format": 1, "key": "a", "title": "a"})
    return list(check_references(Application(app, entities={"thing": entity(*fields)})))


def test_a_subform_does_not_take_the_name_of_the_person() -> None:
    def current(column: str) -> dict[str, object]:
        inner = {"key": column, "type": "text", "title": "c"}
        return {"key": "current", "type": "subform", "title": "c", "fields": [inner]}

    assert [(item.code, item.path) for item in problems_of(current("user"))] == [("reserved_key", "/fields/4/key")]
    assert problems_of(current("note")) == []
    assert problems_of({"key": "current", "type": "text", "title": "c"}) == []
