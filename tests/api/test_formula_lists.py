"""Formulas that choose and order records: in filters and orders of the API, in views and in permission sets."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.api.publishing import Files, republish
from tests.world import RECORDS, Client, World, refusal

PROJECTS = f"{RECORDS}/project/records"
PROPOSALS = f"{RECORDS}/proposal/records"
VIEW, EVERYONE = "views/all_projects.json", "permission_sets/project_everyone.json"


def asked(path: str = PROPOSALS, **query: object) -> str:
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in query.items()}
    return f"{path}?{urlencode(texts)}"


# formula and how many of the 3 sample proposals it holds for
FOUND = [
    ("{finish} < {start} + 3000", 3),
    ("{finish} - {start} + 1 <> {days}", 0),
    ("SUM({lines.amount}) = {budget}", 3),
    ("COUNTA({lines}) >= 1", 3),
    ("AND({budget} > 0, NOT(ISEMPTY({lines})))", 3),
    ("AVERAGE({lines.amount}) > {budget}", 0),
    ("MAX({lines.amount}) <= {budget}", 3),
    ('IF({kind} = "it", {budget}, 0) > 0', 1),
    ('CONTAINS({goals}, "nothing")', 0),
    ('{cost_center} = ""', 3),
    ("{created_at} <= NOW()", 3),
    ("{created_at} > NOW() + 1", 0),
    ("{created_by} = {current.user}", 0),
    ("YEAR({start}) >= 2020", 3),
    ("TODAY() < {start} - 100000", 0),
    ("{budget} = 1e300", 0),
]


@pytest.mark.parametrize(("formula", "count"), FOUND, ids=[formula for formula, _ in FOUND])
async def test_a_formula_finds_what_it_says(world: World, formula: str, count: int) -> None:
    admin = await world.person("admin")
    assert len((await admin.get(asked(filter={"formula": formula})))["items"]) == count
    others = {"and": [{"not": {"formula": formula}}, {"field": "budget", "op": "ge", "value": 0}]}
    assert len((await admin.get(asked(filter=others)))["items"]) == 3 - count
    assert (await admin.get(asked(f"{PROPOSALS}/count", filter={"formula": formula})))["count"] == count


REFUSED = [
    ("{budget", "formula_syntax"),
    ("{budgett} > 1", "formula_unknown_field"),
    ("{budget} + 1", "formula_type"),
    ("{budget} * 2 > 1", "formula_not_in_sql"),
    ("{name} + 1 > 1", "formula_not_in_sql"),
    ("UPPER({name}) = 1", "formula_not_in_sql"),
    ("{created_at} < {updated_at}", "formula_not_in_sql"),
    ("YEAR({created_at}) = 2026", "formula_not_in_sql"),
    ("{start} + {budget} > TODAY()", "formula_not_in_sql"),
    ("IF({budget} > 1, {name}, 1) = 1", "formula_not_in_sql"),
    ("SUM({lines.amount}, 1e17) > 1", "formula_not_in_sql"),
    ("{lines} = 1", "formula_type"),
]


@pytest.mark.parametrize(("formula", "code"), REFUSED)
async def test_a_formula_that_cannot_be_computed_is_refused_at_its_place(world: World, formula: str, code: str) -> None:
    admin = await world.person("admin")
    answer = await admin.call("GET", asked(filter={"and": [{"formula": formula}]}))
    assert answer.status_code == 422, answer.text
    problem = answer.json()["error"]["errors"][0]
    assert (problem["code"], problem["path"]) == (code, "/and/0/formula")
    assert problem["params"]["offset"] >= 0


def days(text: str) -> date:
    """A day of an answer."""
    return date.fromisoformat(text)


async def pages(client: Client, **query: object) -> list[dict[str, Any]]:
    """All records of a list, page by page."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = await client.get(asked(PROJECTS, limit="2", **query, **cursor))
        found += page["items"]
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}


async def projects(world: World) -> Client:
    """Nine projects, some without days or budget."""
    keeper = await world.person("feng.xue")
    for number in range(9):
        values: dict[str, object] = {"name": f"P{number}", "start": f"2026-03-{20 - number:02d}"}
        if number % 3:
            values["finish"] = f"2026-05-{1 + number * 7 % 28:02d}"
        if number % 2:
            values["budget"] = 1000 - number
        await keeper.post(PROJECTS, {"values": values})
    return keeper


@pytest.mark.parametrize("desc", [False, True])
@pytest.mark.parametrize(
    "formula",
    [
        "{finish} - {start}",
        "IF({budget} = 0, {finish}, {start} + 1)",
        'IF({budget} > 995, "b", {name})',
        "{budget} > 990",
        "-{budget}",
        "TODAY() - {start}",
    ],
)
async def test_pages_in_the_order_of_a_formula_have_every_record_once(world: World, formula: str, desc: bool) -> None:
    keeper = await projects(world)
    whole = (await keeper.get(asked(PROJECTS, limit="200", sort=[{"formula": formula, "desc": desc}])))["items"]
    paged = await pages(keeper, sort=[{"formula": formula, "desc": desc}])
    assert [item["id"] for item in paged] == [item["id"] for item in whole]
    assert len({item["id"] for item in paged}) == len(whole) > 8
    mixed = await pages(keeper, sort=[{"formula": formula, "desc": desc}, {"field": "name", "desc": not desc}])
    assert {item["id"] for item in mixed} == {item["id"] for item in whole}


async def test_records_stand_in_the_order_of_the_formula(world: World) -> None:
    keeper = await projects(world)
    items = (await keeper.get(asked(PROJECTS, limit="200", sort=[{"formula": "-{budget}"}])))["items"]
    budgets = [item["values"].get("budget") or 0 for item in items]
    assert budgets == sorted(budgets, reverse=True)


async def test_a_formula_that_is_a_field_is_the_order_by_that_field(world: World) -> None:
    keeper = await projects(world)
    by_field = await keeper.get(asked(PROJECTS, sort="-budget", limit="3"))
    by_formula = await keeper.get(asked(PROJECTS, sort=[{"formula": "{budget}", "desc": True}], limit="3"))
    assert by_formula == by_field


@pytest.mark.parametrize(
    ("sort", "code"),
    [
        ('[{"formula": "{budget} * 2"}]', "formula_not_in_sql"),
        ('[{"formula": "{created_at}+1"}]', "formula_not_in_sql"),
        ('[{"formula": "{nothing}"}]', "formula_unknown_field"),
        ('[{"formula": "{owner}"}]', "sort_refused"),
        ('[{"field": "budget", "formula": "1"}]', "bad_sort"),
        ("[1]", "bad_sort"),
    ],
)
async def test_an_order_that_cannot_be_is_refused(world: World, sort: str, code: str) -> None:
    answer = await (await world.person("admin")).call("GET", asked(PROJECTS, sort=sort))
    error = answer.json()["error"]
    assert answer.status_code == 422
    assert code in {error["code"], *(item["code"] for item in error["errors"])}


async def test_a_place_in_an_order_that_changed_with_the_day_is_refused(world: World) -> None:
    keeper = await projects(world)
    sort = [{"formula": "TODAY() - {start}"}]
    first = await keeper.get(asked(PROJECTS, limit="2", sort=sort))
    assert len((await keeper.get(asked(PROJECTS, limit="2", sort=sort, cursor=first["next"])))["items"]) == 2
    world.later(24 * 60)
    answer = await (await world.person("feng.xue")).call(
        "GET", asked(PROJECTS, limit="2", sort=sort, cursor=first["next"])
    )
    refusal(answer, 400, "bad_cursor")


async def test_a_hidden_field_is_neither_computed_with_nor_named(world: World) -> None:
    someone = await world.person("he.jie")
    for formula in ("{budget} > 1", "IF(FALSE, {budget}, 1) = 1"):
        refusal(await someone.call("GET", asked(PROJECTS, filter={"formula": formula})), 403, "field_hidden")
    refusal(await someone.call("GET", asked(PROJECTS, sort=[{"formula": "-{budget}"}])), 403, "field_hidden")
    for formula in ("{budgte} > 1", "{budget} = {cost_centre}", "LEFT({budget}, {lines.qty}) = 1"):
        answer = await someone.call("GET", asked(PROJECTS, filter={"formula": formula}))
        assert answer.status_code == 422
        assert "(budget" not in answer.text
        assert "cost_center" not in answer.text


async def test_a_view_filters_and_sorts_by_formulas(world: World) -> None:
    def edit(files: Files) -> None:
        files[VIEW]["filter"] = {"formula": "{finish} > {start} + 50"}
        files[VIEW]["sort"] = [{"formula": "{finish} - {start}", "desc": True}, {"formula": "{budget} - 1"}]

    await republish(world, edit)
    await projects(world)
    items = (await (await world.person("admin")).get(asked(PROJECTS, view="all_projects")))["items"]
    spans = [days(item["values"]["finish"]) - days(item["values"]["start"]) for item in items]
    assert len(spans) > 3
    assert min(spans) > timedelta(50)
    assert spans == sorted(spans, reverse=True)


async def test_a_permission_set_gives_the_rows_of_its_formula(world: World) -> None:
    def edit(files: Files) -> None:
        files[EVERYONE]["rows"] = {
            "or": [{"formula": "{department} = {current.department}"}, {"formula": "{start} > TODAY() + 20"}]
        }

    keeper = await projects(world)
    await keeper.post(
        PROJECTS, {"values": {"name": "Ours", "department": world.departments["rd_one"], "start": "2020-01-01"}}
    )
    later = (await keeper.get(asked(PROJECTS, filter={"formula": "{start} > DATE(2026,3,22)"})))["items"]
    assert later == []
    await keeper.post(PROJECTS, {"values": {"name": "Soon", "start": "2026-03-23"}})
    await republish(world, edit)

    async def names(account: str) -> set[str]:
        items = (await (await world.person(account)).get(asked(PROJECTS, limit="200")))["items"]
        return {item["values"]["name"] for item in items if item["values"]["name"] in {"Ours", "Soon", "P1"}}

    assert await names("zhang.wei") == {"Ours", "Soon"}
    assert await names("he.jie") == {"Soon"}
    # the rule is another one every day
    world.later(2 * 24 * 60)
    assert await names("he.jie") == set()


async def test_the_rows_that_may_be_changed_are_those_of_the_formula(world: World) -> None:
    def edit(files: Files) -> None:
        files[EVERYONE] |= {"actions": ["read", "update"], "rows": {"formula": "{owner} = {current.user}"}}
        files[EVERYONE]["fields"] = {"*": "write"}

    keeper = await world.person("feng.xue")
    mine, other = [
        await keeper.post(PROJECTS, {"values": {"name": "x", "owner": world.members[account]}})
        for account in ("he.jie", "zhang.wei")
    ]
    await republish(world, edit)
    someone = await world.person("he.jie")
    await someone.patch(f"{PROJECTS}/{mine['id']}", {"values": {"name": "y"}}, if_match='"1"')
    answer = await someone.call("PATCH", f"{PROJECTS}/{other['id']}", {"values": {"name": "y"}}, if_match='"1"')
    refusal(answer, 404, "record_not_found")
