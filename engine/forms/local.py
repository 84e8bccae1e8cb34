"""What of a form's formulas the browser evaluates by itself while somebody types, so that nothing waits for an answer.

Only formulas go out whose every input the person may read there and the browser knows; the values of the others come
with the server's own evaluation, which remains the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.forms.compile import CompiledEntity, RowDefault, Step
from engine.forms.context import CURRENT_DEPARTMENT, CURRENT_USER, Context
from engine.forms.layout import CompiledForm
from engine.formula.wire import WireFormula
from engine.model.field_types.barcode import BarcodeField
from engine.model.field_types.datetime import dump_instant
from engine.model.field_types.email import EmailField
from engine.model.field_types.phone import PhoneField
from engine.model.field_types.rich_text import RichTextField
from engine.model.field_types.text import TextField
from engine.model.field_types.url import UrlField
from engine.model.fields import EntityField
from engine.model.paths import above, is_among
from engine.model.values import Value

# for whom a new record is made may be chosen while it is entered, and its times are those of its saving
GIVEN_NEW = (CURRENT_USER, "created_by")
GIVEN_STORED = (CURRENT_USER, CURRENT_DEPARTMENT, "created_by", "created_department", "created_at", "flow_status")


@dataclass(frozen=True)
class LocalStep:
    """A computed field or column, or the default of a column in a new row. `subform`: path of that of a column."""

    path: str
    subform: str | None
    formula: WireFormula


@dataclass(frozen=True)
class LocalVisibility:
    """A field that is shown while all conditions hold."""

    field: str
    conditions: tuple[WireFormula, ...]


@dataclass(frozen=True)
class LocalFormulas:
    """Formulas for the browser; `steps` in the order in which they must be computed.

    `now`: the server's time. `given`: what is found at paths that are no fields, in JSON form.
    """

    now: str
    given: Mapping[str, str | None]
    steps: tuple[LocalStep, ...]
    visible: tuple[LocalVisibility, ...]
    row_defaults: tuple[LocalStep, ...]


def local_formulas(
    compiled: CompiledEntity,
    form: CompiledForm | None,
    context: Context,
    *,
    hidden: frozenset[str],
    given: Iterable[str],
) -> LocalFormulas:
    """The formulas that a person may be given to whom `hidden` is hidden.

    `given`: the paths that are no fields and hold what the context says for as long as the page is open.
    """
    # what is entered is at hand there if it can be read there; what is computed, if it is computed there too
    seen = {path for path in compiled.inputs if not is_among(path, hidden) and not _is_inner(compiled, path)}
    made = compiled.computed | {item.key for item in compiled.rollups}
    known = {path for path in seen - made if _can_be_read(compiled.entity.field_at(path))}
    known |= set(given)
    steps: list[Step] = []
    for step in compiled.steps:
        if step.path in seen and _can_be_read(step.field) and _named(step, compiled) <= known:
            steps.append(step)
            known.add(step.path)
    visible = () if form is None else tuple(_visible(compiled, form, known=known, seen=seen))
    defaults = [
        item
        for item in compiled.row_defaults
        if item.path in seen and _can_be_read(compiled.entity.field_at(item.path)) and _named(item, compiled) <= known
    ]
    used = _references([*(step.wire for step in steps), *(item.wire for item in defaults)], visible)
    return LocalFormulas(
        now=dump_instant(context.now),
        given={path: _as_json(context.given.get(path)) for path in given if path in used},
        steps=tuple(LocalStep(item.path, item.subform, item.wire) for item in steps),
        visible=visible,
        row_defaults=tuple(LocalStep(item.path, item.subform, item.wire) for item in defaults),
    )


def _is_inner(compiled: CompiledEntity, path: str) -> bool:
    """Whether it is a subform in rows, or in one; the server alone computes from these."""
    return any("." in subform for subform in (*above(path), path) if subform in compiled.entity.subforms)


def _named(item: Step | RowDefault, compiled: CompiledEntity) -> set[str]:
    """The paths that the formula names, to the last of them: what lies behind a link is not at hand with the link."""
    entity = compiled.entity
    return {entity.whole_of(entity.path_from(item.subform, path)) for path in item.formula.references}


def _references(formulas: list[WireFormula], visible: Iterable[LocalVisibility]) -> set[str]:
    formulas += [condition for item in visible for condition in item.conditions]
    return {path for formula in formulas for path in formula.references}


def _can_be_read(field: EntityField | None) -> bool:
    """A browser's own patterns differ from those of the server, and it knows no numbering plans: what must be of such
    a form is read there only.
    """
    if isinstance(field, EmailField | UrlField | PhoneField | BarcodeField | RichTextField):
        return False
    return not isinstance(field, TextField) or field.pattern is None


def _as_json(value: Value) -> str | None:
    if isinstance(value, datetime):
        return dump_instant(value)
    return value if isinstance(value, str) else None


def _visible(
    compiled: CompiledEntity, form: CompiledForm, *, known: set[str], seen: set[str]
) -> Iterable[LocalVisibility]:
    for placed in form.placed:
        references = (path for condition in placed.conditions for path in condition.references)
        needs = set(map(compiled.entity.whole_of, references))
        if placed.conditions and placed.field in seen and needs <= known:
            yield LocalVisibility(placed.field, placed.wires)
