"""Checks of single nodes of a flow: targets, people, fields, joins (flow.md §3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.errors import Problem, Rejection, Word
from engine.flow.compiled import CompiledFlow, Node
from engine.flow.filling import unfilled
from engine.flow.problems import (
    ApproveMissing,
    ConstantCondition,
    EarlierNodeOnly,
    EndBranchOutside,
    IllegalReturn,
    JoinTooLarge,
    MaybeEmptyInCondition,
    NotADayField,
    NotAPeopleField,
    NotASubform,
    NotATaskNode,
    NotWritable,
    RequiredNotMapped,
    ReturnNotAnAction,
    UnknownEntity,
    UnknownField,
    UnknownNode,
)
from engine.formula.values import kind_word
from engine.model.entities import Entity
from engine.model.field_types.date import DateField
from engine.model.field_types.datetime import DateTimeField
from engine.model.field_types.department import DepartmentField
from engine.model.field_types.member import MemberField
from engine.model.field_types.serial import SerialField
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.flow_nodes.assign import AssignRule, ByDepartmentHead, ByField, ByHandlers, BySupervisor
from engine.model.flow_nodes.automatic import CreateRecord
from engine.model.flow_nodes.blocks import (
    ApproveBlock,
    CcBlock,
    HandleBlock,
    InclusiveBlock,
    InitiateBlock,
    ParallelBlock,
    TriggerBlock,
)
from engine.model.flow_nodes.deadline import DeadlineField
from engine.model.flow_nodes.rights import ColumnRights, FieldRights, Right
from engine.model.flow_nodes.tasks import Approve, EmptyTo, Handle, RejectEndBranch, RejectReturn

Found = Iterator[tuple[Rejection, str]]


@dataclass(frozen=True)
class _Scope:
    flow: CompiledFlow
    entity: Entity
    entities: Mapping[str, Entity]


def check_nodes(
    flow: CompiledFlow, *, entity: Entity, entities: Mapping[str, Entity]
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Problems and warnings of all nodes."""
    scope = _Scope(flow, entity, entities)
    nodes = flow.nodes.values()
    problems = tuple(_told(fault, node, steps) for node in nodes for fault, steps in _problems(scope, node))
    warnings = tuple(_told(fault, node, steps) for node in nodes for fault, steps in _warnings(scope, node))
    return problems, warnings


def _told(fault: Rejection, node: Node, steps: str) -> Problem:
    problem = Problem.of(fault, path=node.pointer + steps)
    if problem.params.get("node") != node.key:
        return problem
    # as its author wrote it, also where another block has the same key
    return replace(problem, params={**problem.params, "node": node.block.key})


def _problems(scope: _Scope, node: Node) -> Found:
    match node.block:
        case InitiateBlock() as block:
            yield from _rights(scope, node, block.initiate.fields)
        case ApproveBlock() as block:
            yield from _task(scope, node, block.approve)
            yield from _approve(scope, node, block.approve)
        case HandleBlock() as block:
            yield from _task(scope, node, block.handle)
            if "submit" not in block.handle.actions:
                yield ApproveMissing(node=node.key, action="submit"), "/handle/actions"
        case CcBlock() as block:
            yield from _assign(scope, node, rules=block.cc.to, steps="/cc/to")
        case TriggerBlock() as block:
            yield from _trigger(scope, node, block.trigger)
        case ParallelBlock() as block:
            join, branches = block.parallel.join, len(block.parallel.branches)
            if isinstance(join, int) and join > branches:
                yield JoinTooLarge(node=node.key, join=join, branches=branches), "/parallel/join"
        case _:
            return


def _task(scope: _Scope, node: Node, rules: Approve | Handle) -> Found:
    top = f"/{node.kind}"
    yield from _assign(scope, node, rules=rules.assign, steps=f"{top}/assign")
    yield from _assign(scope, node, rules=rules.decide.veto, steps=f"{top}/decide/veto")
    if isinstance(rules.empty, EmptyTo):
        yield from _assign(scope, node, rules=rules.empty.to, steps=f"{top}/empty/to")
    for index, key in enumerate(rules.basis):
        if key not in scope.entity.by_key:
            yield UnknownField(node=node.key, field=key), f"{top}/basis/{index}"
    if isinstance(rules.deadline, DeadlineField):
        yield from _due_field(scope, node, rules.deadline.field)
    yield from _rights(scope, node, rules.fields)
    if "return" in rules.actions:
        targets = () if rules.return_policy.to == "passed" else rules.return_policy.to
        for index, target in enumerate(targets):
            yield from _target(scope, node, target=target, steps=f"{top}/return/to/{index}")
    elif "return_policy" in rules.model_fields_set:
        yield ReturnNotAnAction(node=node.key), f"{top}/return"


def _approve(scope: _Scope, node: Node, approve: Approve) -> Found:
    if "approve" not in approve.actions:
        yield ApproveMissing(node=node.key, action="approve"), "/approve/actions"
    match approve.on_reject:
        case RejectReturn() as policy:
            yield from _target(scope, node, target=policy.to, steps="/approve/on_reject/to")
        case RejectEndBranch():
            above = (scope.flow.nodes[key].block for key in scope.flow.path(node.key))
            if not any(isinstance(block, ParallelBlock | InclusiveBlock) for block in above):
                yield EndBranchOutside(node=node.key), "/approve/on_reject/do"
        case _:
            return


def _target(scope: _Scope, node: Node, *, target: str, steps: str) -> Found:
    found = scope.flow.nodes.get(target)
    if found is None:
        yield UnknownNode(node=node.key, target=target), steps
    elif not found.is_task:
        yield NotATaskNode(node=node.key, target=target), steps
    elif scope.flow.return_sequence(node.key, target) is None:
        yield IllegalReturn(node=node.key, target=target), steps


def _assign(scope: _Scope, node: Node, *, rules: tuple[AssignRule, ...], steps: str) -> Found:
    for index, rule in enumerate(rules):
        place = f"{steps}/{index}"
        match rule:
            case ByField():
                kinds: tuple[type, ...] = (MemberField, DepartmentField)
                yield from _people_field(scope, node, key=rule.field, kinds=kinds, steps=f"{place}/field")
            case ByDepartmentHead() | BySupervisor() if rule.of != "initiator":
                yield from _people_field(scope, node, key=rule.of, kinds=(MemberField,), steps=f"{place}/of")
            case ByHandlers():
                yield from _handlers(scope, node, target=rule.of, steps=f"{place}/of")
            case _:
                continue


def _people_field(scope: _Scope, node: Node, *, key: str, kinds: tuple[type, ...], steps: str) -> Found:
    field = scope.entity.by_key.get(key)
    if field is None:
        yield UnknownField(node=node.key, field=key), steps
    elif not isinstance(field, kinds):
        names = [kind_word("member" if kind is MemberField else "department") for kind in kinds]
        wanted = Word("/".join(names), "或".join(name.zh for name in names))
        yield NotAPeopleField(node=node.key, field=key, kinds=wanted), steps


def _due_field(scope: _Scope, node: Node, key: str) -> Found:
    field, steps = scope.entity.by_key.get(key), f"/{node.kind}/deadline/field"
    if field is None:
        yield UnknownField(node=node.key, field=key), steps
    elif not isinstance(field, DateField | DateTimeField):
        yield NotADayField(node=node.key, field=key), steps


def _handlers(scope: _Scope, node: Node, *, target: str, steps: str) -> Found:
    found = scope.flow.nodes.get(target)
    if found is None:
        yield UnknownNode(node=node.key, target=target), steps
    elif not found.is_task:
        yield NotATaskNode(node=node.key, target=target), steps
    elif scope.flow.return_sequence(node.key, target) is None:
        yield EarlierNodeOnly(node=node.key, target=target), steps


def _rights(scope: _Scope, node: Node, rights: FieldRights) -> Found:
    return _rights_of(node, scope.entity.by_key, rights, prefix="", steps=f"/{node.kind}/fields")


def _rights_of(
    node: Node, fields: Mapping[str, EntityField], rights: FieldRights | ColumnRights, *, prefix: str, steps: str
) -> Found:
    """What is wrong with the rights of fields, or of the columns of a subform whose paths begin with the prefix."""
    for key, right in rights.items():
        path, place = f"{prefix}{key}", f"{steps}/{key}"
        field = fields.get(key)
        if key == "*":
            continue
        if field is None:
            yield UnknownField(node=node.key, field=path), place
        elif isinstance(right, str):
            if _forbids(field, right):
                yield NotWritable(node=node.key, field=path), place
        elif not isinstance(field, SubformField):
            yield NotASubform(node=node.key, field=path), place
        else:
            yield from _rights_of(node, field.columns, right, prefix=f"{path}.", steps=place)


def _forbids(field: EntityField, right: Right) -> bool:
    return right in {"write", "required"} and (field.is_made or isinstance(field, SerialField))


def _trigger(scope: _Scope, node: Node, trigger: CreateRecord) -> Found:
    entity = scope.entities.get(trigger.entity)
    if entity is None:
        yield UnknownEntity(node=node.key, entity=trigger.entity), "/trigger/entity"
        return
    for key in trigger.values:
        field = entity.by_key.get(key)
        steps = f"/trigger/map/{key}"
        if field is None:
            yield UnknownField(node=node.key, field=f"{trigger.entity}.{key}"), steps
        elif _forbids(field, "write"):
            yield NotWritable(node=node.key, field=f"{trigger.entity}.{key}"), steps


def _warnings(scope: _Scope, node: Node) -> Found:
    for position, child in enumerate(node.children):
        if child.when is None:
            continue
        steps = f"/{node.kind}/branches/{position}/when"
        if child.when.is_constant:
            yield ConstantCondition(node=child.branch), steps
        for field in unfilled(scope.flow, scope.entity, node=node, condition=child.when.compiled):
            yield MaybeEmptyInCondition(node=child.branch, field=field), steps
    if isinstance(node.block, TriggerBlock):
        yield from _unmapped(scope, node, node.block.trigger)


def _unmapped(scope: _Scope, node: Node, trigger: CreateRecord) -> Found:
    target = scope.entities.get(trigger.entity)
    for field in target.fields if target is not None else ():
        least = field.min_rows if isinstance(field, SubformField) else 0
        if (field.required or least) and field.default is None and field.key not in trigger.values:
            yield RequiredNotMapped(node=node.key, field=f"{trigger.entity}.{field.key}"), "/trigger/map"
