"""`records/<entity>.json`: sample records, entered by members of the sample organisation."""

from __future__ import annotations

from typing import Annotated

from pydantic import JsonValue, RootModel, StringConstraints

from engine.model.base import Document, Key
from engine.model.permission_sets import Account

# A time before installation, so that samples never grow old.
Before = Annotated[str, StringConstraints(pattern=r"^-P([0-9]{1,4}D(T[0-9]{1,2}H)?|T[0-9]{1,3}H)$")]


class SampleRecord(Document):
    """One record entered by `by`, so long before installation as `at` says; `submit` sends it through that form.

    Members and departments among the values are written as accounts and department keys, links as the `key` of a sample
    record of the entity they lead to.
    """

    key: Key | None = None
    by: Account
    at: Before | None = None
    submit: Key | None = None
    values: dict[Key, JsonValue]


class SampleRecords(RootModel[tuple[SampleRecord, ...]]):
    """The sample records of one entity."""
