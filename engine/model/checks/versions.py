"""What may not change from one published version to the next, apart from the columns of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.errors import Problem
from engine.model.application import Application
from engine.model.base import Fault
from engine.model.flow_nodes.blocks import BlockUnion, block_kind
from engine.model.flows import Flow
from engine.model.walking import walk


class BlockKindChanged(Fault):
    code = "block_kind_changed"
    zh = "节点 “{node}” 在已发布的版本中是 {old}, 不能改为 {new}; 请换一个标识"
    en = "“{node}” is of the kind {old} in the published version and cannot become {new}; give the block another key"


def check_flow_changes(old: Application | None, new: Application) -> Iterator[Problem]:
    """Blocks that have the key of a former block of another kind: a key keeps its meaning (flow.md §3.3, 1)."""
    before: Mapping[str, Flow] = {} if old is None else old.flows
    for key in sorted(before.keys() & new.flows.keys()):
        kinds = {name: kind for name, kind, _ in _blocks(before[key])}
        for name, kind, pointer in _blocks(new.flows[key]):
            if kinds.get(name, kind) != kind:
                fault = BlockKindChanged(path=pointer, node=name, old=kinds[name], new=kind)
                yield Problem.of(fault, file=f"flows/{key}.json")


def _blocks(flow: Flow) -> Iterator[tuple[str, str, str]]:
    for pointer, part in walk(flow):
        if isinstance(part, BlockUnion):
            yield part.key, block_kind(part), pointer
