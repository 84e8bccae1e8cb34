"""Nodes at which people work: the initiator's own, approval and handling."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import ConfigDict, Discriminator, Field, Tag

from engine.model.base import Document, Key
from engine.model.flow_nodes.assign import AssignList
from engine.model.flow_nodes.deadline import Deadline
from engine.model.flow_nodes.decide import Decide, DecideAll, DecideAny
from engine.model.flow_nodes.rights import FieldRights

ApproveAction = Literal["approve", "reject", "return"]
HandleAction = Literal["submit", "return"]
Opinion = Literal["optional", "required"]
SelfPolicy = Literal["allow", "skip", "supervisor", "department_head"]
Dedupe = Literal["never", "consecutive", "any"]
Resume = Literal["rerun", "direct", "choose"]
READ_ALL: FieldRights = {"*": "read"}
WRITE_ALL: FieldRights = {"*": "write"}


class EmptyTo(Document):
    """People who take over when the assignment yields nobody."""

    to: AssignList


def _empty_tag(empty: object) -> str:
    return "policy" if isinstance(empty, str) else "people"


Empty: TypeAlias = Annotated[
    Annotated[Literal["approve", "reject", "flow_admin"], Tag("policy")] | Annotated[EmptyTo, Tag("people")],
    Discriminator(_empty_tag),
]
HandleEmpty: TypeAlias = Annotated[
    Annotated[Literal["approve", "flow_admin"], Tag("policy")] | Annotated[EmptyTo, Tag("people")],
    Discriminator(_empty_tag),
]


def _targets_tag(targets: object) -> str:
    return "passed" if isinstance(targets, str) else "nodes"


ReturnTargets: TypeAlias = Annotated[
    Annotated[Literal["passed"], Tag("passed")]
    | Annotated[tuple[Key, ...], Field(min_length=1, max_length=50), Tag("nodes")],
    Discriminator(_targets_tag),
]


class ReturnPolicy(Document):
    """Where this node may send the instance back to, and how it comes back (flow.md §0.3).

    `rerun`: every node after the target again; `direct`: straight to this node; `choose`: whoever returns says.
    """

    to: ReturnTargets = "passed"
    resume: Resume = "rerun"


class RejectEnd(Document):
    """The whole instance ends as rejected."""

    do: Literal["end"]


class RejectReturn(Document):
    """The instance goes back to an earlier node."""

    do: Literal["return"]
    to: Key


class RejectEndBranch(Document):
    """Only the branch this node is in ends; the block around it goes on."""

    do: Literal["end_branch"]


OnReject: TypeAlias = Annotated[RejectEnd | RejectReturn | RejectEndBranch, Field(discriminator="do")]


class Initiate(Document):
    """The initiator's node; done by submitting, and a target of returns."""

    fields: FieldRights = WRITE_ALL


class TaskNode(Document):
    """What approval and handling share. `basis`: fields whose change voids an approval kept by a direct return."""

    model_config = ConfigDict(populate_by_name=False)

    assign: AssignList
    return_policy: ReturnPolicy = Field(default=ReturnPolicy(), alias="return")
    basis: Annotated[tuple[Key, ...], Field(max_length=200)] = ()
    opinion: Opinion = "optional"
    deadline: Deadline | None = None


class Approve(TaskNode):
    """People decide: approve or reject."""

    decide: Decide = DecideAll(mode="all")
    empty: Empty = "flow_admin"
    self_policy: SelfPolicy | None = Field(default=None, alias="self")
    dedupe: Dedupe | None = None
    fields: FieldRights = READ_ALL
    actions: Annotated[tuple[ApproveAction, ...], Field(min_length=1, max_length=3)] = ("approve", "reject")
    on_reject: OnReject = RejectEnd(do="end")


class Handle(TaskNode):
    """People do work and submit it; there is no rejection."""

    decide: Decide = DecideAny(mode="any")
    empty: HandleEmpty = "flow_admin"
    fields: FieldRights = WRITE_ALL
    actions: Annotated[tuple[HandleAction, ...], Field(min_length=1, max_length=2)] = ("submit",)
