"""What a page shows of an instance: where it is, what it passed, and the drawn tree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from engine.flow.compiled import CompiledFlow, Node
from engine.flow.state import Activation, Decision, Incident, Instance
from engine.flow.voting import needed_approvals
from engine.model.base import Label
from engine.model.flow_nodes.blocks import ApproveBlock, BlockKind, ChoiceBlock, InclusiveBlock
from engine.model.flow_nodes.decide import Collect, DecidePercent
from engine.model.flow_nodes.rights import FieldRights

TreeState = Literal["idle", "active", "passed", "returned", "cancelled", "skipped"]


@dataclass(frozen=True, kw_only=True)
class TreeMember:
    """Somebody who votes or voted at a node."""

    id: str
    decision: Decision | None = None


@dataclass(frozen=True, kw_only=True)
class TreeNode:
    """A block as drawn. `branch` and `when` where it is a branch; `when` is the authored condition."""

    key: str
    kind: BlockKind
    title: Label
    state: TreeState
    branch: str | None = None
    branch_title: Label | None = None
    when: str | None = None
    members: tuple[TreeMember, ...] = ()
    incident: Incident | None = None
    children: tuple[TreeNode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How several people decide at a node, and how far they are. `percent` where the rule says one."""

    mode: Literal["any", "all", "sequential", "percent", "count"]
    percent: int | None
    collect: Collect
    needed: int
    voters: int
    approved: int
    rejected: int
    veto_ids: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CurrentNode:
    """A node that waits for people, with those who have an open task, or is parked.

    `due_at`: the first deadline among the open tasks.
    """

    key: str
    title: Label
    activation: int
    member_ids: tuple[str, ...]
    due_at: datetime | None = None
    incident: Incident | None = None
    tally: Tally | None = None


def node_title(flow: CompiledFlow, key: str) -> Label:
    """What people read as the name of a node."""
    return flow.nodes[key].block.title or key


def node_rights(flow: CompiledFlow, key: str) -> FieldRights:
    """Rights at a node as authored, with `*` for all that are not named; forms resolve them to every path."""
    return flow.nodes[key].fields


def current_nodes(flow: CompiledFlow, instance: Instance) -> tuple[CurrentNode, ...]:
    """Nodes that have open tasks, wait for a record, or are parked, in the order of the tree."""
    found = []
    for key, node in flow.nodes.items():
        live = instance.live(key)
        if live is not None and (node.is_task or live.waits or live.incident is not None):
            open_tasks = instance.open_tasks(live.id)
            found.append(
                CurrentNode(
                    key=key,
                    title=node_title(flow, key),
                    activation=live.id,
                    member_ids=tuple(task.member for task in open_tasks),
                    due_at=min((at for task in open_tasks if (at := task.due_at) is not None), default=None),
                    incident=live.incident,
                    tally=_tally(node, live),
                )
            )
    return tuple(found)


def _tally(node: Node, live: Activation) -> Tally | None:
    """None where one person decides alone."""
    if not isinstance(node.block, ApproveBlock) or len(live.voters) <= 1:
        return None
    rule = node.block.approve.decide
    rejected = sum(vote.decision == "reject" for vote in live.votes)
    return Tally(
        mode=rule.mode,
        percent=rule.value if isinstance(rule, DecidePercent) else None,
        collect=rule.collect,
        needed=needed_approvals(rule, len(live.voters)),
        voters=len(live.voters),
        approved=len(live.votes) - rejected,
        rejected=rejected,
        veto_ids=tuple(voter.member for voter in live.voters if voter.veto),
    )


def tree_view(flow: CompiledFlow, instance: Instance | None) -> TreeNode:
    """The whole flow as drawn; without an instance everything is idle."""
    return _draw(flow, instance, flow.nodes[flow.root], is_skipped=False)


def _draw(flow: CompiledFlow, instance: Instance | None, node: Node, *, is_skipped: bool) -> TreeNode:
    taken = _taken_branches(instance, node)
    children = tuple(
        _draw(
            flow,
            instance,
            flow.nodes[child.node],
            is_skipped=is_skipped or (taken is not None and child.branch not in taken),
        )
        for child in node.children
    )
    live = instance.live(node.key) if instance is not None else None
    position = flow.nodes[node.parent].children[node.position] if node.parent is not None else None
    is_branch = position is not None and position.branch != node.key
    return TreeNode(
        key=node.key,
        kind=node.kind,
        title=node_title(flow, node.key),
        state=_state(instance, node, is_skipped=is_skipped),
        branch=position.branch if position is not None and is_branch else None,
        branch_title=position.title if position is not None and is_branch else None,
        when=position.when.compiled.source if position is not None and position.when is not None else None,
        members=_members(instance, node),
        incident=live.incident if live is not None else None,
        children=children,
    )


def _taken_branches(instance: Instance | None, node: Node) -> tuple[str, ...] | None:
    """Branches of a choice that was made; None while it is open, and for other blocks."""
    if instance is None or not isinstance(node.block, ChoiceBlock | InclusiveBlock):
        return None
    visit = instance.live(node.key) or instance.marks.get(node.key)
    return visit.branches if visit is not None and visit.branches else None


def _state(instance: Instance | None, node: Node, *, is_skipped: bool) -> TreeState:
    if instance is None:
        return "idle"
    if instance.live(node.key) is not None:
        return "active"
    if is_skipped:
        return "skipped"
    mark = instance.marks.get(node.key)
    return mark.state if mark is not None else "idle"


def _members(instance: Instance | None, node: Node) -> tuple[TreeMember, ...]:
    if instance is None or not node.is_task:
        return ()
    live, mark = instance.live(node.key), instance.marks.get(node.key)
    if live is None:
        return tuple(TreeMember(id=vote.voter, decision=vote.decision) for vote in mark.votes) if mark else ()
    decisions = {vote.voter: vote.decision for vote in live.votes}
    return tuple(TreeMember(id=voter.member, decision=decisions.get(voter.member)) for voter in live.voters)
