"""What of a form's formulas the browser evaluates by itself while somebody types, so that nothing waits for an answer.

Only formulas go out whose every input the person may read there and the browser knows; the values of the others come
with the server's own evaluation, which remains the truth.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from engine.forms.compile import CompiledEntity, RowDefault, Step
from engine.forms.layout import CompiledForm
from engine.formula.wire import WireFormula


@dataclass(frozen=True)
class LocalStep:
    """A computed field or column, or the default of a column in a new row. `subform`: set for columns."""

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
    """Formulas for the browser; `steps` in the order in which they must be computed. `now`: the server's time."""

    now: str
    steps: tuple[LocalStep, ...]
    visible: tuple[LocalVisibility, ...]
    row_defaults: tuple[LocalStep, ...]


def local_formulas(
    compiled: CompiledEntity, form: CompiledForm | None, *, hidden: frozenset[str], now: str
) -> LocalFormulas:
    """The formulas that a person may be given to whom `hidden` is hidden."""
    steps: list[Step] = []
    # entered values are at hand; computed ones if they are computed there too
    seen = {path for path in compiled.inputs if hidden.isdisjoint((path, path.partition(".")[0]))}
    known = seen - compiled.computed
    for step in compiled.steps:
        if step.path in seen and step.needs <= known:
            steps.append(step)
            known.add(step.path)
    return LocalFormulas(
        now=now,
        steps=tuple(_step(item) for item in steps),
        visible=() if form is None else tuple(_visible(form, known)),
        row_defaults=tuple(_step(item) for item in compiled.row_defaults if item.path in known and item.needs <= known),
    )


def _step(step: Step | RowDefault) -> LocalStep:
    return LocalStep(step.path, step.subform, step.wire)


def _visible(form: CompiledForm, known: set[str]) -> Iterable[LocalVisibility]:
    for placed in form.placed:
        needs = {path for condition in placed.conditions for path in condition.references}
        if placed.conditions and placed.field in known and needs <= known:
            yield LocalVisibility(placed.field, placed.wires)
