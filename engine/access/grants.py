"""Whom a permission set is for: the person as the organisation knows him, against the grantees of a set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from engine.access.directory import Directory
from engine.access.predicate import Principal
from engine.model.permission_sets import Everyone, Grantee, InDepartment, InRole, OneMember


def principal_of(directory: Directory, member_id: str) -> Principal | None:
    """The person with his roles and departments; None when he is unknown or disabled."""
    member = directory.members.get(member_id)
    if member is None or not member.is_active:
        return None
    above = {department.id for own in member.department_ids for department in directory.upward(own)}
    return Principal(
        member_id=member_id,
        is_admin=member.is_admin,
        role_keys=directory.roles_of(member_id),
        department_ids=frozenset(member.department_ids),
        above_ids=frozenset(above),
    )


def is_granted(
    principal: Principal, grantees: Iterable[Grantee], directory: Directory, *, roles: Mapping[str, str] | None = None
) -> bool:
    """Whether one of the grantees is the person or has him in it.

    `roles`: the workspace's role for each role the application needs; without it the keys are the same.
    """
    return any(_includes(grantee, principal, directory, roles=roles or {}) for grantee in grantees)


def _includes(grantee: Grantee, principal: Principal, directory: Directory, *, roles: Mapping[str, str]) -> bool:
    match grantee:
        case Everyone():
            return True
        case InRole(role=key):
            return roles.get(key, key) in principal.role_keys
        case InDepartment(department=key, subtree=subtree):
            department = directory.department_by_key.get(key)
            own = principal.above_ids if subtree else principal.department_ids
            return department is not None and department.id in own
        case OneMember(member=account):
            member = directory.by_account.get(account)
            return member is not None and member.id == principal.member_id
        case _:
            assert_never(grantee)
