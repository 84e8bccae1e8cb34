"""Conditions of branches: which branches a block takes, or why that cannot be said."""

from __future__ import annotations

from dataclasses import dataclass

from engine.flow.compiled import Child, Node
from engine.flow.formulas import FormulaFailure
from engine.flow.run import Run
from engine.model.flow_nodes.blocks import InclusiveBlock


@dataclass(frozen=True)
class ConditionFailed:
    """The condition of `branch` has no truth value (flow.md §1.6: never silently the default)."""

    branch: str
    cause: str


def choose(run: Run, node: Node) -> tuple[Child, ...] | ConditionFailed:
    """The branches to take: the first that holds, every one for an inclusive block, else the default.

    All conditions read the same record; an empty truth value is false.
    A choice does not look at conditions after the one that holds.
    """
    takes_all = isinstance(node.block, InclusiveBlock)
    taken: list[Child] = []
    default: list[Child] = []
    for child in node.children:
        if child.when is None:
            default.append(child)
            continue
        result = run.evaluate(child.when)
        if isinstance(result, FormulaFailure):
            return ConditionFailed(branch=child.branch, cause=result.code)
        if result:
            taken.append(child)
            if not takes_all:
                break
    return tuple(taken or default)
