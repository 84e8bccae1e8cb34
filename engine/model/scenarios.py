"""`scenarios/<name>.json`: a flow played step by step with what must come of it; the specification of a flow."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, JsonValue

from engine.model.base import Document, DocumentFile, Key, Label, Text
from engine.model.permission_sets import Account

ScenarioStatus = Literal["running", "approved", "rejected", "withdrawn", "terminated"]
ScenarioAction = Literal["approve", "reject", "submit", "return", "withdraw"]
RecordValues = dict[Key, JsonValue]


class Given(Document):
    """Who submits what and when. Members and departments are written as accounts and department keys."""

    initiator: Account
    department: Key | None = None
    at: AwareDatetime
    record: RecordValues = Field(default_factory=dict)


class StepExpectation(Document):
    """What holds after a step. `open`: accounts with open tasks by node, in any order, all nodes that have some.
    `due`: until when the open tasks of a node are to be done, null without a deadline.
    `events`: node and kind of events of this step, in this order, others may lie between. `refused`: the code the
    step is refused with; then nothing has changed.
    """

    open: dict[Key, tuple[Account, ...]] | None = None
    status: ScenarioStatus | None = None
    due: dict[Key, AwareDatetime | None] | None = None
    events: tuple[tuple[Key, Text], ...] = ()
    refused: Key | None = None


class Step(Document):
    """One act. `node` says which task is meant where somebody has several; `to` and `resume` belong to `return`.

    Without `at` it happens a minute after the step before.
    """

    at: AwareDatetime | None = None
    by: Account
    do: ScenarioAction
    node: Key | None = None
    data: RecordValues = Field(default_factory=dict)
    to: Key | None = None
    resume: Literal["rerun", "direct"] | None = None
    comment: Annotated[str, Field(max_length=4000)] | None = None
    expect: StepExpectation | None = None


class ScenarioExpectation(Document):
    """What holds at the end; `record` names only the fields that matter."""

    status: ScenarioStatus | None = None
    record: RecordValues = Field(default_factory=dict)


class Scenario(DocumentFile):
    """One run through a flow. `start`: what holds after the submission."""

    title: Label | None = None
    flow: Key
    given: Given
    start: StepExpectation | None = None
    steps: Annotated[tuple[Step, ...], Field(max_length=500)] = ()
    expect: ScenarioExpectation = ScenarioExpectation()
