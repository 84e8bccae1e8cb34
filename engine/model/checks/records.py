"""Sample records: their fields, and their values as far as they hold no members or departments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.errors import Problem
from engine.model.application import Application
from engine.model.base import DuplicateKey, Fault
from engine.model.checks.flows import FieldNotWritable
from engine.model.checks.lookup import Scope, UnknownEntity, UnknownForm, UnknownName, missing_field, repeated, unknown
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.record_order import named_links, order_records
from engine.model.sample_records import SampleRecord
from engine.model.values import BadValue, RawJson

_NAMED_BY_KEY = frozenset({"member", "department", "link", "attachment"})


class FormOfOtherEntity(Fault):
    code = "form_of_other_entity"
    zh = "表单 “{form}” 属于实体 “{entity}”"
    en = "The form “{form}” is for the entity “{entity}”"


class UnknownRecord(UnknownName):
    code = "unknown_record"
    zh = "示例数据中没有 “{name}”"
    en = "There is no sample record “{name}”"


class RecordsInCircle(Fault):
    code = "records_in_circle"
    zh = "示例数据互相关联, 无法确定录入顺序"
    en = "Sample records link to each other, so that none can be the first"


def check_record_links(application: Application) -> Iterator[Problem]:
    """What is wrong between the sample records of an application, with their files."""
    known = {
        key: [record.key for record in records if record.key is not None]
        for key, records in application.records.items()
    }
    for key, records in application.records.items():
        entity = application.entities.get(key)
        for position, record in enumerate(records):
            for link in () if entity is None else named_links(entity, record.values):
                if link.key not in known.get(link.entity, ()):
                    path = f"/{position}/values{link.path}"
                    problem = unknown(UnknownRecord, link.key, known=known.get(link.entity, ()), path=path)
                    yield replace(problem, file=f"records/{key}.json")
    for key, position in order_records(application).stuck:
        entity = application.entities[key]
        links = list(named_links(entity, application.records[key][position].values))
        if all(link.key in known.get(link.entity, ()) for link in links):
            yield Problem.of(RecordsInCircle(path=f"/{position}"), file=f"records/{key}.json")


def check_records(key: str, records: tuple[SampleRecord, ...], scope: Scope) -> Iterator[Problem]:
    """What is wrong with the sample records of the entity `key`."""
    yield from scope.missing(UnknownEntity, key, "")
    entity = scope.application.entities.get(key)
    keys = ((record.key, f"/{position}/key") for position, record in enumerate(records) if record.key is not None)
    yield from repeated(keys, fault=DuplicateKey)
    for position, record in enumerate(records):
        if record.submit is not None:
            yield from scope.missing(UnknownForm, record.submit, f"/{position}/submit")
            form = scope.application.forms.get(record.submit)
            if form is not None and form.entity != key and form.entity in scope.application.entities:
                yield Problem.of(FormOfOtherEntity(path=f"/{position}/submit", form=form.key, entity=form.entity))
        if entity is not None:
            yield from _check_values(record, entity, f"/{position}/values")


def _check_values(record: SampleRecord, entity: Entity, path: str) -> Iterator[Problem]:
    for name, raw in record.values.items():
        yield from missing_field(entity, name, f"{path}/{name}")
        field = entity.by_key.get(name)
        if field is None:
            continue
        if field.type == "serial" or field.is_made:
            yield Problem.of(FieldNotWritable(path=f"{path}/{name}", name=name))
        else:
            yield from _check_value(field, raw, f"{path}/{name}")


def _check_value(field: EntityField, raw: RawJson, path: str) -> Iterator[Problem]:
    if field.type in _NAMED_BY_KEY:
        return
    if isinstance(field, SubformField):
        _, problems = field.parse_rows(_without_names(field, raw))
        yield from (_below(problem, path) for problem in problems)
        return
    try:
        field.parse(raw)
    except BadValue as refusal:
        yield Problem.of(refusal, path=path)


def _without_names(field: SubformField, raw: RawJson) -> RawJson:
    if not isinstance(raw, list):
        return raw
    return [
        {key: _without_names_in(field.columns.get(key), cell) for key, cell in row.items() if not _is_named(field, key)}
        if isinstance(row, Mapping)
        else row
        for row in raw
    ]


def _is_named(field: SubformField, key: str) -> bool:
    column = field.columns.get(key)
    return column is not None and column.type in _NAMED_BY_KEY


def _without_names_in(column: EntityField | None, cell: RawJson) -> RawJson:
    return _without_names(column, cell) if isinstance(column, SubformField) else cell


def _below(problem: Problem, path: str) -> Problem:
    return Problem(problem.code, problem.zh, problem.en, path + (problem.path or ""), problem.params)
