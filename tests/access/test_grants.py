"""Whom a permission set is for."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from engine.access.directory import Department, Directory, Member, Role
from engine.access.grants import is_granted, principal_of
from engine.model.permission_sets import Grantee

GRANTEE: TypeAdapter[Grantee] = TypeAdapter(Grantee)
DIRECTORY = Directory(
    members={
        "m1": Member("m1", "zhang.wei", "张伟", department_ids=("d3",)),
        "m2": Member("m2", "li.na", "李娜", is_admin=True),
        "m3": Member("m3", "gone", "离职", is_active=False, department_ids=("d3",)),
    },
    departments={
        "d1": Department("d1", "company", "公司"),
        "d2": Department("d2", "rd", "研发", parent_id="d1"),
        "d3": Department("d3", "platform", "平台", parent_id="d2"),
    },
    roles={"finance": Role("r1", "finance", "财务", ("m1",))},
)


def test_a_person_has_his_roles_his_departments_and_those_above() -> None:
    principal = principal_of(DIRECTORY, "m1")
    assert principal is not None
    assert principal.role_keys == {"finance"}
    assert principal.department_ids == {"d3"}
    assert principal.above_ids == {"d1", "d2", "d3"}
    assert not principal.is_admin


def test_a_disabled_or_unknown_person_is_nobody() -> None:
    assert principal_of(DIRECTORY, "m3") is None
    assert principal_of(DIRECTORY, "m9") is None


@pytest.mark.parametrize(
    ("grantee", "expected"),
    [
        ({"everyone": True}, True),
        ({"role": "finance"}, True),
        ({"role": "legal"}, False),
        ({"department": "platform"}, True),
        ({"department": "rd"}, False),
        ({"department": "rd", "subtree": True}, True),
        ({"department": "nowhere", "subtree": True}, False),
        ({"member": "zhang.wei"}, True),
        ({"member": "li.na"}, False),
    ],
)
def test_a_set_is_for_whom_it_names(grantee: dict[str, object], *, expected: bool) -> None:
    principal = principal_of(DIRECTORY, "m1")
    assert principal is not None
    assert is_granted(principal, [GRANTEE.validate_python(grantee)], DIRECTORY) is expected
