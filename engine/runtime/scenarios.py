"""Playing the scenarios of an application through the real store: the same calls that the API makes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from engine.access.grants import principal_of
from engine.errors import Problems, Rejection
from engine.model.base import label_text
from engine.model.scenarios import Scenario, Step, StepExpectation
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.flow_runs import load_running
from engine.runtime.instances import withdraw
from engine.runtime.names import with_ids
from engine.runtime.people import member_of_account
from engine.runtime.record_views import dump_values
from engine.runtime.submissions import Filled, submit
from engine.runtime.tasks import Decision, TaskNotFound, act
from engine.store.database import Tx
from engine.store.flows import StoredTask, list_events, list_tasks


@dataclass(frozen=True)
class Unmet:
    """An expectation that did not hold: at which step, and what was found instead."""

    where: str
    text: str


@dataclass
class _Play:
    call: Call
    app: InstalledApp
    entity: AppEntity
    at: datetime
    instance_id: str = ""
    seq: int = 0
    unmet: list[Unmet] = field(default_factory=list)

    def as_member(self, account: str) -> Call:
        """The call of a member at the present moment of the play."""
        member = member_of_account(self.call, account)
        principal = principal_of(self.call.directory, member.id) or self.call.principal
        return replace(self.call, principal=principal, now=self.at)

    def miss(self, where: str, text: str) -> None:
        self.unmet.append(Unmet(where, text))


async def play_scenario(tx: Tx, call: Call, app_key: str, *, scenario: Scenario) -> tuple[Unmet, ...]:
    """Play one scenario; answers what did not come out as it says. The records it makes stay."""
    app = call.catalog.app(app_key)
    flow = app.compiled.flows[scenario.flow]
    form_key = next(form.form.key for form in app.compiled.forms.values() if form.form.flow == flow.key)
    play = _Play(call, app, app.entity(flow.entity), at=scenario.given.at)
    given = scenario.given
    department = None if given.department is None else call.directory.department_by_key[given.department].id
    try:
        values = with_ids(play.entity.compiled.entity, given.record, call.directory)
        filled = Filled(values, department_id=department)
        made = await submit(tx, play.as_member(given.initiator), app_key, form_key=form_key, filled=filled)
    except Rejection as refusal:
        return (Unmet("start", _said(refusal)),)
    play.instance_id = "" if made.instance is None else made.instance.id
    await _check(tx, play, scenario.start, where="start")
    for number, step in enumerate(scenario.steps, start=1):
        play.at = step.at or play.at + timedelta(minutes=1)
        await _take(tx, play, step, where=f"step {number} ({step.by} {step.do})")
    await _check_end(tx, play, scenario)
    return tuple(play.unmet)


def _said(refusal: Rejection) -> str:
    if isinstance(refusal, Problems):
        return "; ".join(f"{problem.path}: {problem.text('en')}" for problem in refusal.errors)
    return f"{refusal.code}: {refusal.text('en')}"


async def _take(tx: Tx, play: _Play, step: Step, *, where: str) -> None:
    expected = step.expect.refused if step.expect is not None else None
    try:
        async with tx.savepoint():
            await _act(tx, play, step)
    except Rejection as refusal:
        if refusal.code != expected:
            play.miss(where, f"refused: {_said(refusal)}")
    else:
        if expected is not None:
            play.miss(where, f"was not refused with {expected}")
    await _check(tx, play, step.expect, where=where)


async def _act(tx: Tx, play: _Play, step: Step) -> None:
    call = play.as_member(step.by)
    if step.do == "withdraw":
        await withdraw(tx, call, play.instance_id, comment=step.comment)
        return
    mine = [
        task
        for task in await list_tasks(tx, play.instance_id)
        if task.state == "open" and task.member_id == call.member_id and step.node in {None, task.node_key}
    ]
    if len(mine) != 1:
        raise TaskNotFound
    values = with_ids(play.entity.compiled.entity, step.data, call.directory)
    decision = Decision(step.do, step.comment, values or None, step.to, step.resume)
    await act(tx, call, mine[0].id, decision=decision)


async def _check(tx: Tx, play: _Play, expected: StepExpectation | None, *, where: str) -> None:
    events = [event for event in await list_events(tx, play.instance_id) if event.seq > play.seq]
    play.seq = max((event.seq for event in events), default=play.seq)
    if expected is None:
        return
    tasks = await list_tasks(tx, play.instance_id)
    if expected.open is not None:
        found = _open(play, tasks)
        wanted = {node: sorted(accounts) for node, accounts in expected.open.items()}
        if found != wanted:
            play.miss(where, f"open tasks are {found}, not {wanted}")
    for node, due_at in (expected.due or {}).items():
        found_due = {task.due_at for task in tasks if task.state == "open" and task.node_key == node}
        if found_due != {due_at}:
            said = ", ".join(sorted(str(at) for at in found_due)) or "no open task"
            play.miss(where, f"tasks of {node} are due at {said}, not {due_at}")
    status = (await load_running(tx, play.call, play.instance_id)).stored.status
    if expected.status not in {None, status}:
        play.miss(where, f"the status is {status}, not {expected.status}")
    happened = iter([(event.node_key or "", event.kind) for event in events])
    for wanted_event in expected.events:
        if wanted_event not in happened:
            play.miss(where, f"there was no event {wanted_event}")


def _open(play: _Play, tasks: Iterable[StoredTask]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for task in tasks:
        if task.state == "open":
            found.setdefault(task.node_key, []).append(play.call.directory.members[task.member_id].account)
    return {node: sorted(accounts) for node, accounts in found.items()}


async def _check_end(tx: Tx, play: _Play, scenario: Scenario) -> None:
    running = await load_running(tx, play.call, play.instance_id)
    if scenario.expect.status not in {None, running.stored.status}:
        play.miss("end", f"the status is {running.stored.status}, not {scenario.expect.status}")
    entity = play.entity.compiled.entity
    found: Mapping[str, object] = dump_values(entity, running.record.values)
    for key, value in with_ids(entity, scenario.expect.record, play.call.directory).items():
        parsed = entity.by_key[key].parse(value)
        if parsed != running.record.values.get(key):
            title = label_text(entity.by_key[key].title, "en")
            play.miss("end", f"{key} ({title}) is {found.get(key)!r}")
