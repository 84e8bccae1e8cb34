"""Nodes the engine does by itself: copies, triggers and the early end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from engine.model.base import Document, FormulaText, Key, Label
from engine.model.flow_nodes.assign import AssignList


class Cc(Document):
    """Members who are told and may read the record; never waits."""

    to: AssignList


class CreateRecord(Document):
    """Creates a record of `entity` with the values of the formulas; `once`: not again when the node runs again."""

    do: Literal["create_record"]
    entity: Key
    values: Annotated[Mapping[Key, FormulaText], Field(min_length=1, max_length=500)] = Field(alias="map")
    once: bool = True


class Terminate(Document):
    """Ends the whole instance with a result."""

    result: Literal["approved", "rejected", "terminated"]
    reason: Label | None = None
