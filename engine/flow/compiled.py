"""A compiled flow: the tree of blocks with parents, positions and formulas, and the questions asked of its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeAlias

from engine.flow.formulas import Formula
from engine.model.base import Label
from engine.model.flow_nodes.blocks import (
    ApproveBlock,
    BlockKind,
    BlockUnion,
    HandleBlock,
    InitiateBlock,
    SeqBlock,
)
from engine.model.flow_nodes.rights import ColumnRights, FieldRights, Right
from engine.model.flows import FlowPolicies

TaskBlock: TypeAlias = InitiateBlock | ApproveBlock | HandleBlock


@dataclass(frozen=True)
class Child:
    """A block inside a block. `branch`: key of the branch it is, its own where a branch has none.

    `when` is None for a default, a sequence and a parallel block.
    """

    branch: str
    node: str
    when: Formula | None = None
    title: Label | None = None


@dataclass(frozen=True)
class Node:
    """A block with its place in the tree. `pointer`: JSON pointer in the authored document."""

    key: str
    kind: BlockKind
    block: BlockUnion
    pointer: str
    parent: str | None
    position: int
    children: tuple[Child, ...] = ()
    formulas: Mapping[str, Formula] = field(default_factory=dict)
    fields: FieldRights = field(default_factory=dict)

    @property
    def is_task(self) -> bool:
        """Whether people work here."""
        return isinstance(self.block, InitiateBlock | ApproveBlock | HandleBlock)

    @property
    def asks_for_input(self) -> bool:
        """Whether some field may or must be written here."""
        return any(right in {"write", "required"} for right in _all_rights(self.fields))

    @property
    def requires_input(self) -> bool:
        """Whether some field must be filled here."""
        return "required" in _all_rights(self.fields)


def _all_rights(fields: FieldRights | ColumnRights) -> Iterator[Right]:
    for right in fields.values():
        if isinstance(right, str):
            yield right
        else:
            yield from _all_rights(right)


@dataclass(frozen=True)
class CompiledFlow:
    """What `advance` interprets; made by `compile_flow`. `nodes` are in the order of the tree, parents first."""

    key: str
    entity: str
    title: Label
    policies: FlowPolicies
    root: str
    initiate: str
    nodes: Mapping[str, Node]

    @property
    def references(self) -> frozenset[str]:
        """Every path that its formulas read."""
        conditions = (child.when for node in self.nodes.values() for child in node.children if child.when is not None)
        values = (formula for node in self.nodes.values() for formula in node.formulas.values())
        return frozenset().union(*(formula.compiled.references for formula in (*conditions, *values)))

    @cached_property
    def _paths(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for node in self.nodes.values():
            found[node.key] = (*(found[node.parent] if node.parent is not None else ()), node.key)
        return found

    def path(self, key: str) -> tuple[str, ...]:
        """Keys from the root to the block, both included."""
        return self._paths[key]

    def common_ancestor(self, first: str, second: str) -> str:
        """The deepest block that holds both."""
        shared = self.root
        for left, right in zip(self.path(first), self.path(second), strict=False):
            if left != right:
                break
            shared = left
        return shared

    def child_towards(self, ancestor: str, key: str) -> str:
        """The child of `ancestor` that is or holds the block."""
        path = self.path(key)
        return path[path.index(ancestor) + 1]

    def return_sequence(self, source: str, target: str) -> str | None:
        """The sequence inside which a return from source to target moves; None when there is no such return.

        flow.md §0.2: the lowest common ancestor is a sequence and the target comes before the source in it.
        """
        common = self.common_ancestor(source, target)
        if not isinstance(self.nodes[common].block, SeqBlock) or common in {source, target}:
            return None
        before, after = (self.nodes[self.child_towards(common, key)].position for key in (target, source))
        return common if before < after else None

    def subtree(self, key: str) -> Iterator[Node]:
        """The block and all blocks inside it, parents first."""
        node = self.nodes[key]
        yield node
        for child in node.children:
            yield from self.subtree(child.node)

    def after(self, target: str, sequence: str) -> tuple[str, ...]:
        """Blocks inside `sequence` that come after `target`: later siblings of it and of its ancestors."""
        found: list[str] = []
        path = self.path(target)
        for parent, child in pairwise(path):
            node = self.nodes[parent]
            if parent in self.path(sequence)[:-1] or not isinstance(node.block, SeqBlock):
                continue
            for later in node.children[self.nodes[child].position + 1 :]:
                found.extend(below.key for below in self.subtree(later.node))
        return tuple(found)
