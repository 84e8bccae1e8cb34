"""`formwright check` of an application with faults of every stage: all in one run, each once, in both languages."""

from __future__ import annotations

from engine.errors import Problem
from engine.model.values import Json
from engine.runtime.definitions import check_files
from tests.model.applications import put, small_files

APP, ENTITY, FORM, VIEW = "app.json", "entities/order.json", "forms/apply.json", "views/all.json"
FLOW, SET, PLAY, RECORDS = (
    "flows/approval.json",
    "permission_sets/finance.json",
    "scenarios/approved.json",
    "records/order.json",
)
EXTRA: list[Json] = [
    {"key": "limit", "type": "number", "title": "Limit", "decimals": 99, "computed": "{name}"},
    {"key": "price", "title": "Price"},
    {
        "key": "level",
        "type": "select",
        "title": "Level",
        "options": [{"key": "low", "title": "Low"}],
        "default": '"hi"',
    },
    {"key": "first", "type": "number", "title": "First", "computed": "{second}+1"},
    {"key": "second", "type": "number", "title": "Second", "computed": "{first}*2"},
    {"key": "third", "type": "number", "title": "Third", "computed": "{price}+{gone}"},
    {"key": "fourth", "type": "number", "title": "Fourth", "computed": "{name}*2"},
]
BLOCKS: list[Json] = [
    {"key": "check", "handle": {"assign": [{"by": "field", "field": "total"}], "basis": ["price", "gone"]}},
    {"key": "pick", "choice": {
        "branches": [{"key": "big", "when": "NOSUCH({total})", "block": {"key": "none", "seq": []}},
                     {"key": "odd", "when": "{total}", "block": {"key": "nil", "seq": []}}],
        "default": {"key": "rest", "seq": []}}},
    {"key": "last", "approve": {
        "assign": [{"by": "role", "role": "finanse"}], "fields": {"name": "maybe"},
        "on_reject": {"do": "return", "to": "nowhere"}}},
]  # fmt: skip


def break_all(trees: dict[str, Json]) -> None:
    put(APP, "/menu/0/items/0/form", "aply")(trees)
    put(APP, "/colour", "red")(trees)
    for field in EXTRA:
        put(ENTITY, "/fields/-", field)(trees)
    put(ENTITY, "/rules/-", {"key": "r", "check": "{total}+", "message": "R"})(trees)
    put(ENTITY, "/rules/-", {"key": "s", "check": '{total}>"', "at": ["gone"], "message": {"zh-CN": "只有中文"}})(trees)
    put(ENTITY, "/rules/-", {"key": "t", "check": "{limit}&1", "at": ["price"], "message": "T"})(trees)
    put(FORM, "/layout/0/items/1/visible_when", "{due}")(trees)
    put(FORM, "/layout/0/items/-", "price")(trees)
    put(FORM, "/layout/0/items/-", "gone")(trees)
    put(VIEW, "/columns/0", "cod")(trees)
    put(VIEW, "/sort/0/up", True)(trees)
    put(SET, "/to/0/role", "finanse")(trees)
    put(SET, "/rows/x", 1)(trees)
    for block in BLOCKS:
        put(FLOW, "/root/seq/-", block)(trees)
    put(
        FLOW,
        "/root/seq/2/trigger/map",
        {"name": "{total}", "due": "{owner}", "kind": '"it"', "total": "1", "gone": "1"},
    )(trees)
    put(PLAY, "/given/record/gone", 1)(trees)
    put(RECORDS, "/0/values/due", "soon")(trees)
    put(
        "views/second.json", "", {"key": "second", "entity": "nothing", "kind": "grid", "title": "S", "columns": ["x"]}
    )(trees)
    put("entitys/a.json", "", {})(trees)


def shown(problem: Problem) -> tuple[str | None, str | None, str, str, str]:
    return problem.file, problem.path, problem.code, problem.text("zh-CN"), problem.text("en")


EXPECTED: list[tuple[str, str, str, str, str]] = [
    ("app.json", "/colour", "unknown_member", "没有成员 “colour”", "There is no member “colour”"),
    (
        "app.json",
        "/menu/0/items/0/form",
        "unknown_form",
        "没有表单 “aply”, 是否想写 “apply”?",
        "There is no form “aply”; did you mean “apply”?",
    ),
    (
        "entities/order.json",
        "/fields/10/computed",
        "formula_type",
        "公式第 1 个字符处: 应为 数字, 实为 文本",
        "At character 1 of the formula: expected number, found text",
    ),
    ("entities/order.json", "/fields/10/decimals", "above_max", "不能大于 8", "Must not be greater than 8"),
    ("entities/order.json", "/fields/11", "missing_kind", "缺少 “type”", "“type” is missing"),
    (
        "entities/order.json",
        "/fields/12/default",
        "unknown_option",
        "公式第 1 个字符处: 没有选项 “hi”",
        "At character 1 of the formula: There is no option “hi”",
    ),
    (
        "entities/order.json",
        "/fields/13/computed",
        "computed_cycle",
        "计算字段互相依赖: first → second → first",
        "Computed fields depend on each other: first → second → first",
    ),
    (
        "entities/order.json",
        "/rules/1/check",
        "formula_syntax",
        "公式第 9 个字符处: 应为 值、字段或函数, 实为 公式结尾",
        "At character 9 of the formula: expected a value, a field or a function, found the end of the formula",
    ),
    (
        "entities/order.json",
        "/rules/2/at/0",
        "unknown_field",
        "实体没有字段 “gone”, 是否想写 “owner”?",
        "The entity has no field “gone”; did you mean “owner”?",
    ),
    (
        "entities/order.json",
        "/rules/2/check",
        "formula_syntax",
        '公式第 9 个字符处: 应为 结束引号 ", 实为 "',
        'At character 9 of the formula: expected a closing ", found "',
    ),
    ("entities/order.json", "/rules/2/message/en", "missing_member", "缺少 “en”", "“en” is missing"),
    (
        "entities/order.json",
        "/rules/3/check",
        "formula_type",
        "公式第 1 个字符处: 应为 真假值, 实为 文本",
        "At character 1 of the formula: expected boolean, found text",
    ),
    (
        "entitys/a.json",
        "",
        "unexpected_file",
        "应用中没有 entitys/a.json 这样的文件, 是否想写 “entities”?",
        "An application has no file such as entitys/a.json; did you mean “entities”?",
    ),
    (
        "flows/approval.json",
        "/root/seq/2/trigger/map/due",
        "formula_type",
        "公式第 1 个字符处: 应为 日期, 实为 成员",
        "At character 1 of the formula: expected date, found member",
    ),
    (
        "flows/approval.json",
        "/root/seq/2/trigger/map/gone",
        "unknown_field",
        "实体没有字段 “gone”, 是否想写 “owner”?",
        "The entity has no field “gone”; did you mean “owner”?",
    ),
    (
        "flows/approval.json",
        "/root/seq/2/trigger/map/kind",
        "unknown_option",
        "公式第 1 个字符处: 没有选项 “it”",
        "At character 1 of the formula: There is no option “it”",
    ),
    (
        "flows/approval.json",
        "/root/seq/2/trigger/map/name",
        "formula_type",
        "公式第 1 个字符处: 应为 文本, 实为 数字",
        "At character 1 of the formula: expected text, found number",
    ),
    (
        "flows/approval.json",
        "/root/seq/2/trigger/map/total",
        "field_not_writable",
        "“total” 的值由系统生成, 不能填写",
        "“total” is made by the engine and cannot be given a value",
    ),
    (
        "flows/approval.json",
        "/root/seq/3/handle/assign/0/field",
        "not_a_people_field",
        "节点 “check” 需要成员或部门字段, 但 “total” 不是",
        "“check” needs a field of type member/department, which “total” is not",
    ),
    (
        "flows/approval.json",
        "/root/seq/3/handle/basis/1",
        "unknown_field",
        "节点 “check” 引用了不存在的字段 “gone”",
        "“check” refers to the field “gone”, which does not exist",
    ),
    (
        "flows/approval.json",
        "/root/seq/3/key",
        "duplicate_key",
        "标识 “check” 重复, 请换一个在流程内唯一的标识",
        "The key “check” is used twice. Give the block a key of its own",
    ),
    (
        "flows/approval.json",
        "/root/seq/4/choice/branches/0/when",
        "formula_unknown_function",
        "没有函数 NOSUCH",
        "There is no function NOSUCH",
    ),
    (
        "flows/approval.json",
        "/root/seq/4/choice/branches/1/when",
        "formula_type",
        "公式第 1 个字符处: 应为 真假值, 实为 数字",
        "At character 1 of the formula: expected boolean, found number",
    ),
    (
        "flows/approval.json",
        "/root/seq/5/approve/assign/0/role",
        "unknown_role",
        "app.json 的 needs.roles 中没有角色 “finanse”, 是否想写 “finance”?",
        "There is no role “finanse” in needs.roles of app.json; did you mean “finance”?",
    ),
    (
        "flows/approval.json",
        "/root/seq/5/approve/fields/name",
        "value_not_allowed",
        "应为以下之一: hidden, read, write, required",
        "Must be one of: hidden, read, write, required",
    ),
    (
        "flows/approval.json",
        "/root/seq/5/approve/on_reject/to",
        "unknown_node",
        "节点 “last” 引用了不存在的节点 “nowhere”",
        "“last” refers to “nowhere”, which does not exist",
    ),
    (
        "forms/apply.json",
        "/layout/0/items/1/visible_when",
        "formula_type",
        "公式第 1 个字符处: 应为 真假值, 实为 日期",
        "At character 1 of the formula: expected boolean, found date",
    ),
    (
        "forms/apply.json",
        "/layout/0/items/4",
        "unknown_field",
        "实体没有字段 “gone”, 是否想写 “owner”?",
        "The entity has no field “gone”; did you mean “owner”?",
    ),
    (
        "forms/broken.json",
        "",
        "json_syntax",
        '第 2 行第 1 列: JSON 语法错误, 此处应为 用 "…" 括起的成员名',
        'Line 2, column 1: not valid JSON, a member name in "…" expected here',
    ),
    ("permission_sets/finance.json", "/rows/x", "unknown_member", "没有成员 “x”", "There is no member “x”"),
    (
        "permission_sets/finance.json",
        "/to/0/role",
        "unknown_role",
        "app.json 的 needs.roles 中没有角色 “finanse”, 是否想写 “finance”?",
        "There is no role “finanse” in needs.roles of app.json; did you mean “finance”?",
    ),
    ("records/order.json", "/0/values/due", "bad_date", "应为日期, 如 2026-01-31", "Must be a date such as 2026-01-31"),
    (
        "scenarios/approved.json",
        "/given/record/gone",
        "unknown_field",
        "实体没有字段 “gone”, 是否想写 “owner”?",
        "The entity has no field “gone”; did you mean “owner”?",
    ),
    (
        "views/all.json",
        "/columns/0",
        "unknown_field",
        "实体没有字段 “cod”, 是否想写 “code”?",
        "The entity has no field “cod”; did you mean “code”?",
    ),
    ("views/all.json", "/sort/0/up", "unknown_member", "没有成员 “up”", "There is no member “up”"),
    ("views/second.json", "/entity", "unknown_entity", "没有实体 “nothing”", "There is no entity “nothing”"),
]
WARNED: list[tuple[str, str, str, str, str]] = [
    (
        "entities/order.json",
        "/fields/16/computed",
        "formula_converts",
        "公式第 1 个字符处: 按 Excel 规则把 文本 当作 数字, 请确认是否符合本意",
        "At character 1 of the formula: text is taken as number by Excel's rules; is that meant?",
    ),
]


def test_every_fault_of_every_stage_is_reported_once() -> None:
    report = check_files(small_files(break_all) | {"forms/broken.json": b'{"key": "broken",\n'})
    assert report.application is None
    assert sorted(map(shown, report.problems)) == EXPECTED
    assert [shown(warning) for warning in report.warnings] == WARNED
