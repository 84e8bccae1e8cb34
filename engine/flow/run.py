"""One command being carried out: the events so far, the snapshot after them, and the steps still to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from engine.flow.apply import apply
from engine.flow.compiled import CompiledFlow, Node
from engine.flow.events import (
    Cancelled,
    CancelReason,
    Entered,
    Event,
    Finished,
    IncidentOpened,
)
from engine.flow.facts import Facts, NeedPeople, Person
from engine.flow.formulas import INITIATOR, INITIATOR_DEPARTMENT, Formula, FormulaFailure, Moment
from engine.flow.state import Activation, Entry, Instance, Resume, Saved, Status, Voter
from engine.formula.values import ErrorValue
from engine.model.base import Label
from engine.model.values import Value, Values

MAX_STEPS = 1000


class PeopleNeeded(Exception):
    """The command cannot go on before the organisation has answered."""

    def __init__(self, need: NeedPeople) -> None:
        self.need = need
        super().__init__(need.node)


class FieldsLost(Exception):
    """A block reads fields of which nothing is known any more; it is parked."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.paths = ", ".join(sorted(paths))
        super().__init__(self.paths)


@dataclass(frozen=True)
class EnterStep:
    """Make a block alive below an activation."""

    node: str
    parent: int


@dataclass(frozen=True)
class BeginStep:
    """Do what a block does when it is alive. `kept`: voters of an earlier visit that are asked again."""

    activation: int
    kept: tuple[Voter, ...] = ()


@dataclass(frozen=True)
class ChildLeftStep:
    """A block inside `parent` was passed."""

    parent: int
    child: str


@dataclass(frozen=True)
class RestoreStep:
    """Make a saved block alive again below an activation."""

    saved: Saved
    parent: int


Step: TypeAlias = EnterStep | BeginStep | ChildLeftStep | RestoreStep


@dataclass
class Run:
    """The only mutable thing of the interpreter; it lives as long as one call of `advance`.

    `steps` is a stack: what was scheduled last is done first, so a branch runs to its rest before the next begins.
    """

    flow: CompiledFlow
    facts: Facts
    at: datetime
    current: Instance | None
    actor: str | None = None
    events: list[Event] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    steps_done: int = 0
    comment: str | None = None

    @property
    def instance(self) -> Instance:
        """The snapshot after the events so far."""
        assert self.current is not None
        return self.current

    def emit(self, event: Event) -> None:
        """Add an event and apply it."""
        self.current = apply(self.current, event)
        self.events.append(event)

    def schedule(self, *steps: Step) -> None:
        """Put steps before all others, to be done in the given order."""
        self.steps.extend(reversed(steps))

    def node(self, activation: Activation) -> Node:
        """The block an activation visits."""
        return self.flow.nodes[activation.node]

    def enter(self, key: str, parent: int | None, *, entry: Entry = "flow", resume: Resume | None = None) -> int:
        """Make a block alive; its id."""
        activation_id = self.current.next_activation if self.current is not None else 1
        self.emit(
            Entered(
                at=self.at,
                node=key,
                activation=activation_id,
                parent=parent,
                position=self.flow.nodes[key].position,
                entry=entry,
                resume=resume,
            )
        )
        return activation_id

    def cancel(self, activation_ids: tuple[int, ...], reason: CancelReason) -> None:
        """End blocks and all below them without passing them."""
        found = tuple(below for top in activation_ids for below in self.instance.below(top))
        ids = tuple(activation.id for activation in found)
        tasks = tuple(task.number for task in self.instance.tasks.values() if task.activation in ids)
        if ids:
            self.emit(Cancelled(at=self.at, activations=ids, tasks=tasks, reason=reason))

    def finish(self, status: Status, reason: Label | None = None) -> None:
        """End the instance and everything alive in it."""
        roots = tuple(found.id for found in self.instance.activations.values() if found.parent is None)
        self.cancel(roots, "ended")
        self.emit(Finished(at=self.at, actor=self.actor, status=status, reason=reason))
        self.steps.clear()

    def park(self, activation: Activation, code: str, **params: str) -> None:
        """Stop a block until somebody repairs the cause."""
        self.emit(IncidentOpened(at=self.at, node=activation.node, activation=activation.id, code=code, params=params))

    def people(self, need: NeedPeople) -> tuple[Person, ...]:
        """The organisation's answer. Raises PeopleNeeded when it is not known yet."""
        found = self.facts.people.get(need)
        if found is None:
            raise PeopleNeeded(need)
        return found

    def evaluate(self, formula: Formula) -> Value | FormulaFailure:
        """The value of a formula on the record as it is now; one that reads what is lost fails."""
        if self.facts.lost and not self.facts.lost.isdisjoint(_with_outer(formula.compiled.references)):
            return FormulaFailure(ErrorValue.REF.value)
        moment = Moment(now=self.at, zone=self.facts.zone, calendars=self.facts.calendars, linked=self.facts.linked)
        return formula.evaluate(self.variables(), moment)

    def variables(self) -> Values:
        """What formulas of the flow may read: the record and the initiator."""
        return {
            **self.facts.record,
            **self.facts.given,
            INITIATOR: self.instance.initiator,
            INITIATOR_DEPARTMENT: self.instance.department,
        }


def _with_outer(paths: Iterable[str]) -> Iterator[str]:
    """The paths, and all that they lead through."""
    for path in paths:
        steps = path.split(".")
        yield from (".".join(steps[: count + 1]) for count in range(len(steps)))
