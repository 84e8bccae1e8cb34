"""Tasks: the page on which somebody decides, and the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from engine.errors import Problem, Problems, Rejection
from engine.flow.commands import Decide, Return
from engine.flow.offers import Offer, offered_actions
from engine.flow.rejections import TaskNotOpen
from engine.flow.views import node_title
from engine.forms.evaluate import failures
from engine.forms.layout import CompiledForm
from engine.forms.local import GIVEN_STORED, LocalFormulas, local_formulas
from engine.forms.rights import Rights, hidden_paths, union, without
from engine.model.base import Label, label_text
from engine.model.entities import Entity
from engine.model.forms import Form
from engine.model.values import RawJson
from engine.runtime.calls import Call
from engine.runtime.conflicts import refuse_overlap
from engine.runtime.flow_runs import Running, carry_out, load_running
from engine.runtime.instances import InstanceBrief, InstanceView, brief, show_instance
from engine.runtime.linking import show_with_links
from engine.runtime.permissions import behind_links, hidden_in_each, reading
from engine.runtime.record_views import RecordView, instant_text, maybe_instant, show_failures
from engine.runtime.saving import Entered, context_of, prepare
from engine.runtime.storing import store_change
from engine.runtime.submissions import Evaluation, evaluate_entry, without_hidden
from engine.runtime.versioning import Origin
from engine.store.database import Tx
from engine.store.flows import StoredTask, find_task

Action = Literal["approve", "reject", "return", "submit"]
ResumeMode = Literal["rerun", "direct"]


class TaskNotFound(Rejection):
    """No such task, or somebody else's."""

    code = "task_not_found"
    status = 404
    zh = "没有这个待办, 或不是您的待办"
    en = "There is no such task, or it is not yours"


# what became of a task: the decision on it, or the state of its flow; in Chinese and English
DEEDS = {
    "approve": ("已同意", "approved it"),
    "reject": ("已拒绝", "rejected it"),
    "return": ("已退回", "returned it"),
    "submit": ("已提交", "submitted it"),
    "running": ("不再需要处理", "it is no longer needed"),
    "approved": ("流程已通过", "the flow was approved"),
    "rejected": ("流程已拒绝", "the flow was rejected"),
    "withdrawn": ("流程已撤回", "the flow was withdrawn"),
    "terminated": ("流程已终止", "the flow was terminated"),
}


class TaskClosed(TaskNotOpen):
    """A task that was decided or is no longer needed; says by whom and how (`decision`: a key of `DEEDS`)."""

    zh = "待办已处理: {by} {decision}"
    en = "The task is closed: {by} {decision}"

    def text(self, language: str) -> str:
        """The message with the decision in words."""
        decision = str(self.params["decision"])
        zh, en = DEEDS.get(decision, (decision, decision))
        by, is_chinese = str(self.params["by"]), language.startswith("zh")
        told = (self.zh if is_chinese else self.en).format(by=by, decision=zh if is_chinese else en)
        return told if by else told.replace(":  ", ": ")


class TargetMissing(Rejection):
    """A return that does not say where to."""

    code = "target_missing"
    status = 422
    zh = "请选择退回到哪个节点"
    en = "Say which node to return to"


class MemberOfReturn(Rejection):
    """Where to and how to go on, of a decision that goes nowhere."""

    code = "member_of_return"
    status = 422
    zh = "“{member}” 仅用于退回, 不能与 “{action}” 一起使用"
    en = "“{member}” belongs to return and says nothing to “{action}”"


@dataclass(frozen=True)
class TaskBrief:
    """A task; `state` is open, held, done or cancelled."""

    id: str
    state: str
    member_id: str
    node_key: str
    node_title: Label
    opened_at: str
    due_at: str | None
    closed_at: str | None
    decision: str | None
    comment: str | None


@dataclass(frozen=True)
class TargetView:
    """A node that a return may go to."""

    key: str
    title: Label


@dataclass(frozen=True)
class ActionView:
    """Something the owner may do; `targets` and `resume` belong to return.

    `effect`: what follows once the node is rejected: end, return (to `back_to`) or end_branch.
    """

    action: str
    targets: Sequence[TargetView]
    resume: Sequence[str]
    effect: str | None
    back_to: TargetView | None
    comment_required: bool


@dataclass(frozen=True)
class TaskView:
    """The page of a task: the record with the node's rights, the actions, and where the flow is.

    `formulas`: what the owner's browser may compute while he types; None where nothing can be entered. `failed`: the
    error values (`#DIV/0!`) for which computed values are missing, by JSON pointer.
    """

    task: TaskBrief
    flow: InstanceView
    form: Form | None
    entity: Entity
    record: RecordView
    rights: Mapping[str, str]
    actions: Sequence[ActionView]
    formulas: LocalFormulas | None
    failed: Mapping[str, str]


@dataclass(frozen=True)
class Decision:
    """What the owner does with his task. `version`: that of the record he saw, if his client says it."""

    action: Action
    comment: str | None = None
    values: Mapping[str, RawJson] | None = None
    to: str | None = None
    resume: ResumeMode | None = None
    version: int | None = None


async def _own_task(tx: Tx, call: Call, task_id: str, *, lock: bool) -> tuple[StoredTask, Running]:
    """The caller's task with its flow; admins may look at any. Raises `TaskNotFound`."""
    task = await find_task(tx, task_id)
    if task is None or not (task.member_id == call.member_id or (call.principal.is_admin and not lock)):
        raise TaskNotFound
    running = await load_running(tx, call, task.instance_id, lock=lock)
    if lock:
        # the state as it is now that nobody else can change it
        task = await find_task(tx, task_id)
        if task is None:
            raise TaskNotFound
    return task, running


async def get_task(tx: Tx, call: Call, task_id: str) -> TaskView:
    """The page of a task. Raises `TaskNotFound`."""
    task, running = await _own_task(tx, call, task_id, lock=False)
    entity = running.entity
    is_mine = task.state == "open" and task.member_id == call.member_id
    if is_mine:
        rights = _rights(call, running, task)
        offers = offered_actions(running.flow, running.state, task.number) if running.state is not None else ()
    else:
        rights, offers = await _read_only(tx, call, running), ()
    hidden = hidden_paths(rights)
    form = _form_of(running)
    context = context_of(call, running.record)
    return TaskView(
        task=_brief(running, task),
        flow=await show_instance(tx, call, running),
        form=None if form is None else form.form,
        entity=without_hidden(entity.compiled.entity, hidden),
        record=await show_with_links(tx, call, entity, record=running.record, hidden=hidden),
        rights=rights,
        actions=[_action(running, offer) for offer in offers],
        formulas=local_formulas(entity.compiled, form, context, hidden=hidden, given=GIVEN_STORED) if is_mine else None,
        failed=show_failures(failures(entity.compiled, running.record.values, context), hidden=hidden),
    )


def _rights(call: Call, running: Running, task: StoredTask) -> Rights:
    """What the owner may do: what his task allows, and his other open tasks of the record too (flow.md §1.5 (5)).

    What is computed from records behind links that he may not read is hidden unless a node names it.
    """
    own = running.version.rights(task.node_key)
    held = () if running.state is None else running.state.tasks.values()
    others = {other.node for other in held if other.member == task.member_id} - {task.node_key}
    rights = union(own, [running.version.rights(node) for node in sorted(others)])
    beyond = behind_links(call, running.app, running.entity)
    named = frozenset[str]().union(*(running.version.named(node) for node in (task.node_key, *others)))
    return without(running.entity.compiled, rights, beyond=beyond, named=named)


async def _read_only(tx: Tx, call: Call, running: Running) -> Rights:
    """After a task is closed its owner sees what any participant sees."""
    seen = reading(call, running.app, running.entity)
    hidden = (await hidden_in_each(tx, call, seen, records=[running.record]))[running.record.id]
    return {path: "hidden" if path in hidden else "read" for path in running.entity.compiled.inputs}


def _form_of(running: Running) -> CompiledForm | None:
    """The form that the flow belongs to, else the entity's."""
    forms = running.app.compiled.forms.values()
    return next((form for form in forms if form.form.flow == running.flow.key), running.entity.default_form)


def _brief(running: Running, task: StoredTask) -> TaskBrief:
    return TaskBrief(
        id=task.id,
        state=task.state,
        member_id=task.member_id,
        node_key=task.node_key,
        node_title=node_title(running.flow, task.node_key),
        opened_at=instant_text(task.opened_at),
        due_at=maybe_instant(task.due_at),
        closed_at=maybe_instant(task.closed_at),
        decision=task.decision,
        comment=task.comment,
    )


def _action(running: Running, offer: Offer) -> ActionView:
    def target(key: str) -> TargetView:
        return TargetView(key, node_title(running.flow, key))

    return ActionView(
        action=offer.action,
        targets=[target(key) for key in offer.targets],
        resume=offer.resume_modes,
        effect=offer.effect,
        back_to=None if offer.back_to is None else target(offer.back_to),
        comment_required=offer.wants_comment,
    )


async def evaluate_task(tx: Tx, call: Call, task_id: str, *, values: Mapping[str, RawJson]) -> Evaluation:
    """What the server makes of values that are being typed on the page of a task. Raises `TaskNotFound`."""
    task, running = await _own_task(tx, call, task_id, lock=False)
    if task.member_id != call.member_id:
        raise TaskNotFound
    _require_open(call, running, task)
    rights = _rights(call, running, task)
    form = _form_of(running)
    record = running.record
    context = context_of(call, record)
    return await evaluate_entry(
        tx, call, running.entity, form=form, rights=rights, raw=values, stored=record.values, context=context
    )


def _require_open(call: Call, running: Running, task: StoredTask) -> None:
    if task.state == "open":
        return
    member = call.directory.members.get(task.closed_by or "")
    name = "" if member is None else label_text(member.name, call.language)
    raise TaskClosed(by=name, decision=task.decision or running.stored.status)


async def act(tx: Tx, call: Call, task_id: str, *, decision: Decision) -> InstanceBrief:
    """Decide a task: write what the node allows, then vote or return, in one transaction.

    Raises `TaskNotFound`, `TaskClosed`, `VersionConflict`, `Problems`, and what the flow refuses.
    """
    task, running = await _own_task(tx, call, task_id, lock=True)
    _require_open(call, running, task)
    _require_fitting(decision)
    running, changed = await _write(tx, call, running, task=task, decision=decision)
    command = _command(call, task, decision)
    return await brief(tx, call, await carry_out(tx, call, running, command=command, changed=changed))


def _require_fitting(decision: Decision) -> None:
    """Refuse what would be dropped without a word: the client means something else than it says."""
    given = {"to": decision.to, "resume": decision.resume}
    misplaced = [] if decision.action == "return" else [name for name, value in given.items() if value is not None]
    if misplaced:
        raise Problems(
            Problem.of(MemberOfReturn(member=name, action=decision.action), path=f"/{name}") for name in misplaced
        )


async def _write(
    tx: Tx, call: Call, running: Running, *, task: StoredTask, decision: Decision
) -> tuple[Running, frozenset[str]]:
    """Store what was written with the decision; required fields are asked for only when it moves the flow on."""
    entity = running.entity
    is_final = decision.action in {"approve", "submit"}
    if not decision.values and not is_final:
        return running, frozenset()
    rights = _rights(call, running, task)
    if decision.version is not None:
        await refuse_overlap(
            tx,
            call,
            entity,
            record=running.record,
            seen_version=decision.version,
            given=decision.values or {},
            hidden=hidden_paths(rights),
        )
    entered = Entered(decision.values or {}, rights, _form_of(running), stored=running.record, is_final=is_final)
    written = await prepare(tx, call, entity, entered=entered)
    if not written.changed:
        return running, frozenset()
    origin = Origin("task", {"instance_id": running.stored.id, "node_key": task.node_key}, rights)
    record = await store_change(tx, call, entity, before=running.record, values=written.values, origin=origin)
    return replace(running, record=record), written.changed


def _command(call: Call, task: StoredTask, decision: Decision) -> Decide | Return:
    if decision.action == "return":
        if decision.to is None:
            raise TargetMissing(path="/to")
        return Return(
            task=task.number,
            actor=call.member_id,
            to=decision.to,
            resume=decision.resume,
            comment=decision.comment,
            at=call.now,
        )
    return Decide(
        task=task.number, actor=call.member_id, decision=decision.action, comment=decision.comment, at=call.now
    )
