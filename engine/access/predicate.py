"""The one authorization function: from a person and the grants of an entity to a row predicate and a field mask.

Every read of records goes through the predicate (list, get, count, history, files, flow views); see DESIGN §9.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.errors import Rejection
from engine.model.expressions import EVERYTHING, NOTHING, AnyOf, Compare, Expression, IsReader

Action = Literal["read", "create", "update"]
FieldAccess: TypeAlias = Literal["hidden", "read", "write"]


class NotAllowed(Rejection):
    """The person may not do this."""

    code = "not_allowed"
    status = 403
    zh = "没有权限"
    en = "You are not allowed to do this"


@dataclass(frozen=True)
class Principal:
    """The person who asks. `department_ids` are his own, `above_ids` these with all departments above them."""

    member_id: str
    is_admin: bool = False
    role_keys: frozenset[str] = frozenset()
    department_ids: frozenset[str] = frozenset()
    above_ids: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grant:
    """A permission set that applies to the person: rows already an expression, fields by path or `*`."""

    actions: frozenset[Action]
    rows: Expression
    fields: Mapping[str, FieldAccess]


@dataclass(frozen=True)
class Access:
    """What a person may see of an entity outside of tasks: rows that satisfy `rows`, without the `hidden` paths."""

    rows: Expression
    hidden: frozenset[str]
    is_admin: bool = False


ADMIN = Access(EVERYTHING, frozenset(), is_admin=True)


def read_access(principal: Principal, grants: Iterable[Grant], paths: Iterable[str]) -> Access:
    """Admins see all. Others see what they created, what they take part in, and the rows of their grants.

    A field is hidden when the person has grants to read and all of them hide it; who has none sees his own and
    his processes' records whole, but for what flow nodes hide from him.
    """
    if principal.is_admin:
        return ADMIN
    readable = [grant for grant in grants if "read" in grant.actions]
    own: tuple[Expression, ...] = (
        Compare("created_by", "eq", (principal.member_id,)),
        IsReader(principal.member_id),
    )
    rows = AnyOf((*own, *(grant.rows for grant in readable if grant.rows != NOTHING)))
    if any(grant.rows == EVERYTHING for grant in readable):
        return Access(EVERYTHING, _hidden(readable, paths))
    return Access(rows, _hidden(readable, paths))


def _hidden(grants: list[Grant], paths: Iterable[str]) -> frozenset[str]:
    if not grants:
        return frozenset()
    return frozenset(path for path in paths if all(field_access(grant, path) == "hidden" for grant in grants))


def field_access(grant: Grant, path: str) -> FieldAccess:
    """The access a grant gives to a path; a column without its own entry follows its subform, then `*`."""
    for key in (path, path.partition(".")[0], "*"):
        if key in grant.fields:
            return grant.fields[key]
    return "hidden"


def allows(principal: Principal, grants: Iterable[Grant], action: Action) -> tuple[Grant, ...] | None:
    """The grants that give the action; None: the person is an admin and needs none; raises `NotAllowed`."""
    if principal.is_admin:
        return None
    given = tuple(grant for grant in grants if action in grant.actions)
    if not given:
        raise NotAllowed
    return given


def writable_rights(grants: tuple[Grant, ...] | None, paths: Iterable[str]) -> dict[str, FieldAccess]:
    """For each path the strongest access of the grants; everything for an admin."""
    strength = {"hidden": 0, "read": 1, "write": 2}
    found: dict[str, FieldAccess] = {}
    for path in paths:
        if grants is None:
            found[path] = "write"
        else:
            found[path] = max((field_access(grant, path) for grant in grants), key=strength.__getitem__)
    return found
