"""What was entered into a record: parsed, computed and validated, so that it may be stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from engine.errors import Problem, Problems
from engine.forms.context import Context
from engine.forms.defaults import refused_defaults, with_row_defaults
from engine.forms.entry import read_entry, refuse_claims
from engine.forms.evaluate import Evaluated, default_values, evaluate
from engine.forms.layout import CompiledForm
from engine.forms.rights import Rights
from engine.forms.switches import evaluate_new
from engine.forms.validate import Submission, validate
from engine.model.values import RawJson, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.linking import with_links
from engine.runtime.record_files import Held, resolve_files
from engine.runtime.rolling import hold_rolled_into
from engine.runtime.versioning import with_row_ids
from engine.store.database import Tx
from engine.store.records import Record

CODE_REQUIRED = "required"


@dataclass(frozen=True)
class Entered:
    """What somebody entered, with the rights he has. `stored`: the record as it was; None: it is to be made.

    `department_id`: for which the caller makes a new record, if not for his main one. `is_final`: required fields
    must be filled; a rejection or a return does not ask for them. `regained`: files that the record held before.
    """

    raw: Mapping[str, RawJson]
    rights: Rights
    form: CompiledForm | None = None
    stored: Record | None = None
    department_id: str | None = None
    is_final: bool = True
    regained: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Written:
    """Values ready to be stored, and the fields that differ from what was stored before."""

    values: Values
    changed: frozenset[str]


def context_of(call: Call, stored: Record | None, *, department_id: str | None = None) -> Context:
    """What evaluating a record needs to know: one that is stored, or a new one of the caller's for the department."""
    if stored is not None:
        return replace(call.form_context, system=stored.system())
    return call.form_context if department_id is None else call.acting_for(department_id)


async def prepare(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    entered: Entered,
) -> Written:
    """Parse, resolve files, compute and validate. Raises `Problems` with every fault."""
    compiled, stored, rights, form = entity.compiled, entered.stored, entered.rights, entered.form
    context = context_of(call, stored, department_id=entered.department_id)
    before: Values = {} if stored is None else stored.values
    defaults = default_values(compiled, context) if stored is None else {}
    entry = read_entry(compiled, entered.raw, rights=rights, stored=before or defaults)
    held = Held.of(entity, stored, rights).and_also(entered.regained)
    values, problems = await resolve_files(tx, call, entity, entry=entry, held=held)
    states = [values] if stored is None else [values, before]
    await hold_rolled_into(tx, call, entity, states=states, is_first=stored is None)
    context = await with_links(
        tx, call, entity, context=context, values=values, stored=before, changed=entry.changed, lock=True
    )
    filled = with_row_ids(call, with_row_defaults(compiled, values, context))
    if stored is None:
        evaluated = evaluate_new(compiled, filled, context, form=form, rights=rights, unread=entry.unread)
    else:
        evaluated = evaluate(compiled, filled, context, changed=entry.changed, unread=entry.unread)
    if compiled.link_defaults:
        # what defaults lead to is known by now, and must be for the writer to choose too
        given = entry.changed | compiled.link_defaults
        context = await with_links(
            tx, call, entity, context=context, values=evaluated.values, stored=before, changed=given, lock=True
        )
    claims = refuse_claims(entry.claimed, evaluated.values, unread=evaluated.unread)
    faults = [*entry.problems, *problems, *claims, *refused_defaults(compiled, defaults, given=entered.raw)]
    submission = Submission(compiled, evaluated, before, form or entity.default_form, rights)
    found = validate(submission, context)
    if stored is not None and not entry.changed:
        # nothing was written: a rule that time has broken must not keep anyone from deciding
        found = tuple(problem for problem in found if problem.code == CODE_REQUIRED)
    faults += _new_faults(found, known=faults, is_final=entered.is_final)
    if faults:
        raise Problems(faults)
    return Written(evaluated.values, _differences(before, evaluated))


def _new_faults(found: Iterable[Problem], *, known: Iterable[Problem], is_final: bool) -> Iterator[Problem]:
    """Faults of the validator at places where parsing found none: one message a place is enough."""
    places = {problem.path for problem in known}
    for problem in found:
        if problem.path not in places and (is_final or problem.code != CODE_REQUIRED):
            yield problem


def _differences(before: Values, evaluated: Evaluated) -> frozenset[str]:
    return frozenset(key for key, value in evaluated.values.items() if value != before.get(key))
