"""Which fields are surely filled when a flow comes to a block (flow.md §3.3, 12)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from engine.flow.compiled import CompiledFlow, Node
from engine.formula.check import Compiled
from engine.formula.fields import field_kind
from engine.formula.syntax import BinaryOperation, Call, Reference, UnaryOperation
from engine.formula.syntax import Node as FormulaNode
from engine.model.entities import Entity
from engine.model.fields import AnyField
from engine.model.flow_nodes.blocks import (
    ApproveBlock,
    ChoiceBlock,
    HandleBlock,
    InclusiveBlock,
    InitiateBlock,
    ParallelBlock,
    SeqBlock,
)

_ASKS_WHETHER_EMPTY = frozenset({"ISBLANK", "ISEMPTY", "ISNULL"})
_Fields = frozenset[str]


def unfilled(flow: CompiledFlow, entity: Entity, *, node: Node, condition: Compiled) -> Iterator[str]:
    """Fields that a condition at the block reads as if they were filled, though some path leaves them empty.

    An empty truth is no and an empty list is none: those answers are as good as others.
    """
    filled = _filled_before(flow, entity, node.key)
    asked = set(_asked_whether_empty(condition.tree))
    for path in sorted(condition.references - asked - filled):
        field = entity.by_key.get(path)
        if field is not None and not _answers_when_empty(field):
            yield path


def _answers_when_empty(field: AnyField) -> bool:
    kind = field_kind(field)
    is_made = field.is_made or field.default is not None or field.type == "serial"
    return is_made or kind.is_list or kind.name == "boolean"


def _asked_whether_empty(node: FormulaNode) -> Iterator[str]:
    match node:
        case Call():
            for argument in node.arguments:
                if node.name in _ASKS_WHETHER_EMPTY and isinstance(argument, Reference):
                    yield argument.path
                yield from _asked_whether_empty(argument)
        case UnaryOperation():
            yield from _asked_whether_empty(node.operand)
        case BinaryOperation():
            yield from _asked_whether_empty(node.left)
            yield from _asked_whether_empty(node.right)
        case _:
            return


def _filled_before(flow: CompiledFlow, entity: Entity, key: str) -> _Fields:
    filled: _Fields = frozenset()
    for above, below in pairwise(flow.path(key)):
        parent = flow.nodes[above]
        if isinstance(parent.block, SeqBlock):
            for child in parent.children[: flow.nodes[below].position]:
                before = flow.nodes.get(child.node)
                if before is not None and before.parent == above:
                    filled |= _filled_by(flow, entity, child.node)
    return filled


def _filled_by(flow: CompiledFlow, entity: Entity, key: str) -> _Fields:
    """What is filled once the block was passed."""
    node = flow.nodes[key]
    # a block with the key of another one is reported, and stands nowhere
    own = [child.node for child in node.children if child.node in flow.nodes and flow.nodes[child.node].parent == key]
    inner = [_filled_by(flow, entity, child) for child in own] or [frozenset()]
    match node.block:
        case SeqBlock():
            return frozenset().union(*inner)
        case ParallelBlock() as block:
            return frozenset().union(*inner) if block.parallel.join == "all" else frozenset.intersection(*inner)
        case ChoiceBlock() | InclusiveBlock():
            return frozenset.intersection(*inner)
        case InitiateBlock():
            return _asked_for(node, entity)
        case ApproveBlock() as block if block.approve.empty != "approve":
            return _asked_for(node, entity)
        case HandleBlock() as block if block.handle.empty != "approve":
            return _asked_for(node, entity)
        case _:
            return frozenset()


def _asked_for(node: Node, entity: Entity) -> _Fields:
    """Fields that the node's people cannot leave empty; they must be able to write them."""
    found = set()
    for field in entity.fields:
        right = node.fields.get(field.key, node.fields.get("*", "read"))
        if right == "required" or (field.required and right == "write"):
            found.add(field.key)
    return frozenset(found)
