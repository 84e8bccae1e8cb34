"""How the votes of several people at one node become its decision (flow.md §1.3)."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from engine.model.base import Document
from engine.model.flow_nodes.assign import Assign

Collect = Literal["early", "all"]


class VoteRule(Document):
    """Members of every mode.

    `veto`: voters whose rejection decides at once. `collect`: `early` ends the vote as soon as its result is
    certain, `all` waits for everyone and then compares the approvals with what the mode needs.
    """

    veto: Annotated[tuple[Assign, ...], Field(max_length=50)] = ()
    collect: Collect = "early"


class DecideAny(VoteRule):
    """The first vote decides; with `collect: all` one approval among all votes is enough."""

    mode: Literal["any"]


class DecideAll(VoteRule):
    """Everyone must approve."""

    mode: Literal["all"]


class DecideSequential(VoteRule):
    """Everyone must approve, one after the other in the order of assignment."""

    mode: Literal["sequential"]


class DecidePercent(VoteRule):
    """At least `value` per cent of the voters must approve, rounded up to whole people."""

    mode: Literal["percent"]
    value: Annotated[int, Field(ge=1, le=100)]


class DecideCount(VoteRule):
    """At least `value` voters must approve, or all when there are fewer."""

    mode: Literal["count"]
    value: Annotated[int, Field(ge=1, le=500)]


DecideRule: TypeAlias = DecideAny | DecideAll | DecideSequential | DecidePercent | DecideCount
Decide: TypeAlias = Annotated[DecideRule, Field(discriminator="mode")]
