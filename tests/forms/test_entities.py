"""Entities interpreted: computing in order, entering with rights, validating with pointers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import Problems
from engine.forms.compile import CompiledEntity, compile_entity
from engine.forms.context import Context
from engine.forms.entry import read_entry, read_values, refuse_claims
from engine.forms.evaluate import Evaluated, default_values, evaluate, record_title, visible_fields
from engine.forms.layout import CompiledForm, compile_form
from engine.forms.rights import hidden_paths, mask, resolve_rights, union
from engine.forms.switches import evaluate_new
from engine.forms.validate import Submission, required_fields, validate
from engine.formula.values import FormulaBudgetExceeded
from engine.model.entities import Entity
from engine.model.forms import Form
from engine.model.values import RawJson, Row, Value

TEMPLATE = Path(__file__).parents[2] / "templates_library" / "1_initiation" / "project_initiation"
CONTEXT = Context(datetime(2026, 1, 5, 1, 0, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
WRITE = {"*": "write"}
MEMBER = "a" * 24
FULL: Mapping[str, RawJson] = {
    "name": "数据中台",
    "kind": "it",
    "goals": ["digital"],
    "goal": "统一主数据",
    "start": "2026-02-01",
    "finish": "2026-08-31",
    "owner": MEMBER,
    "department": MEMBER,
    "outsourced": False,
    "lines": [{"item": "人工", "qty": 2.5, "price": "33.33"}, {"item": "设备", "qty": 1, "price": 100}],
}


def load(kind: str, key: str) -> dict[str, object]:
    content: dict[str, object] = json.loads((TEMPLATE / kind / f"{key}.json").read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def proposal() -> CompiledEntity:
    return compile_entity(Entity.model_validate(load("entities", "proposal")))


@pytest.fixture(scope="module")
def form(proposal: CompiledEntity) -> CompiledForm:
    return compile_form(Form.model_validate(load("forms", "apply")), proposal)


def entity(*fields: Mapping[str, object], rules: object = ()) -> CompiledEntity:
    document = {"key": "thing", "title": "物", "fields": fields, "rules": rules}
    return compile_entity(Entity.model_validate(json.loads(json.dumps(document))))


def enter(compiled: CompiledEntity, raw: Mapping[str, RawJson], rights: object = WRITE) -> dict[str, Value]:
    entry = read_entry(compiled, raw, rights=resolve_rights(compiled, rights))  # type: ignore[arg-type]
    assert entry.problems == ()
    return entry.values


def problems_of(
    compiled: CompiledEntity, raw: Mapping[str, RawJson], form: CompiledForm | None = None
) -> list[tuple[str, str | None]]:
    evaluated = evaluate(compiled, enter(compiled, raw), CONTEXT)
    return [(p.code, p.path) for p in validate(Submission(compiled, evaluated, {}, form), CONTEXT)]


def test_rows_are_computed_before_their_sum(proposal: CompiledEntity) -> None:
    values = evaluate(proposal, enter(proposal, FULL), CONTEXT).values
    rows = values["lines"]
    assert isinstance(rows, tuple)
    assert [row.values["amount"] for row in rows if isinstance(row, Row)] == [Decimal("83.33"), Decimal(100)]
    assert values["budget"] == Decimal("183.33")
    assert values["days"] == Decimal(212)


def test_a_finish_before_the_start_lasts_no_negative_time(proposal: CompiledEntity) -> None:
    values = evaluate(proposal, enter(proposal, {**FULL, "finish": "2026-01-01"}), CONTEXT).values
    assert values["days"] == 0


def test_a_complete_proposal_has_no_problems(proposal: CompiledEntity, form: CompiledForm) -> None:
    assert problems_of(proposal, FULL, form) == []


def test_every_problem_is_reported_at_its_pointer(proposal: CompiledEntity, form: CompiledForm) -> None:
    raw = {**FULL, "name": "", "finish": "2026-01-01", "lines": [{"qty": 1, "price": 0}], "outsourced": True}
    assert set(problems_of(proposal, raw, form)) == {
        ("required", "/name"),
        ("required", "/vendor"),
        ("required", "/lines/0/item"),
        ("rule_broken", "/finish"),
        ("rule_broken", "/lines"),
    }


def test_a_field_is_required_only_while_it_is_seen(proposal: CompiledEntity, form: CompiledForm) -> None:
    inside = evaluate(proposal, enter(proposal, FULL), CONTEXT)
    assert "vendor" not in visible_fields(form, inside.values, CONTEXT)
    outside = Evaluated({**inside.values, "outsourced": True})
    assert "vendor" in required_fields(Submission(proposal, outside, {}, form), CONTEXT)


@pytest.mark.parametrize("lines", [None, [], [{"qty": 1}]])
def test_a_subform_wants_its_fewest_rows_even_of_nobody_who_entered_any(lines: RawJson) -> None:
    column = {"key": "qty", "type": "number", "title": "数"}
    wanting = entity({"key": "lines", "type": "subform", "title": "行", "min_rows": 2, "fields": [column]})
    assert problems_of(wanting, {"lines": lines}) == [("too_few_rows", "/lines")]
    evaluated = evaluate(wanting, enter(wanting, {"lines": lines}), CONTEXT)
    reading = resolve_rights(wanting, {"*": "read"})
    if not lines:
        assert validate(Submission(wanting, evaluated, {}, None, reading), CONTEXT) == ()
        assert required_fields(Submission(wanting, evaluated, {}), CONTEXT) == {"lines"}


def test_wrong_types_name_the_cell(proposal: CompiledEntity) -> None:
    raw = {"start": "01.02.2026", "kind": "xx", "lines": [{"item": "a", "qty": "viele", "price": 1.005}], "zzz": 1}
    entry = read_entry(proposal, raw, rights=resolve_rights(proposal, WRITE))  # type: ignore[arg-type]
    assert {(p.code, p.path) for p in entry.problems} == {
        ("bad_date", "/start"),
        ("unknown_option", "/kind"),
        ("not_a_number", "/lines/0/qty"),
        ("too_many_decimals", "/lines/0/price"),
        ("unknown_field", "/zzz"),
    }


def faults_of(
    compiled: CompiledEntity,
    raw: Mapping[str, RawJson],
    *,
    form: CompiledForm | None = None,
    stored: Mapping[str, Value] | None = None,
) -> tuple[Evaluated, list[tuple[str, str | None]]]:
    """What is evaluated of an entry with faults, and all faults: of reading it and of validating it."""
    entry = read_entry(compiled, raw, rights=resolve_rights(compiled, WRITE), stored=stored)  # type: ignore[arg-type]
    changed = None if stored is None else entry.changed
    evaluated = evaluate(compiled, entry.values, CONTEXT, changed=changed, unread=entry.unread)
    found = validate(Submission(compiled, evaluated, stored or {}, form), CONTEXT)
    claims = refuse_claims(entry.claimed, evaluated.values, unread=evaluated.unread)
    return evaluated, [(p.code, p.path) for p in (*entry.problems, *claims, *found)]


def test_a_wrong_cell_hides_neither_its_row_nor_what_else_is_missing(
    proposal: CompiledEntity, form: CompiledForm
) -> None:
    evaluated, found = faults_of(proposal, {**FULL, "lines": [{"qty": -1}]}, form=form)
    assert found == [("below_min", "/lines/0/qty"), ("required", "/lines/0/item"), ("required", "/lines/0/price")]
    assert evaluated.values["lines"] == (Row(None, {"amount": None}),)


def test_what_is_made_from_an_unreadable_cell_is_neither_computed_nor_judged(
    proposal: CompiledEntity, form: CompiledForm
) -> None:
    good: RawJson = {"item": "人工", "qty": 2, "price": 5, "amount": 10}
    lines: RawJson = [good, {"item": "设备", "qty": -2, "price": 7, "amount": 14}]
    stored = evaluate(proposal, enter(proposal, FULL), CONTEXT).values
    for before in (None, stored):
        raw = {**FULL, "lines": lines, "budget": 24}
        evaluated, found = faults_of(proposal, raw, form=form, stored=before)
        assert found == [("below_min", "/lines/1/qty")]
        rows = evaluated.values["lines"]
        assert isinstance(rows, tuple)
        assert [row.values["amount"] for row in rows if isinstance(row, Row)] == [Decimal(10), None]
        assert evaluated.values["budget"] is None


@pytest.mark.parametrize(
    ("lines", "code", "path"),
    [
        ("none", "not_a_list", "/lines"),
        (["none"], "bad_row", "/lines/0"),
        ([{"qty": 1}] * 201, "too_many_rows", "/lines"),
    ],
)
def test_rows_that_cannot_be_read_are_not_called_missing(
    proposal: CompiledEntity, form: CompiledForm, *, lines: RawJson, code: str, path: str
) -> None:
    assert faults_of(proposal, {**FULL, "lines": lines}, form=form)[1] == [(code, path)]


def test_an_unreadable_value_breaks_no_rule_and_makes_nothing_required(
    proposal: CompiledEntity, form: CompiledForm
) -> None:
    raw = {**FULL, "start": "01.02.2026", "outsourced": "perhaps"}
    assert faults_of(proposal, raw, form=form)[1] == [("bad_date", "/start"), ("not_a_boolean", "/outsourced")]


def test_a_switch_that_was_shown_and_left_alone_means_no() -> None:
    switch = {"type": "boolean", "title": "开关"}
    column = {"key": "lines", "type": "subform", "title": "行", "fields": [{"key": "done", **switch}]}
    compiled = entity({"key": "a", **switch}, {"key": "b", **switch}, {"key": "c", **switch}, column)
    items = ["a", {"field": "b", "visible_when": "NOT(ISBLANK({a}))"}, {"field": "c", "visible_when": "{a}"}, "lines"]
    layout = {"key": "f", "entity": "thing", "title": "表", "layout": [{"section": "一", "items": items}]}
    form = compile_form(Form.model_validate(json.loads(json.dumps(layout))), compiled)
    rights = resolve_rights(compiled, WRITE)  # type: ignore[arg-type]
    entry = read_entry(compiled, {"lines": [{}]}, rights=rights)

    def stored(form: CompiledForm | None) -> dict[str, Value]:
        return evaluate_new(compiled, entry.values, CONTEXT, form=form, rights=rights, unread=entry.unread).values

    assert stored(form) == {"a": False, "b": False, "lines": (Row(None, {"done": False}),)}
    assert stored(None) == {"lines": (Row(None, {}),)}


def test_read_only_and_hidden_fields_are_refused_not_ignored(proposal: CompiledEntity) -> None:
    rights = resolve_rights(proposal, {"*": "read", "cost_center": "required", "review_note": "hidden"})
    stored: dict[str, Value] = {"name": "旧", "review_note": "内部"}
    entry = read_entry(proposal, {"name": "新", "cost_center": "CC", "review_note": "x"}, rights=rights, stored=stored)
    assert {(p.code, p.path) for p in entry.problems} == {
        ("field_not_writable", "/name"),
        ("field_not_writable", "/review_note"),
    }
    same = read_entry(proposal, {"name": "旧", "cost_center": "CC"}, rights=rights, stored=stored)
    assert same.problems == ()
    assert same.changed == {"cost_center"}


def test_a_wrong_claim_about_a_computed_value_is_refused(proposal: CompiledEntity) -> None:
    rights = resolve_rights(proposal, WRITE)  # type: ignore[arg-type]
    entry = read_entry(proposal, {**FULL, "budget": 5}, rights=rights)
    values = evaluate(proposal, entry.values, CONTEXT).values
    assert [p.path for p in refuse_claims(entry.claimed, values)] == ["/budget"]
    right = read_entry(proposal, {**FULL, "budget": 183.33}, rights=rights)
    assert refuse_claims(right.claimed, values) == ()


def test_rows_keep_what_was_not_sent_and_foreign_rows_are_refused(proposal: CompiledEntity) -> None:
    stored: dict[str, Value] = {"lines": (Row("b" * 24, {"item": "人工", "qty": Decimal(1), "price": Decimal(2)}),)}
    rights = resolve_rights(proposal, WRITE)  # type: ignore[arg-type]
    entry = read_entry(proposal, {"lines": [{"id": "b" * 24, "qty": 3}]}, rights=rights, stored=stored)
    assert entry.values["lines"] == (Row("b" * 24, {"item": "人工", "qty": Decimal(3), "price": Decimal(2)}),)
    assert entry.changed == {"lines", "lines.qty"}
    foreign = read_entry(proposal, {"lines": [{"id": "c" * 24, "qty": 3}]}, rights=rights, stored=stored)
    assert [(p.code, p.path) for p in foreign.problems] == [("unknown_row", "/lines/0/id")]


def test_masking_takes_fields_and_columns_away(proposal: CompiledEntity) -> None:
    rights = resolve_rights(proposal, {"*": "read", "name": "hidden", "lines": {"price": "hidden", "*": "read"}})
    values: dict[str, Value] = {"name": "x", "goal": "y", "lines": (Row("b" * 24, {"item": "i", "price": Decimal(1)}),)}
    assert mask(values, hidden_paths(rights)) == {"goal": "y", "lines": (Row("b" * 24, {"item": "i"}),)}


def test_several_tasks_give_the_union_of_their_rights(proposal: CompiledEntity) -> None:
    first = resolve_rights(proposal, {"*": "hidden", "name": "write"})
    second = resolve_rights(proposal, {"*": "read", "name": "hidden"})
    both = union(first, [second])
    assert (both["name"], both["goal"], both["budget"]) == ("write", "read", "read")
    required = resolve_rights(proposal, {"*": "required"})
    assert (union(first, [required])["goal"], union(required, [first])["goal"]) == ("write", "required")


def test_cycles_are_refused_with_their_path() -> None:
    with pytest.raises(Problems) as caught:
        entity(
            {"key": "a", "type": "number", "title": "a", "computed": "{b}+1"},
            {"key": "b", "type": "number", "title": "b", "computed": "SUM({rows.c})"},
            {"key": "rows", "type": "subform", "title": "r", "fields": [
                {"key": "c", "type": "number", "title": "c", "computed": "{a}"}]},
        )  # fmt: skip
    (problem,) = caught.value.errors
    assert problem.code == "computed_cycle"
    assert "a → b → rows.c → a" in problem.text("en")


def test_all_formula_problems_are_reported_with_their_pointers() -> None:
    with pytest.raises(Problems) as caught:
        entity(
            {"key": "a", "type": "number", "title": "a", "computed": "{missing}+1"},
            {"key": "b", "type": "date", "title": "b", "computed": "TODAY()"},
            {"key": "rows", "type": "subform", "title": "r", "fields": [
                {"key": "c", "type": "number", "title": "c", "computed": "ROUNDD({a},1)"}]},
            rules=[{"key": "r", "check": "1+1", "message": "m"}],
        )  # fmt: skip
    assert {(p.code, p.path) for p in caught.value.errors} == {
        ("formula_unknown_field", "/fields/0/computed"),
        ("clock_in_computed", "/fields/1/computed"),
        ("formula_unknown_function", "/fields/2/fields/0/computed"),
        ("formula_type", "/rules/0/check"),
    }


def test_computed_numbers_are_rounded_to_the_decimals_of_the_field() -> None:
    compiled = entity(
        {"key": "x", "type": "number", "decimals": 4, "title": "x"},
        {"key": "y", "type": "number", "decimals": 2, "title": "y", "computed": "{x}*1"},
        {"key": "z", "type": "number", "decimals": 2, "digits": 4, "title": "z", "computed": "{x}*1000"},
    )
    evaluated = evaluate(compiled, {"x": Decimal("2.675")}, CONTEXT)
    assert evaluated.values["y"] == Decimal("2.68")
    assert evaluated.values["z"] is None
    assert [(p.code, p.path) for p in validate(Submission(compiled, evaluated, {}), CONTEXT)] == [
        ("formula_error", "/z")
    ]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("9.994", Decimal("9.99")),
        ("9.995", None),
        ("-9.994", Decimal("-9.99")),
        ("-9.995", None),
        ("10^30", None),
        ("-0.001", Decimal(0)),
    ],
)
def test_a_computed_number_with_too_many_digits_after_rounding_is_an_error(formula: str, value: Decimal | None) -> None:
    number = {"key": "n", "type": "number", "title": "数", "digits": 3, "decimals": 2, "computed": formula}
    evaluated = evaluate(entity(number), {}, CONTEXT)
    assert str(evaluated.values["n"]) == str(value)
    assert [error.value for error in evaluated.errors.values()] == ([] if value is not None else ["#NUM!"])


def test_aggregates_find_what_was_computed_in_rows_with_its_gaps_and_in_wall_clock_time() -> None:
    columns = [
        {"key": "qty", "type": "number", "title": "数量"},
        {"key": "at", "type": "datetime", "title": "时间"},
        {"key": "share", "type": "number", "title": "份额", "computed": "6/{qty}"},
        {"key": "end", "type": "datetime", "title": "结束", "computed": "{at}+1"},
    ]
    compiled = entity(
        {"key": "lines", "type": "subform", "title": "行", "fields": columns},
        {"key": "shares", "type": "number", "title": "合计", "computed": "SUM({lines.share})"},
        {"key": "count", "type": "number", "title": "个数", "computed": "COUNTA({lines.share})"},
        {"key": "last", "type": "text", "title": "最后", "computed": "MAX({lines.end})"},
    )
    at = datetime(2026, 1, 5, 1, tzinfo=UTC)
    rows = tuple(Row(None, {"qty": qty, "at": at}) for qty in (Decimal(2), None, Decimal(3)))
    evaluated = evaluate(compiled, {"lines": rows}, CONTEXT)
    found = [evaluated.values[key] for key in ("shares", "count", "last")]
    assert found == [Decimal(5), Decimal(2), "2026-01-06 09:00:00"]
    assert {path: error.value for path, error in evaluated.errors.items()} == {"/lines/1/share": "#DIV/0!"}


def rows_of(count: int, *formulas: str) -> tuple[CompiledEntity, dict[str, Value]]:
    columns: list[dict[str, object]] = [{"key": "q", "title": "x", "type": "number"}]
    for at, text in enumerate(formulas):
        columns.append({"key": f"c{at}", "title": "x", "type": "number", "decimals": 8, "computed": text})
    compiled = entity({"key": "lines", "title": "x", "type": "subform", "max_rows": 500, "fields": columns})
    return compiled, {"lines": tuple(Row(f"{at:024x}", {"q": Decimal(at + 1)}) for at in range(count))}


def test_shares_of_the_total_of_very_many_rows_are_within_the_budget_of_a_record() -> None:
    compiled, values = rows_of(500, *["{q}/SUM({lines.q})"] * 4)
    assert evaluate(compiled, values, CONTEXT).errors == {}


def test_all_formulas_of_a_record_have_one_budget_together() -> None:
    compiled, values = rows_of(500, "{q}+1", "+".join(["{q}^0.7"] * 150))
    with pytest.raises(FormulaBudgetExceeded):
        evaluate(compiled, values, CONTEXT)


def test_what_a_row_holds_besides_its_columns_does_not_hide_fields_around_it() -> None:
    columns = [{"key": "cost", "type": "number", "title": "成本", "computed": "{rate}*2"}]
    compiled = entity(
        {"key": "rate", "type": "number", "title": "单价"},
        {"key": "lines", "type": "subform", "title": "行", "fields": columns},
    )
    evaluated = evaluate(compiled, {"rate": Decimal(4), "lines": (Row(None, {"rate": Decimal(100)}),)}, CONTEXT)
    assert evaluated.values["lines"] == (Row(None, {"rate": Decimal(100), "cost": Decimal(8)}),)


def test_division_by_an_empty_field_is_shown_empty() -> None:
    compiled = entity(
        {"key": "x", "type": "number", "title": "x"},
        {"key": "y", "type": "number", "title": "y", "computed": "1/{x}"},
    )
    evaluated = evaluate(compiled, {}, CONTEXT)
    assert evaluated.values["y"] is None
    assert validate(Submission(compiled, evaluated, {}), CONTEXT) == ()


def test_defaults_fill_a_new_record_and_titles_name_it() -> None:
    compiled = entity(
        {"key": "day", "type": "date", "title": "d", "default": "TODAY()+1"},
        {
            "key": "stage",
            "type": "select",
            "title": "s",
            "default": '"new"',
            "options": [{"key": "new", "title": "新"}],
        },
    )
    assert default_values(compiled, CONTEXT) == {"day": date(2026, 1, 6), "stage": "new"}
    assert record_title(compiled, {}, lambda _key, value: str(value or "")) == ""


def test_a_retired_option_stays_but_cannot_be_chosen() -> None:
    options = [{"key": "old", "title": "旧", "retired": True}, {"key": "new", "title": "新"}]
    compiled = entity({"key": "s", "type": "select", "title": "s", "options": options})
    chosen = Submission(compiled, Evaluated({"s": "old"}), {})
    kept = Submission(compiled, Evaluated({"s": "old"}), {"s": "old"})
    assert [p.code for p in validate(chosen, CONTEXT)] == ["retired_option"]
    assert validate(kept, CONTEXT) == ()


rows = st.lists(
    st.fixed_dictionaries({"qty": st.integers(0, 99), "price": st.integers(0, 9999), "item": st.just("x")}), max_size=6
)


@given(rows, rows)
def test_recomputing_what_changed_equals_recomputing_all(before: list[RawJson], after: list[RawJson]) -> None:
    compiled = compile_entity(Entity.model_validate(load("entities", "proposal")))
    rights = resolve_rights(compiled, WRITE)  # type: ignore[arg-type]
    first = evaluate(compiled, read_entry(compiled, {"lines": before}, rights=rights).values, CONTEXT).values
    entry = read_entry(compiled, {"lines": after}, rights=rights, stored=first)
    part = evaluate(compiled, entry.values, CONTEXT, changed=entry.changed).values
    assert part == evaluate(compiled, entry.values, CONTEXT).values


def test_values_of_formulas_are_read_as_if_somebody_had_entered_them() -> None:
    column = {"key": "qty", "type": "number", "title": "数", "decimals": 0, "max": 9}
    wanting = entity(
        {"key": "name", "type": "text", "title": "名", "max_length": 3},
        {"key": "start", "type": "date", "title": "日"},
        {"key": "lines", "type": "subform", "title": "行", "fields": [column]},
    )
    rows = (Row("1" * 24, {"qty": Decimal(5)}),)
    read = read_values(wanting, {"name": "abc", "lines": rows}, stored={"start": date(2026, 1, 5), "name": "x"})
    assert read.problems == ()
    assert read.values == {"name": "abc", "start": date(2026, 1, 5), "lines": (Row(None, {"qty": Decimal(5)}),)}
    wrong: dict[str, Value] = {"name": "abcd", "start": "soon", "lines": (Row(None, {"qty": Decimal(10)}),)}
    assert {(problem.code, problem.path) for problem in read_values(wanting, wrong, stored={}).problems} == {
        ("too_long", "/name"),
        ("bad_value", "/start"),
        ("above_max", "/lines/0/qty"),
    }
