"""The sample organisation is one in which every kind of approver can be found."""

from __future__ import annotations

import pytest

from engine.commands.library import read_sample_organisation
from engine.model.org import Org

ROLES = {"finance", "legal", "pmo", "investment_committee", "committee_chair"}


@pytest.fixture(scope="module")
def org() -> Org:
    return read_sample_organisation()


def depth(org: Org, key: str | None) -> int:
    parents = {department.key: department.parent for department in org.departments}
    return 0 if key is None else 1 + depth(org, parents[key])


def test_departments_lie_three_deep(org: Org) -> None:
    assert len(org.departments) >= 5
    assert max(depth(org, department.key) for department in org.departments) == 3


def test_every_department_has_a_head_who_is_a_member(org: Org) -> None:
    accounts = {member.account for member in org.members}
    assert len(accounts) >= 12
    assert all(set(department.heads) & accounts for department in org.departments)


def test_all_but_the_first_person_have_a_supervisor_and_the_lines_end_with_him(org: Org) -> None:
    supervisors = {member.account: member.supervisor for member in org.members}
    (first,) = (account for account, supervisor in supervisors.items() if supervisor is None)
    for account in supervisors:
        line = [account]
        while (above := supervisors[line[-1]]) is not None:
            assert above not in line
            line.append(above)
        assert line[-1] == first


def test_the_roles_of_an_approval_are_filled(org: Org) -> None:
    assert org.roles.keys() >= ROLES
    assert all(org.roles[key].members for key in ROLES)
    # the chair votes with the committee, who needs three of its five
    assert set(org.roles["committee_chair"].members) <= set(org.roles["investment_committee"].members)
    assert len(org.roles["investment_committee"].members) == 5
