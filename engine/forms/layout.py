"""Compiling a form: which fields it shows, and under which conditions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from engine.errors import Problem, Problems
from engine.forms.compile import CompiledEntity
from engine.formula.check import Compiled, Scope
from engine.formula.results import CONDITION, FormulaReport
from engine.formula.wire import WireFormula, wire_formula
from engine.model.forms import Form


@dataclass(frozen=True)
class Placed:
    """A field of the layout and the conditions (its section's, its own) that must hold for it to be seen."""

    field: str
    conditions: tuple[Compiled, ...]

    @cached_property
    def wires(self) -> tuple[WireFormula, ...]:
        """The conditions for the browser."""
        return tuple(wire_formula(condition) for condition in self.conditions)


@dataclass(frozen=True)
class CompiledForm:
    """A form ready to be interpreted."""

    form: Form
    placed: tuple[Placed, ...]

    @property
    def references(self) -> frozenset[str]:
        """Every path that its conditions read."""
        return frozenset().union(*(part.references for placed in self.placed for part in placed.conditions))


@dataclass(frozen=True)
class CheckedForm:
    """A form with what is wrong and doubtful about its conditions; `is_broken`: some of them have no meaning."""

    compiled: CompiledForm
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    is_broken: bool


def check_form(form: Form, scope: Scope) -> CheckedForm:
    """Check all visibility conditions; every fault at its JSON pointer. `scope`: of the form's entity."""
    report = FormulaReport()
    placed: list[Placed] = []
    for number, section in enumerate(form.layout):
        pointer = f"/layout/{number}"
        outer = _condition(report, section.visible_when, scope, pointer=pointer)
        for index, item in enumerate(section.layout_items):
            inner = _condition(report, item.visible_when, scope, pointer=f"{pointer}/items/{index}")
            placed.append(Placed(item.field, tuple(part for part in (outer, inner) if part is not None)))
    return CheckedForm(
        CompiledForm(form, tuple(placed)), tuple(report.problems), tuple(report.warnings), report.is_broken
    )


def compile_form(form: Form, compiled: CompiledEntity) -> CompiledForm:
    """The compiled form. Raises `Problems` when a condition has no meaning."""
    checked = check_form(form, compiled.scope)
    if checked.is_broken:
        raise Problems(checked.problems)
    return checked.compiled


def _condition(report: FormulaReport, source: str | None, scope: Scope, *, pointer: str) -> Compiled | None:
    if source is None:
        return None
    return report.read(source, scope, pointer=f"{pointer}/visible_when", wanted=CONDITION)
