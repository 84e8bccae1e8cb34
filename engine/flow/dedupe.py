"""Who need not be asked again because he approved already (flow.md §1.2, same person twice)."""

from __future__ import annotations

from engine.flow.compiled import CompiledFlow, Node
from engine.flow.run import Run
from engine.flow.state import Activation, Instance
from engine.model.flow_nodes.blocks import ApproveBlock, SeqBlock

NOBODY: frozenset[str] = frozenset()


def approved_before(run: Run, node: Node, activation: Activation) -> frozenset[str]:
    """Members whose approval counts here without asking.

    Nobody when the node was entered by a return, has fields to fill in, or wants an opinion.
    """
    if not isinstance(node.block, ApproveBlock) or activation.entry != "flow":
        return NOBODY
    approve = node.block.approve
    if node.asks_for_input or approve.opinion == "required":
        return NOBODY
    match approve.dedupe or run.flow.policies.dedupe:
        case "never":
            return NOBODY
        case "consecutive":
            return _approvers(run.flow, run.instance, previous_tasks(run.flow, run.instance, node.key))
        case "any":
            return _approvers(run.flow, run.instance, tuple(run.flow.nodes))


def previous_tasks(flow: CompiledFlow, instance: Instance, key: str) -> tuple[str, ...]:
    """Task nodes that were passed right before the block: of a parallel block the last of every branch."""
    child = flow.nodes[key]
    while child.parent is not None:
        parent = flow.nodes[child.parent]
        if isinstance(parent.block, SeqBlock):
            for earlier in reversed(parent.children[: child.position]):
                if found := _last_tasks(flow, instance, earlier.node):
                    return found
        child = parent
    return ()


def _last_tasks(flow: CompiledFlow, instance: Instance, key: str) -> tuple[str, ...]:
    node = flow.nodes[key]
    if node.is_task:
        return (key,) if instance.passed(key) is not None else ()
    if isinstance(node.block, SeqBlock):
        for child in reversed(node.children):
            if found := _last_tasks(flow, instance, child.node):
                return found
        return ()
    return tuple(found for child in node.children for found in _last_tasks(flow, instance, child.node))


def _approvers(flow: CompiledFlow, instance: Instance, keys: tuple[str, ...]) -> frozenset[str]:
    marks = (instance.passed(key) for key in keys if isinstance(flow.nodes[key].block, ApproveBlock))
    return frozenset(
        vote.voter for mark in marks if mark is not None for vote in mark.votes if vote.decision == "approve"
    )
