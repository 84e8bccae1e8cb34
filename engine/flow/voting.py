"""Votes of several people at one node and the decision they make (flow.md §1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, assert_never

from engine.flow.state import Vote, Voter
from engine.model.flow_nodes.decide import (
    DecideAll,
    DecideAny,
    DecideCount,
    DecidePercent,
    DecideRule,
    DecideSequential,
)

Verdict = Literal["agreed", "rejected"]


def needed_approvals(rule: DecideRule, voters: int) -> int:
    """How many of so many voters must approve; part persons count as whole ones."""
    match rule:
        case DecideAny():
            return 1
        case DecideAll() | DecideSequential():
            return voters
        case DecidePercent():
            return -(-rule.value * voters // 100)
        case DecideCount():
            return min(rule.value, voters)
        case _:
            assert_never(rule)


def verdict(rule: DecideRule, voters: tuple[Voter, ...], votes: tuple[Vote, ...]) -> Verdict | None:
    """The decision, or None while it is open. With `collect: early` it falls as soon as no vote can change it."""
    rejecting = {vote.voter for vote in votes if vote.decision == "reject"}
    if any(voter.veto and voter.member in rejecting for voter in voters):
        return "rejected"
    needed = needed_approvals(rule, len(voters))
    approvals = len(votes) - len(rejecting)
    if rule.collect == "all":
        if len(votes) < len(voters):
            return None
        return "agreed" if approvals >= needed else "rejected"
    if approvals >= needed:
        return "agreed"
    if isinstance(rule, DecideAny):
        return "rejected" if rejecting else None
    return "rejected" if len(voters) - len(rejecting) < needed else None


def voters_due(rule: DecideRule, voters: tuple[Voter, ...], votes: Iterable[Vote]) -> tuple[Voter, ...]:
    """Who may vote now: everyone who has not, or the first of them in a sequential vote."""
    voted = {vote.voter for vote in votes}
    waiting = tuple(voter for voter in voters if voter.member not in voted)
    return waiting[:1] if isinstance(rule, DecideSequential) else waiting
