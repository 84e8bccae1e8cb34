"""Reading the map of a trigger: each formula, and whether its result can be the value of the target's field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.errors import Problem
from engine.flow.formulas import Formula
from engine.flow.problems import ColumnDiffers, CopyNeeded, FlowProblem, UnknownField
from engine.formula.check import Scope
from engine.formula.fields import field_kind
from engine.formula.results import ANYTHING, FormulaReport, misfits, wanted_of
from engine.model.entities import Entity
from engine.model.field_types.attachment import FilesBase
from engine.model.field_types.composite import CompositeBase
from engine.model.field_types.subform import SubformField
from engine.model.flow_nodes.automatic import CreateRecord


@dataclass(frozen=True)
class TriggerPlace:
    """A trigger with the node and the pointer it stands at, and the entities it copies between."""

    node: str
    pointer: str
    trigger: CreateRecord
    source: Entity
    target: Entity | None


def read_map(report: FormulaReport, place: TriggerPlace, scope: Scope) -> Mapping[str, Formula]:
    """The formulas by the field they are for; what is wrong or doubtful is added to the report."""
    found: dict[str, Formula] = {}
    for key, source in place.trigger.values.items():
        field = None if place.target is None else place.target.by_key.get(key)
        pointer = f"{place.pointer}/trigger/map/{key}"
        wanted = ANYTHING if field is None else wanted_of(field)
        compiled = report.read(source, scope, pointer=pointer, wanted=wanted, literals_of=field)
        if compiled is None:
            continue
        found[key] = formula = Formula(compiled, field)
        if isinstance(field, FilesBase | CompositeBase | SubformField) and not any(misfits(compiled, wanted)):
            report.problems += [Problem.of(fault, path=pointer) for fault in _copy_faults(place, formula, field)]
    return found


def _copy_faults(
    place: TriggerPlace, formula: Formula, target: FilesBase | CompositeBase | SubformField
) -> Iterator[FlowProblem]:
    source = place.source.by_key.get(formula.copies or "")
    if source is None or source.type != target.type_key():
        yield CopyNeeded(node=place.node, field=f"{place.trigger.entity}.{target.key}")
    elif isinstance(source, SubformField) and isinstance(target, SubformField):
        yield from _column_faults(place, source, target, path=f"{place.trigger.entity}.{target.key}")


def _column_faults(
    place: TriggerPlace, source: SubformField, target: SubformField, *, path: str
) -> Iterator[FlowProblem]:
    """The columns that rows of the target, at a path, could not take over."""
    for column in source.fields:
        inner = f"{path}.{column.key}"
        into = target.columns.get(column.key)
        if into is None:
            yield UnknownField(node=place.node, field=inner)
        elif isinstance(column, SubformField) and isinstance(into, SubformField):
            yield from _column_faults(place, column, into, path=inner)
        elif isinstance(column, SubformField) or field_kind(column) not in wanted_of(into).fits:
            yield ColumnDiffers(node=place.node, column=inner)
