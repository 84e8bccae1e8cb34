"""Whom a permission set is for: the person as the organisation knows him, against the grantees of a set."""

from __future__ import annotations

from collections.abc import Iterable
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


def is_granted(principal: Principal, grantees: Iterable[Grantee], directory: Directory) -> bool:
    """Whether one of the grantees is the person or has him in it."""
    return any(_includes(grantee, principal, directory) for grantee in grantees)


def _includes(grantee: Grantee, principal: Principal, directory: Directory) -> bool:
    match grantee:
        case Everyone():
            return True
        case InRole(role=key):
            return key in principal.role_keys
        case InDepartment(department=key, subtree=subtree):
            department = directory.department_by_key.get(key)
            own = principal.above_ids if subtree else principal.department_ids
            return department is not None and department.id in own
        case OneMember(member=account):
            member = directory.by_account.get(account)
            return member is not None and member.id == principal.member_id
        case _:
            assert_never(grantee)
