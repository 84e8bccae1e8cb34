"""What can be asked of an instance: the closed union of commands. `at` is the instant they happen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from engine.flow.events import ReturnMode
from engine.flow.state import Decision


@dataclass(frozen=True, kw_only=True)
class Start:
    """The initiator submits; `department` is the one he acts for."""

    actor: str
    department: str | None
    at: datetime
    comment: str | None = None


@dataclass(frozen=True, kw_only=True)
class Decide:
    """The owner of a task votes, or submits his work."""

    task: int
    actor: str
    decision: Decision
    at: datetime
    comment: str | None = None


@dataclass(frozen=True, kw_only=True)
class Return:
    """The owner of a task sends the instance back; without `resume` the first mode on offer holds."""

    task: int
    actor: str
    to: str
    at: datetime
    resume: ReturnMode | None = None
    comment: str | None = None


@dataclass(frozen=True, kw_only=True)
class Withdraw:
    """The initiator takes the request back."""

    actor: str
    at: datetime
    comment: str | None = None


@dataclass(frozen=True, kw_only=True)
class Continue:
    """The answer to `RecordRequested`: the record that was created."""

    activation: int
    record: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Fail:
    """The answer to `RecordRequested` when there can be no record; the node parks with the reason in each language."""

    activation: int
    reason: str
    reason_en: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Retry:
    """An administrator has repaired the cause of an incident."""

    activation: int
    actor: str
    at: datetime


Command: TypeAlias = Start | Decide | Return | Withdraw | Continue | Fail | Retry
