"""Flow instances as people see them: in brief, with their timeline and drawing; withdrawing and retrying."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.flow.commands import Retry, Withdraw
from engine.flow.deadlines import deadline_of
from engine.flow.events import (
    Copied,
    DirectResumed,
    Event,
    Finished,
    IncidentClosed,
    IncidentOpened,
    RecordCreated,
    Returned,
    Started,
    TaskOpened,
    Voted,
    Withdrawn,
    load_event,
    place_of,
)
from engine.flow.incidents import incident_text
from engine.flow.offers import may_withdraw
from engine.flow.state import Incident
from engine.flow.views import Tally, TreeNode, current_nodes, node_title, tree_view
from engine.model.base import Label
from engine.model.flow_nodes.blocks import TriggerBlock
from engine.model.flow_nodes.deadline import DeadlineField
from engine.runtime.calls import Call
from engine.runtime.catalog import EntityNotFound
from engine.runtime.flow_runs import InstanceNotFound, Running, carry_out, load_running, running_of, title_today
from engine.runtime.permissions import hidden_in_each, reading, require_admin
from engine.runtime.record_views import instant_text, maybe_instant, show_record
from engine.runtime.records import RecordNotFound, load_readable
from engine.store.database import Tx
from engine.store.flows import StoredEvent, list_entries, list_events, list_instances, mark_copies_read


@dataclass(frozen=True)
class TallyView:
    """How several people decide at a node (`mode`: any, all, sequential, percent, count), and how far they are."""

    mode: str
    percent: int | None
    collect: str
    needed: int
    voters: int
    approved: int
    rejected: int
    veto_ids: Sequence[str]


@dataclass(frozen=True)
class CurrentView:
    """A node that waits for people, or is parked by an incident; since `opened_at`, until `due_at`.

    `tally`: where several decide.
    """

    node_key: str
    node_title: Label
    member_ids: Sequence[str]
    incident: str | None
    activation: int
    opened_at: str
    due_at: str | None
    tally: TallyView | None


@dataclass(frozen=True)
class InstanceBrief:
    """An instance in one line; `current` is where it waits."""

    id: str
    app: str
    flow_key: str
    flow_title: Label
    title: str
    entity: str
    record_id: str
    status: str
    initiator_id: str
    department_id: str | None
    started_at: str
    ended_at: str | None
    current: Sequence[CurrentView]


@dataclass(frozen=True)
class TimelineEntry:
    """Something that happened. `waited_ms`: how long the person's task was open, `due_at`: until when it should have
    been done; `member_ids`: who was told.

    `record_entity` and `record_title`: of a record that the flow made, for those who may see it.
    """

    seq: int
    at: str
    kind: str
    node_key: str | None
    node_title: Label | None
    actor_id: str | None
    decision: str | None = None
    comment: str | None = None
    automatic: str | None = None
    waited_ms: int | None = None
    due_at: str | None = None
    to: str | None = None
    to_title: Label | None = None
    member_ids: Sequence[str] = ()
    record_id: str | None = None
    record_entity: str | None = None
    record_title: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class TreeMemberView:
    """Somebody who votes or voted at a node."""

    id: str
    decision: str | None


@dataclass(frozen=True)
class TreeView:
    """A block of the drawn flow; `branch` and `when` where it is a branch of a choice."""

    key: str
    kind: str
    title: Label
    state: str
    branch: str | None
    branch_title: Label | None
    when: str | None
    members: Sequence[TreeMemberView]
    incident: str | None
    children: Sequence[TreeView]


@dataclass(frozen=True)
class InstanceView:
    """An instance with its history and drawing."""

    instance: InstanceBrief
    can_withdraw: bool
    can_retry: bool
    timeline: Sequence[TimelineEntry]
    tree: TreeView


@dataclass(frozen=True)
class InstanceList:
    """Instances of one record, the latest first."""

    items: Sequence[InstanceBrief]


async def brief(tx: Tx, call: Call, running: Running) -> InstanceBrief:
    """The instance in one line."""
    return _brief(call, running, await list_entries(tx, running.stored.id))


def _brief(call: Call, running: Running, entries: Mapping[int, datetime]) -> InstanceBrief:
    """`entries`: when each activation began."""
    stored, state = running.stored, running.state
    nodes = current_nodes(running.flow, state) if state is not None else ()
    return InstanceBrief(
        id=stored.id,
        app=running.app.key,
        flow_key=stored.flow_key,
        flow_title=running.flow.title,
        title=title_today(call, running),
        entity=running.entity.key,
        record_id=stored.record_id,
        status=stored.status,
        initiator_id=stored.initiator_id,
        department_id=stored.department_id,
        started_at=instant_text(stored.started_at),
        ended_at=maybe_instant(stored.ended_at),
        current=[
            CurrentView(
                node_key=node.key,
                node_title=node.title,
                member_ids=node.member_ids,
                incident=_incident(call, node.incident),
                activation=node.activation,
                opened_at=instant_text(entries[node.activation]),
                due_at=(
                    maybe_instant(node.due_at)
                    if _may_see_due(call, running, node.key, members=node.member_ids)
                    else None
                ),
                tally=_tally(node.tally),
            )
            for node in nodes
        ],
    )


def _tally(tally: Tally | None) -> TallyView | None:
    if tally is None:
        return None
    return TallyView(
        mode=tally.mode,
        percent=tally.percent,
        collect=tally.collect,
        needed=tally.needed,
        voters=tally.voters,
        approved=tally.approved,
        rejected=tally.rejected,
        veto_ids=tally.veto_ids,
    )


def _incident(call: Call, incident: Incident | None) -> str | None:
    return None if incident is None else incident_text(incident, call.language)


async def load_visible(tx: Tx, call: Call, instance_id: str, *, lock: bool = False) -> Running:
    """An instance whose record the caller may see. Raises `InstanceNotFound`."""
    running = await load_running(tx, call, instance_id, lock=lock)
    seen = reading(call, running.app, running.entity)
    try:
        await load_readable(tx, running.entity, seen=seen, record_id=running.record.id)
    except RecordNotFound:
        raise InstanceNotFound from None
    return running


async def get_instance(tx: Tx, call: Call, instance_id: str) -> InstanceView:
    """The instance with timeline and drawing. Raises `InstanceNotFound`."""
    return await show_instance(tx, call, await load_visible(tx, call, instance_id))


async def show_instance(tx: Tx, call: Call, running: Running) -> InstanceView:
    """An instance the caller may see, whole."""
    events = await list_events(tx, running.stored.id)
    state = running.state
    is_stuck = state is not None and any(item.incident is not None for item in state.activations.values())
    return InstanceView(
        instance=await brief(tx, call, running),
        can_withdraw=state is not None and may_withdraw(running.flow, state, call.member_id),
        can_retry=call.principal.is_admin and is_stuck and running.stored.status == "running",
        timeline=[await _with_record(tx, call, running, entry=entry) for entry in _timeline(call, running, events)],
        tree=_tree(call, tree_view(running.flow, state)),
    )


async def mark_read(tx: Tx, call: Call, instance_id: str) -> None:
    """The caller has seen what he was copied on. Raises `InstanceNotFound`."""
    running = await load_visible(tx, call, instance_id)
    await mark_copies_read(tx, running.stored.id, call.member_id, at=call.now)


async def list_record_instances(tx: Tx, call: Call, app_key: str, *, entity_key: str, record_id: str) -> InstanceList:
    """The instances of a record that the caller may see. Raises `RecordNotFound`."""
    app, entity = call.catalog.entity(app_key, entity_key)
    await load_readable(tx, entity, seen=reading(call, app, entity), record_id=record_id)
    found = [await running_of(tx, call, stored) for stored in await list_instances(tx, record_id)]
    return InstanceList([await brief(tx, call, running) for running in found])


async def withdraw(tx: Tx, call: Call, instance_id: str, *, comment: str | None) -> InstanceBrief:
    """The initiator takes the request back."""
    running = await load_visible(tx, call, instance_id, lock=True)
    command = Withdraw(actor=call.member_id, at=call.now, comment=comment)
    return await brief(tx, call, await carry_out(tx, call, running, command=command))


async def retry(tx: Tx, call: Call, instance_id: str, *, activation: int) -> InstanceBrief:
    """An admin has repaired the cause of an incident."""
    require_admin(call)
    running = await load_running(tx, call, instance_id, lock=True)
    command = Retry(activation=activation, actor=call.member_id, at=call.now)
    return await brief(tx, call, await carry_out(tx, call, running, command=command))


def _tree(call: Call, node: TreeNode) -> TreeView:
    return TreeView(
        key=node.key,
        kind=node.kind,
        title=node.title,
        state=node.state,
        branch=node.branch,
        branch_title=node.branch_title,
        # a condition tells something about the fields it reads, which not everyone may see
        when=node.when if call.principal.is_admin else None,
        members=[TreeMemberView(member.id, member.decision) for member in node.members],
        incident=_incident(call, node.incident),
        children=[_tree(call, child) for child in node.children],
    )


def _timeline(call: Call, running: Running, stored: Iterable[StoredEvent]) -> list[TimelineEntry]:
    opened: dict[int, TaskOpened] = {}
    entries: list[TimelineEntry] = []
    for item in stored:
        event = load_event(item.payload)
        if isinstance(event, TaskOpened):
            opened[event.task] = event
        entry = _entry(call, running, event, seq=item.seq)
        if entry is not None:
            entries.append(_with_times(call, running, entry, event=event, opened=opened))
    return entries


async def _with_record(tx: Tx, call: Call, running: Running, *, entry: TimelineEntry) -> TimelineEntry:
    """Name the record that a trigger made, if the caller may see it."""
    node = running.flow.nodes.get(entry.node_key or "")
    block = None if node is None else node.block
    if entry.record_id is None or not isinstance(block, TriggerBlock):
        return entry
    number = running.stored.application_version
    try:
        entity = await call.caches.entity_today(tx, running.app, number=number, key=block.trigger.entity)
        seen = reading(call, running.app, entity)
        record = await load_readable(tx, entity, seen=seen, record_id=entry.record_id)
    except (EntityNotFound, RecordNotFound):
        return entry
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    return replace(entry, record_entity=entity.key, record_title=show_record(call, entity, record, hidden=hidden).title)


def _with_times(
    call: Call, running: Running, entry: TimelineEntry, *, event: Event, opened: Mapping[int, TaskOpened]
) -> TimelineEntry:
    """How long the task was open that the event closes, and until when it should have been done."""
    task = opened.get(event.task or 0) if isinstance(event, Voted | Returned) else None
    if task is None:
        return entry
    waited = round((event.at - task.at).total_seconds() * 1000)
    due_at = maybe_instant(task.due_at) if _may_see_due(call, running, task.node, members=(task.member,)) else None
    return replace(entry, waited_ms=waited, due_at=due_at)


def _may_see_due(call: Call, running: Running, node_key: str, *, members: Sequence[str]) -> bool:
    """A deadline that a field says tells what is in the field, which not everyone may see."""
    node = running.flow.nodes.get(node_key)
    is_told = node is not None and isinstance(deadline_of(node), DeadlineField)
    return not is_told or call.principal.is_admin or call.member_id in members


def _entry(call: Call, running: Running, event: Event, *, seq: int) -> TimelineEntry | None:
    node_key, _ = place_of(event)
    title = node_title(running.flow, node_key) if node_key is not None and node_key in running.flow.nodes else None
    plain = TimelineEntry(seq, instant_text(event.at), event.kind, node_key, title, event.actor)
    match event:
        case Started() | IncidentClosed() | DirectResumed():
            return plain
        case Voted():
            who = None if event.automatic == "empty" else event.voter
            return replace(
                plain, actor_id=who, decision=event.decision, comment=event.comment, automatic=event.automatic
            )
        case Returned():
            target = node_title(running.flow, event.target)
            return replace(plain, decision="return", comment=event.comment, to=event.target, to_title=target)
        case Copied():
            return replace(plain, member_ids=event.members)
        case RecordCreated():
            return replace(plain, record_id=event.record)
        case IncidentOpened():
            return replace(plain, text=incident_text(Incident(code=event.code, params=event.params), call.language))
        case Withdrawn():
            return replace(plain, comment=event.comment)
        case Finished():
            return replace(plain, decision=event.status)
        case _:
            return None
