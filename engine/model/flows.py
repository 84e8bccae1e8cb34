"""Approval flows as authored: a tree of blocks bound to one entity (spec: the semantics are in `engine.flow`)."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from engine.model.base import Document, DocumentFile, Key, Label
from engine.model.calendars import CalendarName
from engine.model.flow_nodes.blocks import Block
from engine.model.flow_nodes.tasks import Dedupe, SelfPolicy

WithdrawPolicy = Literal["before_first_decision", "any_time", "never"]


class FlowPolicies(Document):
    """What holds in the whole flow unless an approval says otherwise.

    `self`: what happens when the initiator would approve his own request. `dedupe`: whether somebody who approved
    already is asked again. `withdraw`: until when the initiator may take the request back. `calendar`: by which
    working calendar deadlines count, if not by the workspace's default one.
    """

    model_config = ConfigDict(populate_by_name=False)

    self_policy: SelfPolicy = Field(default="allow", alias="self")
    dedupe: Dedupe = "never"
    withdraw: WithdrawPolicy = "before_first_decision"
    calendar: CalendarName | None = None


class Flow(DocumentFile):
    """One approval flow. `root` is a sequence whose first block is the initiator's."""

    key: Key
    entity: Key
    title: Label
    policies: FlowPolicies = FlowPolicies()
    root: Block
