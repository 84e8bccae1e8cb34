"""Running flows: one command carried out, its events projected to rows, everything in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from engine.errors import Problems, Rejection
from engine.flow.advance import Advanced, NeedFacts, Refused, advance
from engine.flow.commands import Command, Continue, Fail
from engine.flow.compiled import CompiledFlow
from engine.flow.events import Event, RecordRequested
from engine.flow.facts import Facts, NeedPeople, Person
from engine.flow.people import find_people
from engine.flow.requests import next_request
from engine.flow.state import Instance, dump_instance, load_instance
from engine.forms.context import CURRENT_DEPARTMENT, CURRENT_USER, Context
from engine.forms.defaults import refused_defaults, with_row_defaults
from engine.forms.entry import read_values
from engine.forms.evaluate import default_values, evaluate
from engine.forms.links import lost_behind
from engine.forms.validate import Submission, validate
from engine.formula.linked import NO_LINKS, Linked
from engine.model.expressions import EVERYTHING
from engine.model.values import Value, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.flow_rows import Projection, project
from engine.runtime.linking import follow_links, linked_of, with_all_links
from engine.runtime.record_views import title_of
from engine.runtime.storing import store_change, store_record
from engine.runtime.versioning import Origin, VersionConflict
from engine.runtime.versions import FlowVersion, source_of
from engine.store.database import Tx
from engine.store.flows import (
    StoredInstance,
    add_copies,
    append_events,
    close_tasks,
    find_instance,
    insert_instance,
    open_tasks,
    save_instance,
)
from engine.store.history import add_readers, append_audit, post_notices
from engine.store.records import Record


class InstanceNotFound(Rejection):
    """No such flow instance, or none that the caller may see."""

    code = "instance_not_found"
    status = 404
    zh = "没有这个流程, 或无权查看"
    en = "There is no such flow instance, or you may not see it"


class FieldRemoved(Rejection):
    """A trigger of an earlier version fills in a field that was removed since."""

    code = "field_removed"
    status = 422
    zh = "实体 “{entity}” 的字段 “{field}” 已被移除, 恢复后可重试"
    en = "The field “{field}” of the entity “{entity}” was removed; it can be retried once the field is restored"


@dataclass(frozen=True)
class Running:
    """A flow instance with everything it stands on: the flow as it was when it started, its entity, its record."""

    app: InstalledApp
    entity: AppEntity
    version: FlowVersion
    stored: StoredInstance
    state: Instance | None
    record: Record

    @property
    def flow(self) -> CompiledFlow:
        """The flow."""
        return self.version.flow


@dataclass
class _Progress:
    """What a command has caused so far."""

    state: Instance | None
    events: list[Event] = field(default_factory=list)
    people: dict[NeedPeople, tuple[Person, ...]] = field(default_factory=dict)


async def load_running(tx: Tx, call: Call, instance_id: str, *, lock: bool = False) -> Running:
    """An instance with its record, whoever asks: the caller decides what may be seen. Raises `InstanceNotFound`."""
    stored = await find_instance(tx, instance_id, lock=lock)
    if stored is None or stored.entity_id not in call.catalog.by_entity:
        raise InstanceNotFound
    return await running_of(tx, call, stored, lock=lock)


async def running_of(tx: Tx, call: Call, stored: StoredInstance, *, lock: bool = False) -> Running:
    """An instance that was loaded already, with its flow and record; `lock`: an admin may be repairing the record."""
    app, entity = call.catalog.by_entity[stored.entity_id]
    version = await flow_version_of(tx, call, stored)
    # unfiltered: the flow judges who takes part; every view masks what its reader may not see
    record = await entity.table.get(tx, stored.record_id, access=EVERYTHING, lock=lock)
    if record is None:
        raise InstanceNotFound
    return Running(app, entity, version, stored, load_instance(stored.snapshot), record)


async def flow_version_of(tx: Tx, call: Call, stored: StoredInstance) -> FlowVersion:
    """The flow of an instance as it was when it started."""
    return await call.caches.flow_version(
        tx,
        call.catalog,
        entity_id=stored.entity_id,
        number=stored.application_version,
        flow_key=stored.flow_key,
    )


async def start_flow(
    tx: Tx, call: Call, app: InstalledApp, *, entity: AppEntity, flow: CompiledFlow, record: Record, command: Command
) -> Running:
    """Start a flow for a record that was just stored."""
    stored = StoredInstance(
        id=next(call.ids),
        application_id=app.id,
        application_version=app.stored.version,
        flow_key=flow.key,
        entity_id=entity.id,
        record_id=record.id,
        initiator_id=record.created_by or "",
        department_id=record.created_department,
        title=instance_title(call, entity, record),
        status="running",
        seq=0,
        snapshot="",
        started_at=call.now,
    )
    version = FlowVersion(flow, entity.compiled, None, entity.hidden_today)
    return await carry_out(tx, call, Running(app, entity, version, stored, None, record), command=command)


async def carry_out(
    tx: Tx, call: Call, running: Running, *, command: Command, changed: frozenset[str] = frozenset()
) -> Running:
    """Carry out a command and store what follows from it. Raises the rejection of a command that is refused."""
    progress = _Progress(running.state)
    facts = await _facts(tx, call, running, changed=changed)
    _advance(call, running, progress, facts=facts, command=command)
    await _create_records(tx, call, running, progress=progress, facts=facts)
    state = progress.state
    if state is None:
        raise AssertionError("a command that was carried out leaves a state")
    return await _save(tx, call, running, state=state, events=progress.events)


async def _facts(tx: Tx, call: Call, running: Running, *, changed: frozenset[str]) -> Facts:
    """The record under the keys of the instance's own version, with the values of fields that were removed since."""
    record, version = running.record, running.version
    former = version.entity
    if former is not None and former.is_renamed:
        # unfiltered: the flow judges who takes part; what it computes is shown to nobody
        found = await former.table.get(tx, record.id, access=EVERYTHING)
        record = found or record
    values = {**record.values, **record.system()}
    linked, lost = await _linked(tx, call, running, values=values)
    return Facts(
        zone=call.workspace.zone,
        calendars=call.workspace.work_calendars,
        record=values,
        lost=version.lost | lost,
        changed=version.keys_then(changed),
        linked=linked,
        given={CURRENT_USER: call.actor_id, CURRENT_DEPARTMENT: call.form_context.department_id},
    )


async def _linked(tx: Tx, call: Call, running: Running, *, values: Values) -> tuple[Linked, frozenset[str]]:
    """What the record's links lead to, under the keys of the instance's own version, and what cannot be found there."""
    former = running.version.entity
    if former is None:
        return await linked_of(tx, call, running.entity, records=[values]), frozenset()
    needs = former.then.linked
    if not needs:
        return NO_LINKS, frozenset()
    number = running.stored.application_version
    targets = await call.caches.entities_then(tx, call.catalog, running.app, number=number)
    lost = lost_behind(needs, {key: target.lost for key, target in targets.items()})
    return await follow_links(tx, needs, [values], targets=targets), lost


def _advance(call: Call, running: Running, progress: _Progress, *, facts: Facts, command: Command) -> None:
    """Carry out one command, asking the organisation as often as the flow needs."""
    while True:
        known = replace(facts, people=progress.people)
        outcome = advance(running.flow, progress.state, known, command)
        match outcome:
            case Advanced():
                progress.state = outcome.instance
                progress.events += outcome.events
                return
            case NeedFacts():
                for need in outcome.keys:
                    progress.people[need] = find_people(need, call.directory, facts.record)
            case Refused():
                raise outcome.rejection


async def _create_records(tx: Tx, call: Call, running: Running, *, progress: _Progress, facts: Facts) -> None:
    """Answer every trigger that asked for a record."""
    while progress.state is not None:
        request = next_request(progress.state, progress.events)
        if request is None:
            return
        answer: Command
        try:
            async with tx.savepoint():
                made = await _create_record(tx, call, running, request=request)
            answer = Continue(activation=request.activation, record=made.id, at=call.now)
        except Rejection as refusal:
            reason, reason_en = _reason(refusal, "zh-CN"), _reason(refusal, "en")
            answer = Fail(activation=request.activation, reason=reason, reason_en=reason_en, at=call.now)
        _advance(call, running, progress, facts=facts, command=answer)


def _reason(refusal: Rejection, language: str) -> str:
    faults = refusal.errors if isinstance(refusal, Problems) else ()
    return "; ".join(f"{fault.path}: {fault.text(language)}" for fault in faults)[:1000] or refusal.text(language)


async def _target(tx: Tx, call: Call, running: Running, *, request: RecordRequested) -> tuple[AppEntity, Values]:
    """The entity and fields of today that a trigger of the instance's version names.

    Raises `EntityNotFound` and `FieldRemoved`: a value that has no place any more is not lost silently.
    """
    number = running.stored.application_version
    entity = await call.caches.entity_today(tx, running.app, number=number, key=request.entity)
    paths = await call.caches.paths_today(tx, entity, number=number)
    for key in request.values:
        if key not in paths:
            raise FieldRemoved(field=key, entity=entity.key)
    return entity, {paths[key]: value for key, value in request.values.items()}


async def _create_record(tx: Tx, call: Call, running: Running, *, request: RecordRequested) -> Record:
    """The record a trigger asks for, made in the initiator's name. Raises `Problems`, and what `_target` raises."""
    entity, wanted = await _target(tx, call, running, request=request)
    context = _in_name_of_initiator(call, running)
    defaults = default_values(entity.compiled, context)
    entry = read_values(entity.compiled, wanted, stored=defaults)
    context = await with_all_links(tx, call, entity, context=context, values=entry.values)
    values = with_row_defaults(entity.compiled, entry.values, context)
    evaluated = evaluate(entity.compiled, values, context, unread=entry.unread)
    faults = validate(Submission(entity.compiled, evaluated, {}, entity.default_form), context)
    refused = [*entry.problems, *refused_defaults(entity.compiled, defaults, given=wanted)]
    known = {problem.path for problem in refused}
    if refused or faults:
        raise Problems([*refused, *(fault for fault in faults if fault.path not in known)])
    return await store_record(
        tx,
        call,
        entity,
        values=evaluated.values,
        origin=Origin("created", {"instance_id": running.stored.id, "node_key": request.node}),
        created_by=running.stored.initiator_id,
        department_id=running.stored.department_id,
    )


def _in_name_of_initiator(call: Call, running: Running) -> Context:
    initiator, department = running.stored.initiator_id, running.stored.department_id
    context = replace(call.form_context, member_id=initiator, department_id=department)
    return context.for_new_record(created_by=initiator, department_id=department)


async def _save(tx: Tx, call: Call, running: Running, *, state: Instance, events: Iterable[Event]) -> Running:
    listed = list(events)
    before = running.stored
    stored = replace(
        before,
        status=state.status,
        seq=state.seq,
        snapshot=dump_instance(state),
        ended_at=state.ended_at,
        title=title_today(call, running),
    )
    if before.seq == 0:
        await insert_instance(tx, stored)
    elif not await save_instance(tx, stored, expected_seq=before.seq):
        raise VersionConflict({}, seen=before.seq, current=before.seq + 1)
    rows = project(call, stored, first_seq=before.seq + 1, events=listed)
    await _store_rows(tx, call, stored, rows=rows)
    record = running.record
    if record.flow_status != state.status:
        origin = Origin("flow", {"instance_id": stored.id})
        record = await store_change(
            tx, call, running.entity, before=record, values={}, origin=origin, flow_status=state.status
        )
    return replace(running, stored=stored, state=state, record=record)


async def _store_rows(tx: Tx, call: Call, stored: StoredInstance, *, rows: Projection) -> None:
    await append_events(tx, rows.events)
    await open_tasks(tx, rows.opened)
    await close_tasks(tx, stored.id, rows.closed)
    for node_key, copies in rows.copies.items():
        await add_copies(tx, stored.id, node_key, at=call.now, copies=copies)
    readers = [(member, source_of(stored.flow_key, node)) for member, node in rows.readers]
    await add_readers(tx, stored.entity_id, stored.record_id, readers=readers)
    await post_notices(tx, rows.notices)
    for entry in rows.audit:
        await append_audit(tx, entry)


def title_today(call: Call, running: Running) -> str:
    """The instance's title by the definitions of today, which may hide more than when it was stored."""
    return instance_title(call, running.entity, running.record, also=running.version.hidden_from_some)


def instance_title(call: Call, entity: AppEntity, record: Record, *, also: frozenset[str] = frozenset()) -> str:
    """What lists call the instance: the record's title, without fields that somebody who may read it may not see.

    `also`: what the nodes of the instance's own version hide.
    """
    hidden = entity.untitled | also
    shown: Mapping[str, Value] = {key: value for key, value in record.values.items() if key not in hidden}
    return title_of(call, entity.compiled, shown)
