"""Plays a scenario file against the interpreter, with the sample organisation; ids are accounts and keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import JsonValue

from engine.access.directory import Department, Directory, Member, Role
from engine.flow.commands import Decide, Return, Withdraw
from engine.flow.compile import compile_flow
from engine.flow.compiled import CompiledFlow
from engine.flow.events import Event, place_of
from engine.formula.check import Scope
from engine.formula.values import Kind, KindName
from engine.model.entities import Entity
from engine.model.flows import Flow
from engine.model.org import Org
from engine.model.scenarios import Scenario, Step, StepExpectation
from engine.model.values import Value
from tests.flow.walks import RefusedCommand, Walk

HERE = Path(__file__).parent
ORG = HERE.parents[1] / "templates_library" / "org" / "sample" / "org.json"
REFERENCES = frozenset({"member", "department"})
KINDS: Mapping[str, KindName] = {
    "number": "number",
    "boolean": "boolean",
    "member": "member",
    "department": "department",
}


class Unmet(AssertionError):
    """Something came out otherwise than the scenario says."""


@cache
def sample_directory() -> Directory:
    org = Org.model_validate_json(ORG.read_text(encoding="utf-8"))
    home = {member.account: (member.department, *member.departments) for member in org.members}
    members = {
        member.account: Member(
            id=member.account,
            account=member.account,
            name=member.name,
            supervisor_id=member.supervisor,
            department_ids=home[member.account],
        )
        for member in org.members
    }
    for account in ("admin", "deputy"):
        members[account] = Member(id=account, account=account, name="管理员", is_admin=True)
    return Directory(
        members=members,
        departments={
            department.key: Department(
                id=department.key,
                key=department.key,
                title=department.title,
                parent_id=department.parent,
                head_ids=department.heads,
                member_ids=tuple(account for account, keys in home.items() if department.key in keys),
            )
            for department in org.departments
        },
        roles={
            key: Role(id=key, key=key, title=role.title, member_ids=role.members) for key, role in org.roles.items()
        },
    )


@cache
def entities() -> Mapping[str, Entity]:
    files = (HERE / "entities").glob("*.json")
    return {file.stem: Entity.model_validate_json(file.read_text(encoding="utf-8")) for file in files}


def scope_of(entity: Entity) -> Scope:
    return {
        field.key: Kind(KINDS.get(field.type, "text"), is_list=getattr(field, "multiple", False))
        for field in entity.fields
    }


@cache
def flow_named(key: str) -> CompiledFlow:
    flow = Flow.model_validate(json.loads((HERE / "flows" / f"{key}.json").read_text(encoding="utf-8")))
    entity = entities()[flow.entity]
    return compile_flow(flow, entity=entity, entities=entities(), scope=scope_of(entity))


def values_of(entity: Entity, raw: Mapping[str, JsonValue]) -> dict[str, Value]:
    """Canonical values; members and departments stay accounts and keys."""
    found: dict[str, Value] = {}
    for key, item in raw.items():
        field = entity.by_key[key]
        if field.type not in REFERENCES:
            found[key] = field.parse(item)
        elif isinstance(item, list):
            found[key] = tuple(str(account) for account in item)
        else:
            found[key] = str(item)
    return found


def play(scenario: Scenario) -> Walk:
    """Carry out all steps. Raises Unmet at the first expectation that does not hold."""
    flow = flow_named(scenario.flow)
    entity = entities()[flow.entity]
    walk = Walk(flow, directory=sample_directory(), record=values_of(entity, scenario.given.record))
    walk.at = scenario.given.at
    walk.start(scenario.given.initiator, scenario.given.department)
    _check(walk, scenario.start, tuple(walk.events), where="start")
    for number, step in enumerate(scenario.steps, start=1):
        _take(walk, step, entity=entity, where=f"step {number} ({step.by} {step.do})")
    if scenario.expect.status not in {None, walk.status}:
        raise Unmet(f"end: status is {walk.status}")
    for key, value in values_of(entity, scenario.expect.record).items():
        if walk.record.get(key) != value:
            raise Unmet(f"end: {key} is {walk.record.get(key)!r}")
    return walk


def _take(walk: Walk, step: Step, *, entity: Entity, where: str) -> None:
    walk.at = step.at or walk.at
    known = len(walk.events)
    expected = step.expect.refused if step.expect is not None else None
    try:
        _command(walk, step, values_of(entity, step.data))
    except RefusedCommand as refused:
        if refused.code != expected:
            raise Unmet(f"{where}: refused with {refused.code}") from None
    else:
        if expected is not None:
            raise Unmet(f"{where}: not refused")
    _check(walk, step.expect, tuple(walk.events[known:]), where=where)


def _command(walk: Walk, step: Step, written: Mapping[str, Value]) -> None:
    if step.do == "withdraw":
        walk.do(Withdraw(actor=step.by, at=walk.at, comment=step.comment))
        return
    tasks = [
        task.number for task in walk.now.tasks.values() if task.member == step.by and step.node in {None, task.node}
    ]
    task = tasks[0] if len(tasks) == 1 else 0
    if step.do == "return":
        to = step.to or ""
        command = Return(task=task, actor=step.by, to=to, resume=step.resume, at=walk.at, comment=step.comment)
        walk.do(command)
        return
    changed = frozenset(key for key, value in written.items() if walk.record.get(key) != value)
    before = dict(walk.record)
    walk.record |= written
    try:
        walk.do(Decide(task=task, actor=step.by, decision=step.do, at=walk.at, comment=step.comment), changed)
    except RefusedCommand:
        walk.record = before
        raise


def _check(walk: Walk, expected: StepExpectation | None, events: tuple[Event, ...], *, where: str) -> None:
    if expected is None:
        return
    if expected.open is not None:
        found = {node: sorted(members) for node, members in walk.open.items()}
        if found != {node: sorted(members) for node, members in expected.open.items()}:
            raise Unmet(f"{where}: open is {walk.open}")
    for node, due_at in (expected.due or {}).items():
        found_due = {task.due_at for task in walk.now.tasks.values() if task.node == node}
        if found_due != {due_at}:
            raise Unmet(f"{where}: tasks of {node} are due at {found_due}")
    if expected.status not in {None, walk.status}:
        raise Unmet(f"{where}: status is {walk.status}")
    happened = iter([(place_of(event)[0] or "", str(event.kind)) for event in events])
    for wanted in expected.events:
        if wanted not in happened:
            raise Unmet(f"{where}: no event {wanted} in {[(place_of(event)[0], event.kind) for event in events]}")
