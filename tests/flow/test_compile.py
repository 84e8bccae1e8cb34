"""Checks before a flow is published: each fault is found, named by code and place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import Problems
from engine.flow.compile import CheckedFlow, check_flow
from engine.flow.problems import FlowProblem
from engine.forms.scopes import entity_scope
from engine.model.entities import Entity
from engine.model.flows import Flow
from tests.flow.walks import ENTITY, PROJECT, SCOPE, approve, flow_of

TEMPLATE = Path(__file__).parents[2] / "templates_library" / "1_initiation" / "project_initiation"
NOTHING = {"key": "nothing", "seq": []}
Block = dict[str, object]


def rules(**members: object) -> Block:
    return {"key": "check", "approve": {"assign": [{"by": "member", "member": "wang"}], **members}}


def choice(when: str, kind: str = "choice") -> Block:
    return {
        "key": "pick",
        kind: {"branches": [{"key": "one", "when": when, "block": NOTHING}], "default": {"key": "rest", "seq": []}},
    }


def parallel(*branches: object, join: object = "all") -> Block:
    return {"key": "split", "parallel": {"branches": list(branches), "join": join}}


def returning(target: str) -> Block:
    return rules(actions=["approve", "return"], **{"return": {"to": [target]}})


def rejecting(**policy: object) -> Block:
    return rules(on_reject=policy)


def cc(**rule: object) -> Block:
    return {"key": "tell", "cc": {"to": [rule]}}


def create(entity: str, **values: str) -> Block:
    return {"key": "make", "trigger": {"do": "create_record", "entity": entity, "map": values}}


TARGET = Entity.model_validate(
    {
        "key": "project",
        "title": "项目",
        "fields": [
            {"key": "name", "type": "text", "title": "名称", "required": True, "max_length": 16},
            {"key": "lead", "type": "member", "title": "负责人"},
            {"key": "share", "type": "number", "title": "比例", "max": 100},
            {"key": "papers", "type": "attachment", "title": "附件"},
            {
                "key": "lines",
                "type": "subform",
                "title": "明细",
                "fields": [{"key": "price", "type": "text", "title": "单价"}],
            },
            {
                "key": "more",
                "type": "subform",
                "title": "明细",
                "fields": [{"key": "other", "type": "number", "title": "单价"}],
            },
        ],
    }
)


def checked_flow(*blocks: Block) -> CheckedFlow:
    root = {"key": "root", "seq": [{"key": "apply", "initiate": {}}, *blocks]}
    flow = Flow.model_validate({"key": "f", "entity": "proposal", "title": "f", "root": root})
    return check_flow(flow, entity=ENTITY, entities={"project": TARGET}, scope=entity_scope(ENTITY))


BRANCH = "/root/seq/1/parallel/branches/1/approve"
CASES = [
    ("duplicate_key", "/root/seq/2/key", [approve("a", "wang"), approve("a", "li")]),
    ("initiate_misplaced", "/root/seq/1", [{"key": "again", "initiate": {}}]),
    ("formula_unknown_field", "/root/seq/1/choice/branches/0/when", [choice("{missing}>1")]),
    ("formula_syntax", "/root/seq/1/choice/branches/0/when", [choice("{budget}>")]),
    ("formula_type", "/root/seq/1/choice/branches/0/when", [choice("{budget}")]),
    ("main_action_missing", "/root/seq/1/approve/actions", [rules(actions=["reject"])]),
    ("return_not_an_action", "/root/seq/1/approve/return", [rules(**{"return": {"to": "passed"}})]),
    ("unknown_node", "/root/seq/1/approve/return/to/0", [returning("nobody")]),
    ("not_a_task_node", "/root/seq/2/approve/return/to/0", [NOTHING, returning("nothing")]),
    ("illegal_return", "/root/seq/1/approve/on_reject/to", [rejecting(do="return", to="next"), approve("next", "li")]),
    ("illegal_return", f"{BRANCH}/on_reject/to", [parallel(approve("left", "li"), rejecting(do="return", to="left"))]),
    ("end_branch_outside", "/root/seq/1/approve/on_reject/do", [rejecting(do="end_branch")]),
    ("join_too_large", "/root/seq/1/parallel/join", [parallel(approve("left", "li"), NOTHING, join=3)]),
    ("unknown_field", "/root/seq/1/approve/fields/gone", [rules(fields={"gone": "read"})]),
    ("unknown_field", "/root/seq/1/approve/fields/lines/gone", [rules(fields={"lines": {"gone": "read"}})]),
    ("not_a_subform", "/root/seq/1/approve/fields/name", [rules(fields={"name": {"x": "read"}})]),
    ("field_not_writable", "/root/seq/1/approve/fields/total", [rules(fields={"total": "required"})]),
    ("unknown_field", "/root/seq/1/approve/basis/0", [rules(basis=["gone"])]),
    ("unknown_field", "/root/seq/1/cc/to/0/field", [cc(by="field", field="gone")]),
    ("not_a_people_field", "/root/seq/1/cc/to/0/field", [cc(by="field", field="name")]),
    ("not_a_people_field", "/root/seq/1/cc/to/0/of", [cc(by="supervisor", of="unit")]),
    ("handlers_not_before", "/root/seq/1/cc/to/0/of", [cc(by="handlers", of="later"), approve("later", "li")]),
    ("unknown_entity", "/root/seq/1/trigger/entity", [create("gone", name="{name}")]),
    ("unknown_field", "/root/seq/1/trigger/map/gone", [create("project", gone="1", name="{name}")]),
    ("formula_type", "/root/seq/1/trigger/map/name", [create("project", name="{budget}")]),
    ("formula_type", "/root/seq/1/trigger/map/name", [create("project", name='IF({is_urgent},"x",{owner})')]),
    ("formula_type", "/root/seq/1/trigger/map/lead", [create("project", name="{name}", lead="{people}")]),
    ("formula_type", "/root/seq/1/trigger/map/papers", [create("project", name="{name}", papers="{lines}")]),
    ("copy_needed", "/root/seq/1/trigger/map/papers", [create("project", name="{name}", papers="NA()")]),
    ("copy_needed", "/root/seq/1/trigger/map/lines", [create("project", name="{name}", lines="IF(TRUE,{lines})")]),
    ("column_differs", "/root/seq/1/trigger/map/lines", [create("project", name="{name}", lines="{lines}")]),
    ("unknown_field", "/root/seq/1/trigger/map/more", [create("project", name="{name}", more="{lines}")]),
    ("too_long", "/root/seq/1/trigger/map/name", [create("project", name='"seventeen letters"')]),
    ("above_max", "/root/seq/1/trigger/map/share", [create("project", name="{name}", share="IF({is_urgent},100,101)")]),
    ("formula_type", "/root/seq/1/choice/branches/0/when", [choice('IF({is_urgent},TRUE,"no")')]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "pointer", "blocks"), CASES, ids=[f"{code}-{index}" for index, (code, _, _) in enumerate(CASES)]
)
def test_each_fault_is_found_where_it_is(code: str, pointer: str, blocks: list[Block]) -> None:
    checked = checked_flow(*blocks)
    assert [(problem.code, problem.path) for problem in checked.problems] == [(code, pointer)]
    (problem,) = checked.problems
    assert "{" not in problem.text("zh-CN").replace("{missing}", "")
    assert problem.text("zh-CN") != problem.text("en")


def test_a_result_of_the_wrong_kind_names_the_part_of_the_formula() -> None:
    (problem,) = checked_flow(create("project", name='IF({is_urgent},"x",{owner})')).problems
    assert problem.text("en") == "At character 20 of the formula: expected text, found member"
    (problem,) = checked_flow(create("project", name="{name}", share="IF({is_urgent},100,101)")).problems
    assert problem.text("zh-CN") == "公式第 20 个字符处: 不能大于 100"


def test_values_of_the_wrong_kind_leave_a_flow_usable_that_was_published_before() -> None:
    assert checked_flow(create("project", name="{budget}")).flow is not None
    assert checked_flow(create("project", name="{budget")).flow is None


def test_what_excel_converts_is_a_warning() -> None:
    checked = checked_flow(
        choice("AND(NOT(ISBLANK({name})),{name}*2>1)"), create("project", name="{name}", share="{is_urgent}")
    )
    assert checked.problems == ()
    assert [(found.code, found.path, found.params["position"]) for found in checked.warnings] == [
        ("formula_converts", "/root/seq/1/choice/branches/0/when", 26),
        ("formula_converts", "/root/seq/2/trigger/map/share", 1),
    ]


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(Problems) as refused:
        flow_of(rules(basis=["gone"], fields={"gone": "read"}, actions=["reject"]))
    assert len(refused.value.errors) == 3


@pytest.mark.parametrize(
    ("root", "code"),
    [
        ({"key": "apply", "initiate": {}}, "root_not_a_sequence"),
        ({"key": "root", "seq": []}, "initiate_missing"),
        ({"key": "root", "seq": [approve("a", "wang")]}, "initiate_missing"),
    ],
)
def test_a_flow_begins_with_the_initiator(root: Block, code: str) -> None:
    flow = Flow.model_validate({"key": "f", "entity": "proposal", "title": "f", "root": root})
    checked = check_flow(flow, entity=ENTITY, entities={}, scope=SCOPE)
    assert checked.flow is None
    assert [problem.code for problem in checked.problems] == [code]


def test_a_flow_nested_without_end_is_refused() -> None:
    block: Block = {"key": "deep", "seq": []}
    for level in range(40):
        block = {"key": f"level{level}", "seq": [block]}
    with pytest.raises(Problems) as refused:
        flow_of(block)
    assert [problem.code for problem in refused.value.errors] == ["flow_too_large"]


def test_a_constant_condition_is_a_warning() -> None:
    flow = Flow.model_validate(
        {
            "key": "f",
            "entity": "proposal",
            "title": "f",
            "root": {"key": "root", "seq": [{"key": "apply", "initiate": {}}, choice("1>2")]},
        }
    )
    checked = check_flow(flow, entity=ENTITY, entities={"project": PROJECT}, scope=SCOPE)
    assert checked.flow is not None
    assert [(problem.code, problem.path) for problem in checked.warnings] == [
        ("constant_condition", "/root/seq/1/choice/branches/0/when")
    ]


FILL = rules(fields={"name": "required"})
EITHER = {
    "key": "either",
    "choice": {
        "branches": [{"key": "hurry", "when": "{is_urgent}", "block": FILL}],
        "default": rules(fields={"name": "required", "budget": "required"}) | {"key": "other"},
    },
}
BOTH = parallel(FILL, rules(fields={"budget": "required"}) | {"key": "other"})


@pytest.mark.parametrize(
    ("blocks", "when", "fields"),
    [
        ([], "{budget}>1", ["budget"]),
        ([], '{name}="x"', ["name"]),
        ([], "{budget}>LEN({name})", ["budget", "name"]),
        ([FILL], "{budget}>LEN({name})", ["budget"]),
        ([rules(fields={"name": "required"}, empty="approve")], '{name}="x"', ["name"]),
        ([rules(fields={"name": "write"})], '{name}="x"', ["name"]),
        ([EITHER], '{name}="x"', []),
        ([EITHER], "{budget}>1", ["budget"]),
        ([BOTH], "{budget}>LEN({name})", []),
        ([parallel(FILL, {"key": "idle", "seq": []}, join="first")], '{name}="x"', ["name"]),
        ([], "AND(NOT(ISBLANK({name})),{budget}>0)", ["budget"]),
        ([], "{is_urgent}", []),
        ([], "{total}>1", []),
        ([], "SUM({lines.price})>COUNTA({people})", []),
        ([], "{initiator}={owner}", ["owner"]),
    ],
)
def test_a_field_that_may_be_empty_in_a_condition_is_a_warning(
    blocks: list[Block], when: str, fields: list[str]
) -> None:
    checked = checked_flow(*blocks, choice(when))
    assert checked.problems == ()
    pointer = f"/root/seq/{len(blocks) + 1}/choice/branches/0/when"
    found = [(warning.code, warning.path, warning.params["field"]) for warning in checked.warnings]
    assert found == [("condition_field_maybe_empty", pointer, field) for field in fields]


def test_a_required_field_that_a_trigger_leaves_empty_is_a_warning() -> None:
    trigger = {"do": "create_record", "entity": "proposal", "map": {"name": "{name}"}}
    target = Entity.model_validate(
        {
            "key": "proposal",
            "title": "x",
            "fields": [{"key": key, "type": "text", "title": key, "required": True} for key in ("name", "code")],
        }
    )
    flow = Flow.model_validate(
        {
            "key": "f",
            "entity": "proposal",
            "title": "f",
            "root": {"key": "root", "seq": [{"key": "apply", "initiate": {}}, {"key": "make", "trigger": trigger}]},
        }
    )
    checked = check_flow(flow, entity=ENTITY, entities={"proposal": target}, scope=SCOPE)
    assert [problem.code for problem in checked.warnings] == ["required_field_not_mapped"]


def test_blocks_inside_a_block_of_their_own_key_are_looked_at_too() -> None:
    inner = {"key": "same", "seq": [choice("{gone}>1")]}
    checked = checked_flow({"key": "same", "seq": [inner]}, rules(basis=["gone"]))
    assert [(problem.code, problem.path) for problem in checked.problems] == [
        ("duplicate_key", "/root/seq/1/seq/0/key"),
        ("formula_unknown_field", "/root/seq/1/seq/0/seq/0/choice/branches/0/when"),
        ("unknown_field", "/root/seq/2/approve/basis/0"),
    ]


def test_blocks_and_kinds_that_are_not_executed_are_refused() -> None:
    for block in (
        {"key": "wait", "delay": {"for": "P1D"}},
        rules(actions=["approve", "transfer"]),
        rules(signature=True),
    ):
        with pytest.raises(ValueError, match="validation error"):
            flow_of(block)


def test_the_shipped_flow_compiles_without_warnings() -> None:
    entities = {
        file.stem: Entity.model_validate_json(file.read_text(encoding="utf-8"))
        for file in (TEMPLATE / "entities").glob("*.json")
    }
    flow = Flow.model_validate(json.loads((TEMPLATE / "flows" / "approve_proposal.json").read_text(encoding="utf-8")))
    entity = entities[flow.entity]
    checked = check_flow(flow, entity=entity, entities=entities, scope=entity_scope(entity))
    assert (checked.problems, checked.warnings) == ((), ())


def test_every_problem_has_a_code_of_its_own_and_both_texts() -> None:
    classes = FlowProblem.__subclasses__()
    assert len({problem.code for problem in classes}) == len(classes)
    assert all(problem.zh != problem.en for problem in classes)
