"""An entity as filters and sorts see it: its fields, and the formulas over them, compiled once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from engine.errors import Rejection
from engine.formula.check import Compiled, Scope, compile_formula
from engine.formula.coercion import number
from engine.formula.expressions import Given, condition, sort_term
from engine.formula.fields import value_at
from engine.formula.syntax import Reference
from engine.formula.values import BOOLEAN, ErrorValue, FormulaRejected, Result
from engine.model.entities import Entity
from engine.model.expressions import Holds
from engine.model.fields import EntityField
from engine.model.filters import Filter, formulas_in
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.values import Scalar, Values
from engine.query.computed import Computed

MAX_KEPT = 1_000


class UnknownFilterField(Rejection):
    """A path that names no field which can be compared."""

    code = "unknown_field"
    status = 422
    zh = "没有可筛选的字段 “{field}”"
    en = "There is no field “{field}” to filter by"


class FieldHidden(Rejection):
    """A field the caller may not see; filtering by it would reveal it."""

    code = "field_hidden"
    status = 403
    zh = "无权使用字段 “{field}”"
    en = "You may not use the field “{field}”"


class Queried:
    """An entity and what formulas over its records may name."""

    def __init__(self, entity: Entity, scope: Scope) -> None:
        self.entity = entity
        self._scope = scope
        self._compiled: dict[str, Compiled] = {}

    def field(self, path: str, hidden: frozenset[str]) -> EntityField:
        """The field a filter or sort names; raises `UnknownFilterField` or `FieldHidden`."""
        field = self.entity.by_key.get(path) or SYSTEM_FIELD_TYPES.get(path)
        if field is None:
            raise UnknownFilterField(field=path[:100])
        if path in hidden:
            raise FieldHidden(field=path)
        return field

    def compiled(self, source: str, hidden: frozenset[str]) -> Compiled:
        """A formula that reads nothing hidden. Raises `FormulaRejected`, `FieldHidden`."""
        found = self._compiled.get(source)
        if found is None:
            found = self._compile(source, hidden)
            if len(self._compiled) >= MAX_KEPT:
                self._compiled.clear()
            self._compiled[source] = found
        for path in sorted(found.references):
            if path in hidden or path.partition(".")[0] in hidden:
                raise FieldHidden(field=path)
        return found

    def _compile(self, source: str, hidden: frozenset[str]) -> Compiled:
        try:
            return compile_formula(source, self._scope)
        except FormulaRejected:
            # what is wrong must tell nothing about hidden fields, and no suggestion name one
            seen = {path: kind for path, kind in self._scope.items() if path not in hidden}
            return compile_formula(source, seen)

    def holds(self, source: str, given: Given, *, hidden: frozenset[str]) -> Holds:
        """The condition that a formula is. Raises `FormulaRejected`, `FieldHidden`."""
        formula = self.compiled(source, hidden).expect(BOOLEAN)
        evaluate = _evaluator(formula, given)
        return Holds(condition(formula, self.entity, given), lambda values: evaluate(values) is True)

    def computed(self, source: str, given: Given, *, hidden: frozenset[str]) -> Computed | str:
        """What a formula is to sort by; the path, if it is just a field. Raises `FormulaRejected`, `FieldHidden`."""
        formula = self.compiled(source, hidden)
        if isinstance(formula.tree, Reference) and formula.tree.path not in given.values:
            return formula.tree.path
        evaluate = _evaluator(formula, given)
        term = sort_term(formula, self.entity, given)
        return Computed(term, lambda values: _ordered(evaluate(values)), uses_clock=formula.uses_clock)

    def shows(self, source: str, hidden: frozenset[str]) -> bool:
        """Whether the formula can be read, and reads nothing hidden."""
        try:
            self.compiled(source, hidden)
        except (FormulaRejected, FieldHidden):
            return False
        return True

    def use_clock(self, part: Filter | None) -> bool:
        """Whether formulas of a filter may hold for other records tomorrow."""
        return any(self.compiled(source, frozenset()).uses_clock for source, _ in formulas_in(part))


def _evaluator(formula: Compiled, given: Given) -> Callable[[Values], Result]:
    return lambda values: formula.evaluate(given.environment(lambda path: value_at(values, path, given.zone)))


def _ordered(result: Result) -> Scalar:
    """A formula's value as the databases order it: errors as empty, days as their serial numbers."""
    if isinstance(result, ErrorValue | tuple):
        return None
    return number(result) if isinstance(result, date) else result
