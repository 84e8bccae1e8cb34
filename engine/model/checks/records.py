"""Sample records: their fields, and their values as far as they hold no members or departments."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.errors import Problem
from engine.model.base import Fault
from engine.model.checks.flows import FieldNotWritable
from engine.model.checks.lookup import Scope, UnknownEntity, UnknownForm, missing_field
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.sample_records import SampleRecord
from engine.model.values import BadValue, RawJson

_NAMED_BY_KEY = frozenset({"member", "department", "attachment"})


class FormOfOtherEntity(Fault):
    code = "form_of_other_entity"
    zh = "表单 “{form}” 属于实体 “{entity}”"
    en = "The form “{form}” is for the entity “{entity}”"


def check_records(key: str, records: tuple[SampleRecord, ...], scope: Scope) -> Iterator[Problem]:
    """What is wrong with the sample records of the entity `key`."""
    yield from scope.missing(UnknownEntity, key, "")
    entity = scope.application.entities.get(key)
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
        if field.type == "serial" or field.computed is not None:
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
    named = {column.key for column in field.fields if column.type in _NAMED_BY_KEY}
    if not isinstance(raw, list):
        return raw
    return [{k: v for k, v in row.items() if k not in named} if isinstance(row, Mapping) else row for row in raw]


def _below(problem: Problem, path: str) -> Problem:
    return Problem(problem.code, problem.zh, problem.en, path + (problem.path or ""), problem.params)
