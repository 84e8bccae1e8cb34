"""A call of the runtime: who asks, when, in which language, and what everything stands on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from itertools import chain

from engine.access.directory import Directory
from engine.access.predicate import Principal
from engine.forms.context import CURRENT_DEPARTMENT, CURRENT_USER, Context
from engine.query.context import QueryContext
from engine.runtime.catalog import Caches, Catalog, Standings
from engine.runtime.settings import WorkspaceSettings
from engine.store.database import Tx
from engine.store.history import AuditEntry

# The operator at the command line: may do everything, and is nobody in the organisation.
OPERATOR = Principal(member_id="", is_admin=True)


@dataclass
class Draws:
    """Ids for one unit of work. A unit may run again: after `rewind` the same ids come out in the same order."""

    source: Iterator[str]
    _drawn: list[str] = field(default_factory=list)
    _next: int = 0

    def __iter__(self) -> Draws:
        return self

    def __next__(self) -> str:
        if self._next == len(self._drawn):
            self._drawn.append(next(self.source))
        self._next += 1
        return self._drawn[self._next - 1]

    def rewind(self) -> None:
        """Begin again with the first id."""
        self._next = 0


@dataclass(frozen=True)
class Call:
    """One call. `origin_id`: the admin who acts in the principal's place.

    `holds_totals`: whether writes beyond the bounds of totals are refused; who publishes looks at all of them himself.
    """

    principal: Principal
    now: datetime
    ids: Iterator[str]
    caches: Caches
    workspace: WorkspaceSettings
    directory: Directory
    catalog: Catalog
    language: str = "zh-CN"
    origin_id: str | None = None
    holds_totals: bool = True
    standings: Standings = field(default_factory=dict, compare=False, repr=False)

    @property
    def actor_id(self) -> str | None:
        """The acting member; None for the operator."""
        return self.principal.member_id or None

    @property
    def member_id(self) -> str:
        """The acting member; empty for the operator."""
        return self.principal.member_id

    @cached_property
    def form_context(self) -> Context:
        """What evaluating a form of a new record needs to know."""
        return self.acting_for(self.directory.main_department(self.member_id))

    def acting_for(self, department_id: str | None) -> Context:
        """What evaluating a form needs to know while a new record is made for this department."""
        context = Context(
            now=self.now,
            zone=self.workspace.zone,
            calendars=self.workspace.work_calendars,
            is_member=self.directory.is_active,
            is_department=self.directory.departments.__contains__,
            member_id=self.actor_id,
            department_id=department_id,
        )
        return context.for_new_record(created_by=self.actor_id, department_id=department_id)

    @cached_property
    def query_context(self) -> QueryContext:
        """What relative filter values refer to."""
        own = self.directory.members.get(self.member_id)
        departments = own.department_ids if own is not None else ()
        below = dict.fromkeys(chain.from_iterable(self.directory.subtree(item) for item in departments))
        return QueryContext(
            now=self.now,
            zone=self.workspace.zone,
            member_id=self.member_id,
            department_ids=departments,
            subtree_ids=tuple(below),
            subordinate_ids=tuple(sorted(self.directory.subordinates(self.member_id))),
            calendars=self.workspace.work_calendars,
            current={
                CURRENT_USER: self.actor_id,
                CURRENT_DEPARTMENT: self.directory.main_department(self.member_id),
            },
        )

    def audit(
        self, action: str, target_kind: str, *, target_id: str | None = None, **details: str | int | None
    ) -> AuditEntry:
        """An entry of the audit trail about this call."""
        return AuditEntry(
            id=next(self.ids),
            at=self.now,
            actor_id=self.actor_id,
            action=action,
            target_kind=target_kind,
            target_id=target_id,
            origin_id=self.origin_id,
            details=details,
        )


async def refresh(tx: Tx, call: Call) -> Call:
    """The call on what has been written so far, by this transaction or others that ended meanwhile."""
    around = await call.caches.surroundings(tx)
    return replace(
        call,
        workspace=around.workspace,
        directory=around.directory,
        catalog=around.catalog,
        standings=around.standings,
    )
