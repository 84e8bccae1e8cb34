"""From an authored flow to a compiled one, with the checks made before a flow is published (flow.md §3.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import assert_never

from engine.errors import Problem, Problems, Rejection
from engine.flow.checks import check_nodes
from engine.flow.compiled import Child, CompiledFlow, Node
from engine.flow.formulas import INITIATOR_SCOPE, Formula
from engine.flow.problems import (
    DuplicateKey,
    FlowTooLarge,
    InitiateMisplaced,
    InitiateMissing,
    RootNotASequence,
)
from engine.flow.triggers import TriggerPlace, read_map
from engine.formula.check import Scope
from engine.formula.results import CONDITION, FormulaReport
from engine.formula.scopes import WiderScope
from engine.model.base import Label
from engine.model.entities import Entity
from engine.model.flow_nodes.blocks import (
    ApproveBlock,
    BlockUnion,
    Branches,
    CcBlock,
    ChoiceBlock,
    HandleBlock,
    InclusiveBlock,
    InitiateBlock,
    ParallelBlock,
    SeqBlock,
    TerminateBlock,
    TriggerBlock,
    block_kind,
)
from engine.model.flow_nodes.rights import FieldRights
from engine.model.flows import Flow

MAX_NODES = 500
MAX_DEPTH = 30


@dataclass(frozen=True)
class CheckedFlow:
    """A flow and what is wrong and doubtful about it; `flow` is None when it has no meaning.

    A flow with values of the wrong kind still has one: versions published before that was looked at stay usable.
    """

    flow: CompiledFlow | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


@dataclass
class _Builder:
    scope: Scope
    entity: Entity
    entities: Mapping[str, Entity]
    nodes: dict[str, Node] = field(default_factory=dict)
    report: FormulaReport = field(default_factory=FormulaReport)

    def problem(self, rejection: Rejection, pointer: str) -> None:
        self.report.note_broken(Problem.of(rejection, path=pointer))


@dataclass(frozen=True)
class _Place:
    """Where a block stands in its parent and in the document."""

    pointer: str
    parent: str | None
    position: int
    depth: int

    def inside(self, key: str, steps: str, position: int) -> _Place:
        return _Place(pointer=self.pointer + steps, parent=key, position=position, depth=self.depth + 1)


@dataclass(frozen=True)
class _Inner:
    """A block inside a block, before it is compiled."""

    block: BlockUnion
    steps: str
    branch: str
    when: str | None = None
    title: Label | None = None


def compile_flow(flow: Flow, *, entity: Entity, entities: Mapping[str, Entity], scope: Scope) -> CompiledFlow:
    """The compiled flow. Raises `Problems` with every fault found; paths are JSON pointers in the flow's file.

    `scope`: kinds by path of what formulas may read of the record; the initiator is added.
    """
    checked = check_flow(flow, entity=entity, entities=entities, scope=scope)
    if checked.flow is None:
        raise Problems(checked.problems)
    return checked.flow


def check_flow(flow: Flow, *, entity: Entity, entities: Mapping[str, Entity], scope: Scope) -> CheckedFlow:
    """The compiled flow with problems and warnings. `entities`: those of the application, for triggers."""
    builder = _Builder(WiderScope(INITIATOR_SCOPE, scope), entity, entities)
    _add(builder, flow.root, _Place(pointer="/root", parent=None, position=0, depth=1))
    _check_begin(builder, flow)
    begins = (key for key, node in builder.nodes.items() if isinstance(node.block, InitiateBlock))
    compiled = CompiledFlow(
        key=flow.key,
        entity=flow.entity,
        title=flow.title,
        policies=flow.policies,
        root=flow.root.key,
        initiate=next(begins, flow.root.key),
        nodes=builder.nodes,
    )
    faults, doubts = check_nodes(compiled, entity=entity, entities=entities)
    is_broken = builder.report.is_broken or bool(faults)
    return CheckedFlow(
        flow=None if is_broken else compiled,
        problems=(*builder.report.problems, *faults),
        warnings=(*builder.report.warnings, *doubts),
    )


def _check_begin(builder: _Builder, flow: Flow) -> None:
    if not isinstance(flow.root, SeqBlock):
        builder.problem(RootNotASequence(node=flow.root.key), "/root")
        return
    first = flow.root.seq[0] if flow.root.seq else None
    if not isinstance(first, InitiateBlock):
        builder.problem(InitiateMissing(node=flow.root.key), "/root/seq")
    for node in builder.nodes.values():
        if isinstance(node.block, InitiateBlock) and node.block is not first:
            builder.problem(InitiateMisplaced(node=node.key), node.pointer)


def _add(builder: _Builder, block: BlockUnion, place: _Place) -> None:
    if place.depth > MAX_DEPTH or len(builder.nodes) >= MAX_NODES:
        if not any(problem.code == FlowTooLarge.code for problem in builder.report.problems):
            builder.problem(FlowTooLarge(nodes=MAX_NODES, depth=MAX_DEPTH), place.pointer)
        return
    key = block.key
    if key in builder.nodes:
        builder.problem(DuplicateKey(node=key), f"{place.pointer}/key")
    while key in builder.nodes:
        key += "'"  # no author can write that: what else is wrong with the block is found all the same
    inner = tuple(_inside(block))
    builder.nodes[key] = Node(
        key=key,
        kind=block_kind(block),
        block=block,
        pointer=place.pointer,
        parent=place.parent,
        position=place.position,
        children=tuple(_child(builder, found, place) for found in inner),
        formulas=_trigger_formulas(builder, block, place.pointer),
        fields=_rights(block),
    )
    _check_branches(builder, inner, place.pointer)
    for position, found in enumerate(inner):
        _add(builder, found.block, place.inside(key, found.steps, position))


def _check_branches(builder: _Builder, inner: tuple[_Inner, ...], pointer: str) -> None:
    seen: set[str] = set()
    for found in inner:
        if found.branch in seen and found.branch != found.block.key:
            branch_pointer = f"{pointer}{found.steps.removesuffix('/block')}/key"
            builder.problem(DuplicateKey(node=found.branch), branch_pointer)
        seen.add(found.branch)


def _inside(block: BlockUnion) -> Iterator[_Inner]:
    match block:
        case SeqBlock():
            for index, inner in enumerate(block.seq):
                yield _Inner(inner, f"/seq/{index}", inner.key)
        case ParallelBlock():
            for index, inner in enumerate(block.parallel.branches):
                yield _Inner(inner, f"/parallel/branches/{index}", inner.key)
        case ChoiceBlock():
            yield from _branches(block.choice, "/choice")
        case InclusiveBlock():
            yield from _branches(block.inclusive, "/inclusive")
        case InitiateBlock() | ApproveBlock() | HandleBlock() | CcBlock() | TriggerBlock() | TerminateBlock():
            return
        case _:
            assert_never(block)


def _branches(branches: Branches, steps: str) -> Iterator[_Inner]:
    for index, branch in enumerate(branches.branches):
        yield _Inner(branch.block, f"{steps}/branches/{index}/block", branch.key, branch.when, branch.title)
    default = branches.default
    yield _Inner(default, f"{steps}/default", default.key, None, default.title)


def _child(builder: _Builder, inner: _Inner, place: _Place) -> Child:
    when = None
    if inner.when is not None:
        pointer = f"{place.pointer}{inner.steps.removesuffix('/block')}/when"
        compiled = builder.report.read(inner.when, builder.scope, pointer=pointer, wanted=CONDITION)
        when = None if compiled is None else Formula(compiled)
    return Child(branch=inner.branch, node=inner.block.key, when=when, title=inner.title)


def _trigger_formulas(builder: _Builder, block: BlockUnion, pointer: str) -> Mapping[str, Formula]:
    if not isinstance(block, TriggerBlock):
        return {}
    target = builder.entities.get(block.trigger.entity)
    place = TriggerPlace(block.key, pointer, block.trigger, source=builder.entity, target=target)
    return read_map(builder.report, place, builder.scope)


def _rights(block: BlockUnion) -> FieldRights:
    match block:
        case InitiateBlock():
            return block.initiate.fields
        case ApproveBlock():
            return block.approve.fields
        case HandleBlock():
            return block.handle.fields
        case _:
            return {}
