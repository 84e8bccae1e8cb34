"""Forms, views and permission sets: the fields they name."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import Fault
from engine.model.checks.filters import check_filter
from engine.model.checks.links import check_column
from engine.model.checks.lookup import (
    Scope,
    UnknownEntity,
    UnknownFlow,
    any_field,
    missing_field,
    missing_value,
    repeated,
)
from engine.model.entities import Entity
from engine.model.forms import Form
from engine.model.permission_sets import InRole, PermissionSet
from engine.model.views import SortKey, View


class FlowOfOtherEntity(Fault):
    code = "flow_of_other_entity"
    zh = "流程 “{flow}” 属于实体 “{entity}”, 与表单的实体不同"
    en = "The flow “{flow}” is for the entity “{entity}”, not for that of the form"


class FieldNotSortable(Fault):
    code = "field_not_sortable"
    zh = "不能按 “{name}” 排序"
    en = "Records cannot be sorted by “{name}”"


def check_form(form: Form, scope: Scope) -> Iterator[Problem]:
    """What is wrong with a form, apart from its formulas."""
    yield from scope.missing(UnknownEntity, form.entity, "/entity")
    if form.flow is not None:
        yield from scope.missing(UnknownFlow, form.flow, "/flow")
        flow = scope.application.flows.get(form.flow)
        if flow is not None and flow.entity != form.entity and form.entity in scope.application.entities:
            yield Problem.of(FlowOfOtherEntity(path="/flow", flow=form.flow, entity=flow.entity))
    places = [
        (item.field, f"/layout/{row}/items/{column}" + ("" if isinstance(section.items[column], str) else "/field"))
        for row, section in enumerate(form.layout)
        for column, item in enumerate(section.layout_items)
    ]
    yield from repeated(places)
    entity = scope.application.entities.get(form.entity)
    if entity is not None:
        for name, path in places:
            yield from missing_field(entity, name, path)


def check_view(view: View, scope: Scope) -> Iterator[Problem]:
    """What is wrong with a view."""
    yield from scope.missing(UnknownEntity, view.entity, "/entity")
    columns = [(name, f"/columns/{position}") for position, name in enumerate(view.columns)]
    sorts = [
        (sort.field, f"/sort/{position}/field") for position, sort in enumerate(view.sort) if isinstance(sort, SortKey)
    ]
    yield from repeated(columns)
    yield from repeated(sorts)
    entity = scope.application.derived.get(view.entity)
    if entity is not None:
        for name, path in (*columns, *sorts):
            yield from missing_value(entity, name, path)
            yield from check_column(entity, name, path)
        for name, path in sorts:
            yield from _check_sort(entity, name, path)
        yield from check_filter(view.filter, entity, "/filter")


def check_permission_set(permission_set: PermissionSet, scope: Scope) -> Iterator[Problem]:
    """What is wrong with a permission set."""
    yield from scope.missing(UnknownEntity, permission_set.entity, "/entity")
    for position, grantee in enumerate(permission_set.to):
        if isinstance(grantee, InRole):
            yield from scope.missing_role(grantee.role, f"/to/{position}/role")
    entity = scope.application.derived.get(permission_set.entity)
    if entity is not None:
        for name in permission_set.fields:
            if name != "*":
                yield from missing_field(entity, name, f"/fields/{name}")
        yield from check_filter(permission_set.rows, entity, "/rows")


def _check_sort(entity: Entity, name: str, path: str) -> Iterator[Problem]:
    field = any_field(entity, name)
    if field is not None and "sort" in field.refused_members:
        yield Problem.of(FieldNotSortable(path=path, name=name))
