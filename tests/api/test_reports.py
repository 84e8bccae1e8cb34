"""Groups, figures, pivots and distinct values of the records a person may see, exact on both databases."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.api.publishing import Files, republish
from tests.world import RECORDS, Client, World, refusal

ZONE = ZoneInfo("Asia/Shanghai")
SALES = f"{RECORDS}/sale/records"
ENTITY: dict[str, Any] = {
    "key": "sale",
    "title": "销售",
    "fields": [
        {"key": "name", "type": "text", "title": "名称"},
        {"key": "kind", "type": "select", "title": "类型", "options": [{"key": key, "title": key} for key in "abc"]},
        {"key": "tags", "type": "multi_select", "title": "标签", "options": [{"key": k, "title": k} for k in "xyz"]},
        {"key": "amount", "type": "number", "title": "金额", "decimals": 2},
        {"key": "huge", "type": "number", "title": "大数", "digits": 18, "decimals": 0},
        {"key": "paid", "type": "boolean", "title": "已付"},
        {"key": "day", "type": "date", "title": "日期"},
        {"key": "at", "type": "datetime", "title": "时间"},
        {"key": "lines", "type": "subform", "title": "明细", "fields": [
            {"key": "item", "type": "text", "title": "品名"},
            {"key": "qty", "type": "number", "title": "数量"}]},
    ],
}  # fmt: skip
OWN_ONLY: dict[str, Any] = {
    "key": "sale_some",
    "entity": "sale",
    "title": "部分",
    "to": [{"everyone": True}],
    "actions": ["read"],
    "rows": {"field": "kind", "op": "eq", "value": "a"},
    "fields": {"*": "read", "huge": "hidden"},
}
Sale = dict[str, Any]


def _sales(count: int) -> list[Sale]:
    """Values with gaps, negative and long numbers, days around turns of years, instants around midnights."""
    drawn = random.Random(7)
    found = []
    for number in range(count):
        day = date(2023, 12, 28) + timedelta(days=drawn.randrange(400))
        minutes = drawn.choice((0, 1, 15 * 60 + 59, 16 * 60, 23 * 60 + 59))
        sale: Sale = {
            "name": drawn.choice(("甲", "乙", "Z", "a", "")),
            "kind": drawn.choice(("a", "b", "c", None)),
            "tags": drawn.sample("xyz", drawn.randrange(4)),
            "amount": drawn.choice((None, drawn.randrange(-10_000, 10_000) / 100)),
            "huge": str(drawn.choice((10**17, 999_999_999_999_999_999 - number, -5))),
            "paid": drawn.choice((True, False, None)),
            "day": drawn.choice((None, day.isoformat())),
            "at": f"{day.isoformat()}T{minutes // 60:02d}:{minutes % 60:02d}:00Z",
            "lines": [{"item": drawn.choice(("p", "q")), "qty": drawn.randrange(9)} for _ in range(drawn.randrange(3))],
        }
        found.append({key: value for key, value in sale.items() if value not in (None, "", [])})
    return found


def _add_sale(files: Files) -> None:
    files["entities/sale.json"] = ENTITY
    files["permission_sets/sale_some.json"] = OWN_ONLY


async def _filled(world: World, count: int = 60) -> tuple[Client, list[Sale]]:
    await republish(world, _add_sale)
    admin, sales = await world.person("admin"), _sales(count)
    for sale in sales:
        await admin.post(SALES, {"values": sale})
    return admin, sales


def _period(day: date, by: str) -> str:
    match by:
        case "day":
            return day.isoformat()
        case "week":
            return (day - timedelta(days=day.weekday())).isoformat()
        case "month":
            return day.replace(day=1).isoformat()
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1).isoformat()
        case _:
            return day.replace(month=1, day=1).isoformat()


def _exact(values: Iterable[Any]) -> list[Decimal]:
    return [Decimal(str(value)) for value in values if value is not None]


def _grouped(sales: Iterable[Sale], keys: Callable[[Sale], Iterable[object]]) -> dict[object, list[Sale]]:
    found: dict[object, list[Sale]] = defaultdict(list)
    for sale in sales:
        for key in keys(sale):
            found[key].append(sale)
    return found


def _by_group(report: Mapping[str, Any], *keys: str) -> dict[object, Mapping[str, Any]]:
    found = {}
    for item in report["items"]:
        group = tuple(item["group"][key] for key in keys)
        found[group if len(keys) > 1 else group[0]] = item["values"]
    assert len(found) == len(report["items"])
    return found


async def test_figures_of_every_kind_are_exact(world: World) -> None:
    admin, sales = await _filled(world)
    measures = [
        {"function": "count"},
        *({"function": function, "field": "amount"} for function in ("filled", "sum", "average", "min", "max")),
        {"function": "distinct", "field": "name"},
        {"function": "sum", "field": "huge"},
    ]
    report = await admin.post(f"{SALES}/aggregate", {"group": [{"field": "kind"}], "measures": measures})
    groups = _grouped(sales, lambda sale: [sale.get("kind")])
    found = _by_group(report, "kind")
    assert [item["group"]["kind"] for item in report["items"]] == [None, "a", "b", "c"]
    assert found.keys() == groups.keys()
    for kind, members in groups.items():
        amounts = _exact(sale.get("amount") for sale in members)
        values = found[kind]
        assert values["count"] == len(members)
        assert values["filled_amount"] == len(amounts)
        assert Decimal(str(values["sum_amount"])) == sum(amounts)
        assert (values["min_amount"], values["max_amount"]) == (float(min(amounts)), float(max(amounts)))
        assert abs(Decimal(str(values["average_amount"])) - sum(amounts, Decimal()) / len(amounts)) < Decimal("1e-12")
        assert values["distinct_name"] == len({sale["name"] for sale in members if "name" in sale})
        assert Decimal(str(values["sum_huge"])) == sum(_exact(sale["huge"] for sale in members))


@pytest.mark.parametrize("by", ["day", "week", "month", "quarter", "year"])
async def test_days_and_instants_are_grouped_by_periods_of_the_workspace_zone(world: World, by: str) -> None:
    admin, sales = await _filled(world, 40)
    asked = {"group": [{"field": "day", "by": by}]}
    report = await admin.post(f"{SALES}/aggregate", asked)
    days = _grouped(sales, lambda sale: [_period(date.fromisoformat(sale["day"]), by) if "day" in sale else None])
    assert {key: value["count"] for key, value in _by_group(report, f"day_{by}").items()} == {
        key: len(members) for key, members in days.items()
    }
    report = await admin.post(f"{SALES}/aggregate", {"group": [{"field": "at", "by": by, "key": "when"}]})
    instants = _grouped(sales, lambda sale: [_period(datetime.fromisoformat(sale["at"]).astimezone(ZONE).date(), by)])
    assert {key: value["count"] for key, value in _by_group(report, "when").items()} == {
        key: len(members) for key, members in instants.items()
    }


async def test_a_record_counts_with_each_of_its_options(world: World) -> None:
    admin, sales = await _filled(world)
    report = await admin.post(f"{SALES}/aggregate", {"group": [{"field": "tags"}, {"field": "paid"}]})
    expected = _grouped(sales, lambda sale: [(tag, sale.get("paid")) for tag in (sale.get("tags") or [None])])
    found = _by_group(report, "tags", "paid")
    assert {key: value["count"] for key, value in found.items()} == {k: len(v) for k, v in expected.items()}


async def test_rows_of_a_subform_are_counted_by_themselves(world: World) -> None:
    admin, sales = await _filled(world)
    asked = {
        "rows": "lines",
        "group": [{"field": "lines.item"}, {"field": "kind"}],
        "measures": [{"function": "sum", "field": "lines.qty", "key": "total"}, {"function": "count", "key": "rows"}],
    }
    report = await admin.post(f"{SALES}/aggregate", asked)
    expected: dict[object, list[int]] = defaultdict(list)
    for sale in sales:
        for row in sale.get("lines", []):
            expected[row["item"], sale.get("kind")].append(row["qty"])
    assert {key: (value["total"], value["rows"]) for key, value in _by_group(report, "lines_item", "kind").items()} == {
        key: (sum(values), len(values)) for key, values in expected.items()
    }


async def test_formulas_are_groups_and_measures_too(world: World) -> None:
    admin, sales = await _filled(world)
    asked = {
        "group": [{"key": "is_large", "formula": "{amount} > 50"}, {"key": "next_day", "formula": "{day} + 1"}],
        "measures": [{"key": "net", "function": "sum", "formula": "{amount} - 1"}],
    }
    report = await admin.post(f"{SALES}/aggregate", asked)
    expected: dict[object, Decimal] = defaultdict(Decimal)
    for sale in sales:
        amount = Decimal(str(sale.get("amount", 0)))
        day = sale.get("day")
        following = None if day is None else (date.fromisoformat(day) + timedelta(days=1)).isoformat()
        expected[amount > 50, following] += amount - 1
    found = _by_group(report, "is_large", "next_day")
    without_day = {key: value for key, value in found.items() if key[1] and key[1] > "1900-01-02"}  # type: ignore[index]
    assert {key: Decimal(str(value["net"])) for key, value in without_day.items()} == {
        key: total
        for key, total in expected.items()
        if key[1] is not None  # type: ignore[index]
    }


async def test_groups_are_sorted_by_figures_and_cut(world: World) -> None:
    admin, _ = await _filled(world)
    asked: dict[str, Any] = {
        "group": [{"field": "day", "by": "month"}],
        "measures": [{"function": "sum", "field": "amount"}],
        "sort": [{"key": "sum_amount", "desc": True}, {"key": "day_month"}],
    }
    whole = await admin.post(f"{SALES}/aggregate", asked)
    sums = [item["values"]["sum_amount"] for item in whole["items"]]
    assert sums == sorted(sums, reverse=True)
    assert not whole["more"]
    part = await admin.post(f"{SALES}/aggregate", asked | {"limit": 2})
    assert part["items"] == whole["items"][:2]
    assert part["more"]


async def test_a_pivot_has_cells_and_totals_that_agree(world: World) -> None:
    admin, sales = await _filled(world)
    asked = {
        "down": [{"field": "kind"}],
        "across": [{"field": "paid"}],
        "measures": [{"function": "count"}, {"function": "average", "field": "amount"}],
    }
    pivot = await admin.post(f"{SALES}/pivot", asked)
    expected = _grouped(sales, lambda sale: [(sale.get("kind"), sale.get("paid"))])
    for line, cells, total in zip(pivot["down"], pivot["cells"], pivot["down_totals"], strict=True):
        counts = [0 if cell is None else cell["count"] for cell in cells]
        assert counts == [len(expected[line["kind"], column["paid"]]) for column in pivot["across"]]
        assert total["count"] == sum(counts)
    assert pivot["total"]["count"] == len(sales) == sum(total["count"] for total in pivot["across_totals"])
    amounts = _exact(sale.get("amount") for sale in sales)
    assert abs(Decimal(str(pivot["total"]["average_amount"])) - sum(amounts, Decimal()) / len(amounts)) < Decimal(
        "1e-12"
    )


@pytest.mark.parametrize(
    "of", [{"field": "name"}, {"field": "amount"}, {"field": "tags"}, {"field": "at", "by": "month"}]
)
async def test_distinct_values_come_in_parts_that_join(world: World, of: dict[str, str]) -> None:
    admin, _ = await _filled(world)
    whole = (await admin.post(f"{SALES}/distinct", {"of": of, "limit": 1000}))["items"]
    assert len({str(item["value"]) for item in whole}) == len(whole)
    joined: list[Any] = []
    after = None
    while True:
        part = await admin.post(f"{SALES}/distinct", {"of": of, "limit": 3, "after": after})
        joined += part["items"]
        after = part["next"]
        if after is None:
            break
    assert joined == whole


async def test_figures_are_of_what_the_person_may_see(world: World) -> None:
    _, sales = await _filled(world)
    member = await world.person("li.na")
    asked: dict[str, Any] = {"group": [{"field": "kind"}], "measures": [{"function": "sum", "field": "amount"}]}
    report = await member.post(f"{SALES}/aggregate", asked)
    seen = [sale for sale in sales if sale.get("kind") == "a"]
    assert [item["group"]["kind"] for item in report["items"]] == ["a"]
    assert Decimal(str(report["items"][0]["values"]["sum_amount"])) == sum(_exact(s.get("amount") for s in seen))
    for path, body in (
        ("aggregate", {"measures": [{"function": "sum", "field": "huge"}]}),
        ("aggregate", {"group": [{"key": "g", "formula": "{huge} > 1"}]}),
        ("aggregate", {"filter": {"field": "huge", "op": "gt", "value": 1}}),
        ("distinct", {"of": {"field": "huge"}}),
        ("pivot", {"down": [{"field": "huge"}], "across": [{"field": "kind"}]}),
        ("query", {"columns": ["huge"]}),
    ):
        refusal(await member.call("POST", f"{SALES}/{path}", body), 403, "field_hidden")


REFUSED: list[tuple[str, dict[str, Any], str, str]] = [
    ("aggregate", {"group": [{"field": "nothing"}]}, "/group/0/field", "unknown_field"),
    ("aggregate", {"group": [{"field": "lines"}]}, "/group/0/field", "group_refused"),
    ("aggregate", {"group": [{"field": "name", "by": "day"}]}, "/group/0", "period_refused"),
    ("aggregate", {"group": [{"field": "lines.item"}]}, "/group/0/field", "unknown_field"),
    ("aggregate", {"group": [{"field": "kind"}, {"field": "kind"}]}, "/group/1", "result_key_repeated"),
    ("aggregate", {"group": [{"key": "g", "formula": "{amount"}]}, "/group/0/formula", "formula_syntax"),
    ("aggregate", {"measures": [{"function": "sum", "field": "name"}]}, "/measures/0", "measure_refused"),
    ("aggregate", {"measures": [{"function": "max", "field": "tags"}]}, "/measures/0", "measure_refused"),
    ("aggregate", {"measures": [{"function": "sum"}]}, "/measures/0", "measure_needs_field"),
    ("aggregate", {"sort": [{"key": "kind"}]}, "/sort/0/key", "unknown_result"),
    ("aggregate", {"rows": "name"}, "/rows", "no_subform"),
    ("pivot", {"down": [{"field": "x"}], "across": [{"field": "kind"}]}, "/down/0/field", "unknown_field"),
    ("distinct", {"of": {"field": "lines"}}, "/of/field", "group_refused"),
    ("query", {"columns": ["name", "nothing"]}, "/columns/1", "unknown_field"),
    ("query", {"expand": ["name"]}, "/expand/0", "not_a_link"),
]


@pytest.mark.parametrize(("path", "body", "place", "code"), REFUSED)
async def test_what_cannot_be_asked_is_refused_at_its_place(
    world: World, path: str, body: dict[str, Any], place: str, code: str
) -> None:
    await republish(world, _add_sale)
    admin = await world.person("admin")
    answer = await admin.call("POST", f"{SALES}/{path}", body)
    assert answer.status_code == 422, answer.text
    assert [(item["path"], item["code"]) for item in answer.json()["error"]["errors"]] == [(place, code)]


async def test_places_that_no_list_gave_out_are_refused(world: World) -> None:
    await republish(world, _add_sale)
    admin = await world.person("admin")
    for after in ("", "x", "WyJ4Il0", "W10", "bm9uc2Vuc2U"):
        body = {"of": {"field": "amount"}, "after": after}
        refusal(await admin.call("POST", f"{SALES}/distinct", body), 400, "bad_cursor")


async def test_a_query_answers_with_chosen_columns_in_order(world: World) -> None:
    admin, sales = await _filled(world, 12)
    body: dict[str, Any] = {
        "filter": {"field": "kind", "op": "not_empty"},
        "sort": [{"field": "amount", "desc": True}],
        "columns": ["amount", "lines.qty"],
        "limit": 5,
    }
    found: list[Any] = []
    while True:
        page = await admin.post(f"{SALES}/query", body)
        found += page["items"]
        if page["next"] is None:
            break
        body["cursor"] = page["next"]
    assert len(found) == sum(1 for sale in sales if "kind" in sale)
    assert all(item["values"].keys() == {"amount", "lines"} for item in found)
    assert all(row.keys() == {"id", "qty"} for item in found for row in item["values"]["lines"] or [])
    amounts = [item["values"]["amount"] for item in found if item["values"]["amount"] is not None]
    assert amounts == sorted(amounts, reverse=True)
