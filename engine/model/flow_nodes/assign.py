"""Rules that say who works at a node. Each rule yields members; a list of rules yields them in its order."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from engine.model.base import Document, Key

Account = Annotated[str, Field(min_length=1, max_length=200)]
Level = Annotated[int, Field(ge=1, le=20)]
# `initiator`, or the key of a member field of the record.
Whose = Key


class ByMember(Document):
    """One named member, by account."""

    by: Literal["member"]
    member: Account


class ByRole(Document):
    """Everyone who holds a role."""

    by: Literal["role"]
    role: Key


class ByDepartment(Document):
    """The members of a department, with those of its sub-departments if `subtree`."""

    by: Literal["department"]
    department: Key
    subtree: bool = False


class ByDepartmentHead(Document):
    """Heads of a member's department; level 1 is the department itself, 2 its parent."""

    by: Literal["department_head"]
    of: Whose = "initiator"
    level: Level = 1


class BySupervisor(Document):
    """The person so many steps up a member's supervisor line; level 1 is the direct supervisor."""

    by: Literal["supervisor"]
    of: Whose = "initiator"
    level: Level = 1


class ByInitiator(Document):
    """Whoever started the flow."""

    by: Literal["initiator"]


class ByField(Document):
    """The members a member field holds, or the heads of the departments a department field holds."""

    by: Literal["field"]
    field: Key


class ByHandlers(Document):
    """Those who acted at an earlier node when it was last passed."""

    by: Literal["handlers"]
    of: Key


AssignRule: TypeAlias = (
    ByMember | ByRole | ByDepartment | ByDepartmentHead | BySupervisor | ByInitiator | ByField | ByHandlers
)
Assign: TypeAlias = Annotated[AssignRule, Field(discriminator="by")]
AssignList = Annotated[tuple[Assign, ...], Field(min_length=1, max_length=50)]
