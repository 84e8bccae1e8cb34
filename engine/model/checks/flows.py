"""Flows: the names they use of the rest of the application; nodes and formulas are checked by `engine.flow`."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import Fault
from engine.model.checks.lookup import Scope, UnknownEntity, UnknownFlow, missing_field
from engine.model.flow_nodes.assign import ByRole
from engine.model.flow_nodes.automatic import CreateRecord
from engine.model.flows import Flow, FlowPolicies
from engine.model.scenarios import Scenario
from engine.model.walking import walk


class FieldNotWritable(Fault):
    code = "field_not_writable"
    zh = "“{name}” 的值由系统生成, 不能填写"
    en = "“{name}” is made by the engine and cannot be given a value"


def check_flow(flow: Flow, scope: Scope) -> Iterator[Problem]:
    """What is wrong with the names a flow uses."""
    yield from scope.missing(UnknownEntity, flow.entity, "/entity")
    for path, part in walk(flow):
        match part:
            case ByRole():
                yield from scope.missing_role(part.role, f"{path}/role")
            case FlowPolicies() if part.calendar is not None:
                yield from scope.missing_calendar(part.calendar, f"{path}/calendar")
            case CreateRecord():
                yield from _check_created(part, scope, path)
            case _:
                pass


def _check_created(trigger: CreateRecord, scope: Scope, path: str) -> Iterator[Problem]:
    yield from scope.missing(UnknownEntity, trigger.entity, f"{path}/entity")
    entity = scope.application.entities.get(trigger.entity)
    if entity is not None:
        for name in trigger.values:
            yield from missing_field(entity, name, f"{path}/map/{name}")
            field = entity.by_key.get(name)
            if field is not None and (field.type == "serial" or field.is_made):
                yield Problem.of(FieldNotWritable(path=f"{path}/map/{name}", name=name))


def check_scenario(scenario: Scenario, scope: Scope) -> Iterator[Problem]:
    """What is wrong with the names a scenario uses; playing it finds the rest."""
    yield from scope.missing(UnknownFlow, scenario.flow, "/flow")
    flow = scope.application.flows.get(scenario.flow)
    entity = None if flow is None else scope.application.entities.get(flow.entity)
    if entity is None:
        return
    for name in scenario.given.record:
        yield from missing_field(entity, name, f"/given/record/{name}")
    for position, step in enumerate(scenario.steps):
        for name in step.data:
            yield from missing_field(entity, name, f"/steps/{position}/data/{name}")
    for name in scenario.expect.record:
        yield from missing_field(entity, name, f"/expect/record/{name}")
