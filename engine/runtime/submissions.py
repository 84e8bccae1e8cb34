"""Forms: what a person finds when he opens one, evaluation while he types, and submitting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from engine.access.predicate import NotAllowed
from engine.errors import Param, Problem, Rejection
from engine.flow.commands import Start
from engine.forms.context import Context
from engine.forms.defaults import refused_defaults, with_row_defaults
from engine.forms.entry import read_entry
from engine.forms.evaluate import default_values, evaluate, failures, visible_fields
from engine.forms.layout import CompiledForm
from engine.forms.local import GIVEN_NEW, LocalFormulas, local_formulas
from engine.forms.rights import Rights, hidden_paths, mask, named_paths, resolve_rights, without
from engine.forms.switches import evaluate_new
from engine.forms.validate import Submission, required_fields, validate
from engine.formula.values import ErrorValue
from engine.model.entities import Entity
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.forms import Form
from engine.model.values import RawJson, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.flow_runs import instance_title, start_flow
from engine.runtime.instances import InstanceBrief, brief
from engine.runtime.linking import show_with_links, with_links
from engine.runtime.permissions import behind_links, create_rights, hidden_in_each, reading, update_rights
from engine.runtime.record_views import RecordView, dump_values, show_failures
from engine.runtime.records import load_readable
from engine.runtime.saving import Entered, context_of, prepare
from engine.runtime.storing import store_record
from engine.runtime.versioning import Origin
from engine.runtime.versions import authored_rights
from engine.store.database import Tx
from engine.store.drafts import delete_draft
from engine.store.history import AuditEntry, append_audit
from engine.store.records import Record


class DepartmentNotYours(Rejection):
    """A member acts for a department he does not belong to."""

    code = "department_not_yours"
    status = 422
    zh = "您不属于该部门, 不能以它的名义提交"
    en = "You cannot submit for a department you do not belong to"


@dataclass(frozen=True)
class FormView:
    """A form to be filled in: layout, fields the person may see, rights by path, and default values.

    `formulas`: what his browser may compute by itself.
    """

    form: Form
    entity: Entity
    flow: str | None
    rights: Mapping[str, str]
    values: Mapping[str, JsonValue]
    formulas: LocalFormulas


@dataclass(frozen=True)
class FaultView:
    """A fault at a place of the form, in the caller's language; `path` is a JSON pointer into the values."""

    code: str
    message: str
    path: str | None
    params: Mapping[str, Param]


@dataclass(frozen=True)
class Evaluation:
    """The form as it would be now: all values, fields that are not shown, fields that must be filled, faults.

    `failed`: the error values (`#DIV/0!`) of what could not be computed, by JSON pointer.
    """

    values: Mapping[str, JsonValue]
    failed: Mapping[str, str]
    hidden: Sequence[str]
    required: Sequence[str]
    errors: Sequence[FaultView]


@dataclass(frozen=True)
class Submitted:
    """The record that was made and the flow that was started for it, if the form has one."""

    record: RecordView
    instance: InstanceBrief | None


@dataclass(frozen=True)
class Offered:
    """A form with its entity and what the caller may enter."""

    app: InstalledApp
    entity: AppEntity
    form: CompiledForm
    rights: Rights


def offer_form(call: Call, app_key: str, form_key: str) -> Offered:
    """The form if the caller may submit it: anyone may who meets a flow, else the grants decide.

    Raises `FormNotFound`, `NotAllowed`.
    """
    app = call.catalog.app(app_key)
    form = app.form(form_key)
    entity = app.entity(form.form.entity)
    if form.form.flow is None:
        return Offered(app, entity, form, create_rights(call, app, entity))
    flow = app.compiled.flows[form.form.flow]
    authored = authored_rights(flow, flow.initiate)
    beyond = behind_links(call, app, entity)
    rights = without(
        entity.compiled, resolve_rights(entity.compiled, authored), beyond=beyond, named=named_paths(authored)
    )
    return Offered(app, entity, form, rights)


def may_open(call: Call, app: InstalledApp, form_key: str) -> bool:
    """Whether the caller may submit the form."""
    try:
        offer_form(call, app.key, form_key)
    except NotAllowed:
        return False
    return True


def without_hidden(entity: Entity, hidden: frozenset[str]) -> Entity:
    """The entity without fields and columns that the person does not see, nor what may name them."""
    if not hidden:
        return entity
    return entity.model_copy(
        update={"fields": _without(entity.fields, hidden), "rules": (), "unique": (), "totals": ()}
    )


def _without(fields: Iterable[EntityField], hidden: frozenset[str], *, prefix: str = "") -> tuple[EntityField, ...]:
    """The fields, or the columns of a subform whose paths begin with the prefix, without hidden ones."""
    shown = (field for field in fields if f"{prefix}{field.key}" not in hidden)
    return tuple(
        field.model_copy(update={"fields": _without(field.fields, hidden, prefix=f"{prefix}{field.key}.")})
        if isinstance(field, SubformField)
        else field
        for field in shown
    )


def open_form(call: Call, app_key: str, form_key: str) -> FormView:
    """An empty form with its defaults. Raises `FormNotFound`, `NotAllowed`."""
    offered = offer_form(call, app_key, form_key)
    hidden = hidden_paths(offered.rights)
    compiled = offered.entity.compiled
    values = mask(default_values(compiled, call.form_context), hidden)
    return FormView(
        form=offered.form.form,
        entity=without_hidden(compiled.entity, hidden),
        flow=offered.form.form.flow,
        rights=offered.rights,
        values=dump_values(compiled.entity, values),
        formulas=local_formulas(compiled, offered.form, call.form_context, hidden=hidden, given=GIVEN_NEW),
    )


async def evaluate_form(
    tx: Tx, call: Call, app_key: str, *, form_key: str, values: Mapping[str, RawJson], department_id: str | None = None
) -> Evaluation:
    """What the server makes of values that are being typed into an empty form; nothing is stored.

    `department_id`: for which it will be submitted, if not for the main one. Raises `DepartmentNotYours`.
    """
    offered = offer_form(call, app_key, form_key)
    context = call.acting_for(_department(call, department_id))
    return await evaluate_entry(
        tx, call, offered.entity, form=offered.form, rights=offered.rights, raw=values, context=context
    )


async def evaluate_record(
    tx: Tx, call: Call, app_key: str, *, form_key: str, record_id: str, values: Mapping[str, RawJson]
) -> Evaluation:
    """What the server makes of changes to a record that are being typed. Raises `RecordNotFound`, `NotAllowed`."""
    app = call.catalog.app(app_key)
    form = app.form(form_key)
    entity = app.entity(form.form.entity)
    seen = reading(call, app, entity)
    record = await load_readable(tx, entity, seen=seen, record_id=record_id)
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    rights = await update_rights(tx, call, app, entity=entity, record=record, hidden=hidden)
    context = context_of(call, record)
    return await evaluate_entry(
        tx, call, entity, form=form, rights=rights, raw=values, stored=record.values, context=context
    )


async def evaluate_entry(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    form: CompiledForm | None,
    rights: Rights,
    raw: Mapping[str, RawJson],
    context: Context,
    stored: Values | None = None,
) -> Evaluation:
    """Computed values, visibility, required fields and faults of an entry."""
    compiled = entity.compiled
    before = stored or {}
    defaults = default_values(compiled, context) if stored is None else {}
    entry = read_entry(compiled, raw, rights=rights, stored=before or defaults)
    context = await with_links(
        tx, call, entity, context=context, values=entry.values, stored=before, changed=entry.changed
    )
    values = with_row_defaults(compiled, entry.values, context)
    if stored is None:
        evaluated = evaluate_new(compiled, values, context, form=form, rights=rights, unread=entry.unread)
    else:
        evaluated = evaluate(compiled, values, context, changed=entry.changed, unread=entry.unread)
    submission = Submission(compiled, evaluated, before, form, rights)
    refused = [*entry.problems, *refused_defaults(compiled, defaults, given=raw)]
    known = {problem.path for problem in refused}
    faults = [*refused, *(item for item in validate(submission, context) if item.path not in known)]
    unseen = hidden_paths(rights)
    visible = None if form is None else visible_fields(form, evaluated.values, context)
    hidden = set(unseen) if visible is None else unseen | (set(compiled.entity.by_key) - visible)
    return Evaluation(
        values=dump_values(compiled.entity, mask(evaluated.values, unseen)),
        failed=show_failures(_failed(submission, context), hidden=unseen),
        hidden=sorted(hidden),
        required=sorted(required_fields(submission, context)),
        errors=[show_fault(call, fault) for fault in faults],
    )


def _failed(submission: Submission, context: Context) -> Mapping[str, ErrorValue]:
    """Error values of what was computed, and of what is as it was stored."""
    evaluated = submission.evaluated
    if not submission.stored:
        return evaluated.errors
    missing = failures(submission.compiled, evaluated.values, context)
    return {pointer: error for pointer, error in missing.items() if pointer not in evaluated.unread.pointers} | dict(
        evaluated.errors
    )


def show_fault(call: Call, problem: Problem) -> FaultView:
    """A problem in the caller's language."""
    return FaultView(problem.code, problem.text(call.language), problem.path, problem.params)


@dataclass(frozen=True)
class Filled:
    """A form as it is sent. `draft_id`: the draft it was, to be forgotten; `record_id`: the client's own choice."""

    values: Mapping[str, RawJson]
    department_id: str | None = None
    draft_id: str | None = None
    record_id: str | None = None
    comment: str | None = None


async def submit(tx: Tx, call: Call, app_key: str, *, form_key: str, filled: Filled) -> Submitted:
    """Make the record and start the form's flow, both or neither. Raises `NotAllowed`, `Problems`, `IdTaken`."""
    offered = offer_form(call, app_key, form_key)
    department = _department(call, filled.department_id)
    written = await prepare(
        tx, call, offered.entity, entered=Entered(filled.values, offered.rights, offered.form, department_id=department)
    )
    record = await store_record(
        tx,
        call,
        offered.entity,
        values=written.values,
        origin=Origin("submitted", {"form_key": form_key}, offered.rights),
        record_id=filled.record_id,
        created_by=call.actor_id,
        department_id=department,
    )
    instance = None
    if offered.form.form.flow is not None:
        flow = offered.app.compiled.flows[offered.form.form.flow]
        command = Start(actor=call.member_id, department=department, at=call.now, comment=filled.comment)
        running = await start_flow(
            tx, call, offered.app, entity=offered.entity, flow=flow, record=record, command=command
        )
        record = running.record
        instance = await brief(tx, call, running)
    if filled.draft_id is not None:
        await delete_draft(tx, filled.draft_id, member_id=call.member_id)
    await append_audit(tx, _audit(call, offered, record))
    shown = await show_with_links(tx, call, offered.entity, record=record, hidden=hidden_paths(offered.rights))
    return Submitted(shown, instance)


def _audit(call: Call, offered: Offered, record: Record) -> AuditEntry:
    return call.audit(
        "form.submit",
        "record",
        target_id=record.id,
        app=offered.entity.app_key,
        entity=offered.entity.key,
        form_key=offered.form.form.key,
        title=instance_title(call, offered.entity, record),
    )


def _department(call: Call, department_id: str | None) -> str | None:
    if department_id is None:
        return call.directory.main_department(call.member_id)
    member = call.directory.members.get(call.member_id)
    if member is None or department_id not in member.department_ids:
        raise DepartmentNotYours(path="/department_id")
    return department_id
