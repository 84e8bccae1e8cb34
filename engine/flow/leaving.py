"""How a block is passed, and how a branch or the instance ends instead."""

from __future__ import annotations

from engine.flow.events import BranchEnded, Left
from engine.flow.run import ChildLeftStep, Run
from engine.flow.state import Activation
from engine.model.flow_nodes.blocks import InclusiveBlock, Parallel, ParallelBlock


def leave(run: Run, activation: Activation) -> None:
    """Pass the block; the block around it goes on. Passing the root ends the instance as approved."""
    run.emit(Left(at=run.at, actor=run.actor, node=activation.node, activation=activation.id))
    if activation.parent is None:
        run.finish("approved")
    else:
        run.schedule(ChildLeftStep(parent=activation.parent, child=activation.node))


def end_branch(run: Run, activation: Activation) -> None:
    """End the branch the block is in as rejected; the nearest parallel or inclusive block goes on."""
    inner = activation
    while inner.parent is not None:
        outer = run.instance.activations[inner.parent]
        if isinstance(run.node(outer).block, ParallelBlock | InclusiveBlock):
            run.cancel((inner.id,), "branch_ended")
            branch_done(run, outer, child=inner.node, is_rejected=True)
            return
        inner = outer
    run.finish("rejected")


def branch_done(run: Run, activation: Activation, *, child: str, is_rejected: bool) -> None:
    """A branch of a parallel or inclusive block is done; pass the block when enough branches are."""
    node = run.node(activation)
    branch = next(known.branch for known in node.children if known.node == child)
    run.emit(
        BranchEnded(
            at=run.at,
            node=activation.node,
            activation=activation.id,
            branch=branch,
            result="rejected" if is_rejected else "passed",
        )
    )
    current = run.instance.activations[activation.id]
    join = node.block.parallel if isinstance(node.block, ParallelBlock) else None
    is_last = set(current.branches) <= set(current.done)
    if is_last or len(current.done) - len(current.rejected) >= _needed(join, len(current.branches)):
        run.cancel(tuple(child.id for child in run.instance.children(current.id)), "joined")
        leave(run, run.instance.activations[activation.id])


def _needed(parallel: Parallel | None, branches: int) -> int:
    match parallel.join if parallel is not None else "all":
        case "all":
            return branches
        case "first":
            return 1
        case count:
            return int(count)
