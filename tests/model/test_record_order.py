"""Sample records that link to each other: the order of loading, and names that lead nowhere."""

from __future__ import annotations

from typing import Any

from engine.model.application import Application
from engine.model.apps import App
from engine.model.checks.references import check_references
from engine.model.entities import Entity
from engine.model.record_order import order_records
from engine.model.sample_records import SampleRecord


def entity(key: str, *links: tuple[str, str]) -> Entity:
    fields: list[dict[str, Any]] = [{"key": "name", "type": "text", "title": "n"}]
    fields += [{"key": name, "type": "link", "title": name, "entity": target} for name, target in links]
    column = {"key": "item", "type": "link", "title": "i", "entity": "project"}
    fields.append({"key": "lines", "type": "subform", "title": "l", "fields": [column]})
    return Entity.model_validate({"key": key, "title": key, "fields": fields})


def record(key: str | None = None, **values: Any) -> SampleRecord:
    return SampleRecord.model_validate({"by": "zhang.wei", "values": values} | ({} if key is None else {"key": key}))


def application(**records: tuple[SampleRecord, ...]) -> Application:
    entities = {
        "order": entity("order", ("project", "project"), ("after", "order")),
        "project": entity("project", ("main", "order")),
    }
    return Application(App.model_validate({"format": 1, "key": "a", "title": "a"}), entities, records=records)


def problems(**records: tuple[SampleRecord, ...]) -> list[tuple[str, str | None, str | None]]:
    return [(item.code, item.file, item.path) for item in check_references(application(**records))]


def test_records_are_loaded_behind_those_they_link_to() -> None:
    orders = (record("first", project="tower", after="second"), record("second"), record(lines=[{"item": "tower"}]))
    projects = (record("tower", main="second"),)
    order = order_records(application(order=orders, project=projects))
    assert order.ready == (("order", 1), ("project", 0), ("order", 0), ("order", 2))
    assert order.stuck == ()
    assert problems(order=orders, project=projects) == []


def test_a_link_to_no_sample_record_is_a_problem() -> None:
    orders = (record(project="nothing", lines=[{"item": "towr"}]),)
    assert problems(order=orders, project=(record("tower"),)) == [
        ("unknown_record", "records/order.json", "/0/values/project"),
        ("unknown_record", "records/order.json", "/0/values/lines/0/item"),
    ]


def test_records_that_wait_for_each_other_are_a_problem() -> None:
    found = problems(order=(record("a", project="b"),), project=(record("b", main="a"),))
    assert found == [
        ("records_in_circle", "records/order.json", "/0"),
        ("records_in_circle", "records/project.json", "/0"),
    ]


def test_a_key_names_one_record() -> None:
    assert problems(project=(record("a"), record("a"))) == [("duplicate_key", "records/project.json", "/1/key")]
