"""Playing the cases of a log through the engine: every step is the same call that the API would make."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from pydantic import JsonValue

from engine.access.grants import principal_of
from engine.access.predicate import Principal
from engine.errors import Problems, Rejection
from engine.formula.functions.maths import round_to
from engine.model.application import Application
from engine.model.base import FORMAT
from engine.model.field_types.number import NumberField
from engine.model.field_types.select import OptionsBase
from engine.model.org import Org, OrgDepartment, OrgMember, OrgRole
from engine.model.values import RawJson
from engine.runtime.backend import Backend, Moment, operator_call
from engine.runtime.calls import Call, Draws, refresh
from engine.runtime.definitions import apply_application
from engine.runtime.instances import withdraw
from engine.runtime.names import with_ids
from engine.runtime.samples import install_organisation
from engine.runtime.submissions import Filled, submit
from engine.runtime.tasks import Decision, TaskView, act, get_task
from engine.store.database import Tx
from engine.store.flows import StoredTask, list_tasks
from examples.replay.mapping import BadMap, LogMap, Step, fill, record_values, return_target, route_from
from examples.replay.xes import Case

T = TypeVar("T")
DEPARTMENT = "event_log"
NOT_LATIN = re.compile("[^a-z0-9]+")
MAX_HEADS = 20
NUMERAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


class Inexpressible(Exception):
    """The flow does not allow what the case did; the message is the reason without the case's name."""


@dataclass(frozen=True)
class Stage:
    """Everything the cases are played on. `members`: the member who stands for each role of the log.

    `names`: their accounts and the department's key, by placeholder.
    """

    backend: Backend
    log_map: LogMap
    members: Mapping[str, str]
    routes: frozenset[str]
    names: Mapping[str, str]


async def set_stage(backend: Backend, application: Application, log_map: LogMap, *, start: datetime) -> Stage:
    """Publish the application and give every role of the log one member. Raises `BadMap`."""
    form = application.forms.get(log_map.form)
    if form is None:
        raise BadMap(f"the application {log_map.application} has no form {log_map.form}")
    at = Moment(start, Draws(backend.ids), "en")
    accounts = _accounts(log_map)
    org = _organisation(log_map, accounts)

    async def unit(tx: Tx) -> dict[str, str]:
        call = await operator_call(tx, backend, at)
        known = [account for account in accounts.values() if account in call.directory.by_account]
        if not known:
            await install_organisation(tx, call, org)
            call = await refresh(tx, call)
        elif len(known) < len(accounts):
            raise BadMap("the database has members of another map for this application; choose another database")
        await apply_application(tx, call, application)
        return {role: call.directory.by_account[account].id for role, account in accounts.items()}

    members = await backend.database.write(unit)
    field = application.entities[form.entity].by_key.get(log_map.route_field or "")
    routes = frozenset(option.key for option in field.options) if isinstance(field, OptionsBase) else frozenset[str]()
    names = {f"@{role}": account for role, account in accounts.items()} | {"@department": org.departments[0].key}
    return Stage(backend, log_map, members, routes, names)


def _accounts(log_map: LogMap) -> dict[str, str]:
    """An account for each role of the log; roles whose names have no Latin letters are told apart by number."""
    found: dict[str, str] = {}
    for number, role in enumerate(dict.fromkeys((log_map.initiator, *log_map.roles))):
        name = NOT_LATIN.sub("_", role.lower()).strip("_")[:40] or f"role_{number}"
        account = f"{log_map.application}.{name}"
        found[role] = f"{account}_{number}" if account in found.values() else account
    return found


def _organisation(log_map: LogMap, accounts: Mapping[str, str]) -> Org:
    """One department with everybody, below as many as there are heads: the first heads everybody's department."""
    keys = [f"{DEPARTMENT}_{log_map.application}"[:55] + (f"_{level}" if level else "") for level in range(MAX_HEADS)]
    listed = keys[: max(1, len(log_map.heads))]
    heads: list[tuple[str, ...]] = [(accounts[role],) for role in log_map.heads] or [()]
    departments = [
        OrgDepartment(key=key, title="Event log", parent=parent, heads=head)
        for key, parent, head in zip(listed, [*listed[1:], None], heads, strict=True)
    ]
    held: dict[str, list[str]] = {}
    for role in log_map.roles:
        for key in log_map.keys_of(role):
            held.setdefault(key, []).append(accounts[role])
    return Org(
        format=FORMAT,
        key=DEPARTMENT,
        title="Event log",
        departments=tuple(departments),
        members=tuple(
            OrgMember(account=account, name=role, department=listed[0]) for role, account in accounts.items()
        ),
        roles={key: OrgRole(title=key, members=tuple(members)) for key, members in held.items()},
    )


@dataclass
class _Play:
    """One case under way."""

    stage: Stage
    steps: tuple[Step, ...]
    instance_id: str = ""

    async def as_role(self, role: str, at: datetime, work: Callable[[Tx, Call], Awaitable[T]]) -> T:
        """One unit of work of the role's member at that time."""
        backend = self.stage.backend
        when = Moment(at, Draws(backend.ids), "en")

        async def unit(tx: Tx) -> T:
            when.draws.rewind()
            around = await backend.caches.surroundings(tx)
            member_id = self.stage.members[role]
            principal = principal_of(around.directory, member_id) or Principal(member_id)
            return await work(tx, when.call(backend.caches, around, principal))

        return await backend.database.write(unit)


async def play_case(stage: Stage, case: Case, steps: tuple[Step, ...]) -> str:
    """Carry out every step at its own time; answers the instance's id. Raises `Inexpressible`."""
    play = _Play(stage, steps)
    if any(step.act.command == "start" for step in steps[1:]):
        raise Inexpressible("started again")
    try:
        await _start(play, case)
        for index, step in enumerate(steps):
            if step.act.command != "start":
                await _take(play, index, step)
    except Inexpressible:
        await _withdraw_rest(play)
        raise
    return play.instance_id


async def _start(play: _Play, case: Case) -> None:
    """Fill in the form; a case whose first event is something else was started at that moment."""
    log_map, first = play.stage.log_map, play.steps[0]

    async def work(tx: Tx, call: Call) -> str:
        values = record_values(case, log_map, play.stage.names)
        filled = Filled(_for_fields(call, log_map, values))
        made = await submit(tx, call, log_map.application, form_key=log_map.form, filled=filled)
        if made.instance is None:
            raise Inexpressible("the form starts no flow")
        return made.instance.id

    try:
        play.instance_id = await play.as_role(log_map.initiator, first.event.at, work)
    except Rejection as refusal:
        raise Inexpressible(f"the form is refused: {_said(refusal)}") from None


def _for_fields(call: Call, log_map: LogMap, values: Mapping[str, JsonValue]) -> dict[str, RawJson]:
    """The values as the form takes them: people and departments by id, numbers rounded to the decimals of their fields,
    for published logs often blur amounts.
    """
    app = call.catalog.app(log_map.application)
    entity = app.entity(app.form(log_map.form).form.entity).compiled.entity
    found: dict[str, RawJson] = {**values}
    for key, item in values.items():
        field = entity.by_key.get(key)
        if isinstance(field, NumberField) and isinstance(item, str) and NUMERAL.fullmatch(item):
            found[key] = str(round_to(Decimal(item), Decimal(field.decimals), ROUND_HALF_UP))
    return with_ids(entity, found, call.directory)


def _said(refusal: Rejection) -> str:
    if isinstance(refusal, Problems) and refusal.errors:
        return f"{refusal.errors[0].path} {refusal.errors[0].text('en')}"
    return refusal.text("en")


async def _take(play: _Play, index: int, step: Step) -> None:
    role = step.act.role or play.stage.log_map.initiator

    async def work(tx: Tx, call: Call) -> None:
        if step.act.command == "withdraw":
            await withdraw(tx, call, play.instance_id, comment=None)
            return
        task = _task_of(await list_tasks(tx, play.instance_id), step, call.member_id)
        # a return needs to know where it may go
        page = await get_task(tx, call, task.id) if step.act.command == "return" else None
        decision = _decision(play, index, step, page=page)
        await act(tx, call, task.id, decision=decision)

    try:
        await play.as_role(role, step.event.at, work)
    except Rejection as refusal:
        raise Inexpressible(f"{step.event.activity}: {_said(refusal)}") from None


def _task_of(tasks: list[StoredTask], step: Step, member_id: str) -> StoredTask:
    """The open task that the step is about. Raises `Inexpressible`."""
    is_open = [task for task in tasks if task.state == "open"]
    for task in is_open:
        if task.member_id == member_id and step.act.node in {None, task.node_key}:
            return task
    waiting = ", ".join(dict.fromkeys(task.node_key for task in is_open))
    where = f"while it waits at {waiting}" if waiting else "after the end"
    raise Inexpressible(f"{step.event.activity} {where}")


def _decision(play: _Play, index: int, step: Step, *, page: TaskView | None) -> Decision:
    log_map, command = play.stage.log_map, step.act.command
    if command == "return":
        offers = page.actions if page is not None else ()
        legal = tuple(target.key for offer in offers if offer.action == "return" for target in offer.targets)
        target = return_target(play.steps, index, legal)
        if target is None:
            raise Inexpressible(f"{step.event.activity}: there is nowhere to return to")
        return Decision("return", to=target)
    written = fill({**step.act.values}, {**step.event.attributes, **play.stage.names})
    values: dict[str, RawJson] = {**written} if isinstance(written, dict) else {}
    if command == "submit":
        if step.act.node == log_map.submit_node and log_map.route_field is not None:
            values[log_map.route_field] = route_from(play.steps, index, play.stage.routes)
        return Decision("submit", values=values or None)
    return Decision("reject" if command == "reject" else "approve", values=values or None)


async def _withdraw_rest(play: _Play) -> None:
    """A case that cannot be played to its end does not stay open."""
    if not play.instance_id:
        return

    async def work(tx: Tx, call: Call) -> None:
        await withdraw(tx, call, play.instance_id, comment="not expressible")

    try:
        await play.as_role(play.stage.log_map.initiator, play.steps[-1].event.at, work)
    except Rejection:
        return
