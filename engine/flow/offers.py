"""What the owner of a task may do, and where he may return to; the same answers judge the commands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from engine.flow.compiled import CompiledFlow
from engine.flow.events import ReturnMode
from engine.flow.state import Instance
from engine.model.flow_nodes.blocks import ApproveBlock, HandleBlock, InitiateBlock
from engine.model.flow_nodes.tasks import Approve, Handle, RejectReturn

Action = Literal["approve", "reject", "submit", "return"]
RejectEffect = Literal["end", "return", "end_branch"]
MODES: dict[str, tuple[ReturnMode, ...]] = {
    "rerun": ("rerun",),
    "direct": ("direct",),
    "choose": ("rerun", "direct"),
}


@dataclass(frozen=True, kw_only=True)
class Offer:
    """An action that will succeed. `targets` and `resume_modes` belong to `return`.

    `effect` and `back_to` belong to `reject`: what follows once the node is rejected, and where it goes back to.
    """

    action: Action
    targets: tuple[str, ...] = ()
    resume_modes: tuple[ReturnMode, ...] = ()
    effect: RejectEffect | None = None
    back_to: str | None = None
    wants_comment: bool = False


def offered_actions(flow: CompiledFlow, instance: Instance, task_number: int) -> tuple[Offer, ...]:
    """The actions of an open task in authored order; () for a task that is not open."""
    task = instance.tasks.get(task_number)
    if task is None or instance.status != "running":
        return ()
    block = flow.nodes[task.node].block
    match block:
        case InitiateBlock():
            return (Offer(action="submit"),)
        case ApproveBlock():
            return _offers(flow, instance, node=task.node, rules=block.approve)
        case HandleBlock():
            return _offers(flow, instance, node=task.node, rules=block.handle)
        case _:
            raise AssertionError(f"{task.node} has no tasks")


def _offers(flow: CompiledFlow, instance: Instance, *, node: str, rules: Approve | Handle) -> tuple[Offer, ...]:
    offers: list[Offer] = []
    wants_comment = rules.opinion == "required"
    for action in rules.actions:
        if action == "reject" and isinstance(rules, Approve):
            offers.append(_reject(rules))
        elif action != "return":
            offers.append(Offer(action=action, wants_comment=wants_comment))
        elif targets := _targets(flow, instance, node=node, rules=rules):
            modes = MODES[rules.return_policy.resume]
            offers.append(Offer(action="return", targets=targets, resume_modes=modes, wants_comment=wants_comment))
    return tuple(offers)


def _reject(rules: Approve) -> Offer:
    policy = rules.on_reject
    return Offer(
        action="reject",
        effect=policy.do,
        back_to=policy.to if isinstance(policy, RejectReturn) else None,
        wants_comment=rules.opinion == "required",
    )


def _targets(flow: CompiledFlow, instance: Instance, *, node: str, rules: Approve | Handle) -> tuple[str, ...]:
    """Nodes where somebody acted himself, that the policy names and from which the LCA rule allows to go on."""
    allowed = rules.return_policy.to
    return tuple(
        key
        for key, candidate in flow.nodes.items()
        if candidate.is_task
        and (allowed == "passed" or key in allowed)
        and (mark := instance.passed(key)) is not None
        and mark.handlers
        and flow.return_sequence(node, key) is not None
    )


def may_withdraw(flow: CompiledFlow, instance: Instance, member: str) -> bool:
    """Whether the member may take the request back now."""
    if instance.status != "running" or member != instance.initiator:
        return False
    match flow.policies.withdraw:
        case "any_time":
            return True
        case "never":
            return False
        case "before_first_decision":
            return instance.decisions == 0
