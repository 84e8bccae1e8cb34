"""The formulas of views and permission sets, checked before they are published."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from engine.errors import Problem, Rejection
from engine.formula.check import Compiled, Scope
from engine.formula.columns import Beyond
from engine.formula.expressions import Given, Together, condition, sort_term
from engine.formula.results import ANYTHING, CONDITION, FormulaReport
from engine.formula.syntax import Reference
from engine.formula.values import FormulaBudgetExceeded, FormulaRejected
from engine.model.entities import Entity
from engine.model.fields import EntityField
from engine.model.filters import Filter, formulas_in
from engine.model.permission_sets import PermissionSet
from engine.model.system_fields import SYSTEM_FIELD_TYPES
from engine.model.views import FormulaSort, View
from engine.query.sorts import SORTABLE, SortRefused

# which parts the databases compute does not depend on when and by whom it is asked
_SOME_TIME, _SOMEWHERE, _SOMEBODY = datetime(2026, 1, 1, tzinfo=UTC), ZoneInfo("UTC"), "0" * 24


class ListFormulas:
    """Checks the formulas of an entity's lists; `current`: what they name besides fields."""

    def __init__(self, entity: Entity, scope: Scope, entities: Mapping[str, Entity], *, current: Iterable[str]) -> None:
        self._entity = entity
        self._scope = scope
        self._given = Given(_SOME_TIME, _SOMEWHERE, values=dict.fromkeys(current, _SOMEBODY), beyond=Beyond(entities))
        self.report = FormulaReport()

    def check_view(self, view: View) -> FormulaReport:
        """What is wrong and doubtful about the formulas of a view."""
        self._filter(view.filter, "/filter")
        together = Together()
        for position, key in enumerate(view.sort):
            if isinstance(key, FormulaSort):
                self._sort(key.formula, f"/sort/{position}/formula", together)
        return self.report

    def check_permission_set(self, given: PermissionSet) -> FormulaReport:
        """What is wrong and doubtful about the formulas of a permission set."""
        self._filter(given.rows, "/rows")
        return self.report

    def _filter(self, part: Filter | None, pointer: str) -> None:
        together = Together()
        for source, place in formulas_in(part):
            compiled = self.report.read(source, self._scope, pointer=pointer + place, wanted=CONDITION)
            if compiled is not None:
                self._note(self._refusals(compiled, together, is_sort=False), pointer + place)

    def _sort(self, source: str, pointer: str, together: Together) -> None:
        compiled = self.report.read(source, self._scope, pointer=pointer, wanted=ANYTHING)
        if compiled is None:
            return
        tree = compiled.tree
        field = self._own_field(tree.path) if isinstance(tree, Reference) else None
        if isinstance(tree, Reference) and field is not None:
            if field.type not in SORTABLE:
                self.report.problems.append(Problem.of(SortRefused(field=tree.path), path=pointer))
            return
        self._note(self._refusals(compiled, together, is_sort=True), pointer)

    def _own_field(self, path: str) -> EntityField | None:
        return self._entity.read_at(path) or SYSTEM_FIELD_TYPES.get(path)

    def _refusals(self, compiled: Compiled, together: Together, *, is_sort: bool) -> Iterator[Rejection]:
        try:
            together.add(compiled, (sort_term if is_sort else condition)(compiled, self._entity, self._given))
        except (FormulaRejected, FormulaBudgetExceeded) as refusal:
            yield refusal

    def _note(self, refusals: Iterator[Rejection], pointer: str) -> None:
        self.report.problems += [Problem.of(refusal, path=pointer) for refusal in refusals]
