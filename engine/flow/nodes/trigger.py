"""Trigger: the engine creates a record; the node waits until it exists."""

from __future__ import annotations

from engine.flow.events import RecordCreated, RecordRequested
from engine.flow.formulas import FormulaFailure
from engine.flow.leaving import leave
from engine.flow.run import Run
from engine.flow.state import Activation
from engine.model.flow_nodes.automatic import CreateRecord
from engine.model.values import Value


def begin(run: Run, activation: Activation, trigger: CreateRecord) -> None:
    """Ask for the record; a formula that fails parks the node, a record made before is enough with `once`."""
    existing = run.instance.created.get(activation.node)
    if trigger.once and existing is not None:
        _go_on(run, activation, record=existing, repeated=True)
        return
    values: dict[str, Value] = {}
    for key, formula in run.node(activation).formulas.items():
        result = run.evaluate(formula)
        if isinstance(result, FormulaFailure):
            run.park(activation, "trigger_value_failed", field=key, cause=result.code)
            return
        values[key] = result
    run.emit(
        RecordRequested(at=run.at, node=activation.node, activation=activation.id, entity=trigger.entity, values=values)
    )


def record_created(run: Run, activation: Activation, record: str) -> None:
    """The record exists; go on."""
    _go_on(run, activation, record=record, repeated=False)


def _go_on(run: Run, activation: Activation, *, record: str, repeated: bool) -> None:
    run.emit(RecordCreated(at=run.at, node=activation.node, activation=activation.id, record=record, repeated=repeated))
    leave(run, run.instance.activations[activation.id])
