"""The one authorization function: from a person and the grants of an entity to a row predicate and a field mask.

Every read of records goes through the predicate (list, get, count, history, files, flow views); see DESIGN §9.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from engine.errors import Rejection
from engine.model.expressions import EVERYTHING, NOTHING, AnyOf, Compare, Expression, IsReader
from engine.model.paths import above

Action = Literal["read", "create", "update", "delete"]
FieldAccess: TypeAlias = Literal["hidden", "read", "write"]
# Every path of the entity with the paths its value is computed from, those first that others are computed from.
Inputs: TypeAlias = Mapping[str, frozenset[str]]
# Whether a row condition holds for the record in question.
Holds: TypeAlias = Callable[[Expression], bool]


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
class Layer:
    """One reason why rows may be read, and the paths that are hidden when it is the only one."""

    rows: Expression
    hidden: frozenset[str]


@dataclass(frozen=True)
class Access:
    """What a person may see of an entity outside of tasks.

    `rows`: the predicate. `hidden`: paths hidden in some of these rows; filters, sorts and sums must not use them.
    What may be shown of one record is `hidden_in`.
    """

    rows: Expression
    hidden: frozenset[str]
    layers: tuple[Layer, ...] = ()
    is_admin: bool = False

    @property
    def hidden_always(self) -> frozenset[str]:
        """Paths that no row shows: not even the fields themselves need to be mentioned."""
        return frozenset.intersection(*(layer.hidden for layer in self.layers)) if self.layers else self.hidden

    def hidden_in(self, holds: Holds) -> frozenset[str]:
        """Paths hidden in one record: those that every layer hides whose row condition holds for it."""
        if not self.hidden:
            return self.hidden
        found = [layer.hidden for layer in self.layers if holds(layer.rows)]
        return frozenset.intersection(*found) if found else self.hidden


ADMIN = Access(EVERYTHING, frozenset(), is_admin=True)


def read_access(
    principal: Principal, grants: Iterable[Grant], inputs: Inputs, *, beyond: frozenset[str] = frozenset()
) -> Access:
    """Admins see all. Others see what they created, what they take part in, and the rows of their grants.

    In each row the fields are seen that some grant for this row shows. Own records and those of processes follow
    what any grant shows; who has no grant to read sees them whole, but for what flow nodes hide from him. `beyond`:
    paths through links that the person may not see; what is computed from them is hidden unless a grant names it.
    """
    if principal.is_admin:
        return ADMIN
    readable = [grant for grant in grants if "read" in grant.actions and grant.rows != NOTHING]
    own = AnyOf((Compare("created_by", "eq", (principal.member_id,)), IsReader(principal.member_id)))
    layers = _merged([Layer(grant.rows, hidden_by(grant, inputs, beyond=beyond)) for grant in readable])
    if layers:
        shown_somewhere = frozenset.intersection(*(layer.hidden for layer in layers))
    else:
        shown_somewhere = made_from(inputs, beyond)
    if any(layer.rows == EVERYTHING for layer in layers):
        rows: Expression = EVERYTHING
    else:
        rows = AnyOf((*own.parts, *(layer.rows for layer in layers)))
    layers = [Layer(own, shown_somewhere), *layers]
    return Access(rows, frozenset().union(*(layer.hidden for layer in layers)), tuple(layers))


def _merged(layers: Sequence[Layer]) -> list[Layer]:
    """One layer for each row condition; what is shown in all rows is shown in those of every layer."""
    found: dict[Expression, frozenset[str]] = {}
    for layer in layers:
        found[layer.rows] = found.get(layer.rows, layer.hidden) & layer.hidden
    everywhere = found.get(EVERYTHING)
    return [Layer(rows, hidden if everywhere is None else hidden & everywhere) for rows, hidden in found.items()]


def hidden_by(grant: Grant, inputs: Inputs, *, beyond: frozenset[str] = frozenset()) -> frozenset[str]:
    """What one grant hides; a computed value is hidden with its inputs unless the grant names it.

    `beyond`: paths through links that are hidden from the person, whose records others' grants are for.
    """
    hidden: set[str] = set()
    for path, needs in inputs.items():
        by_input = path not in grant.fields and not needs.isdisjoint(hidden | beyond)
        if by_input or field_access(grant, path) == "hidden":
            hidden.add(path)
    return frozenset(hidden)


def made_from(inputs: Inputs, beyond: frozenset[str]) -> frozenset[str]:
    """The values that are computed from these paths, directly or not."""
    found: set[str] = set()
    for path, needs in inputs.items():
        if not needs.isdisjoint(found | beyond):
            found.add(path)
    return frozenset(found)


def field_access(grant: Grant, path: str) -> FieldAccess:
    """The access a grant gives to a path; a column without its own entry follows its subforms, then `*`."""
    outer = tuple(above(path))
    if any(grant.fields.get(subform) == "hidden" for subform in outer):
        return "hidden"
    for key in (path, *reversed(outer), "*"):
        if key in grant.fields:
            return grant.fields[key]
    return "hidden"


def allows(
    principal: Principal, grants: Iterable[Grant], action: Action, *, holds: Holds | None = None
) -> tuple[Grant, ...] | None:
    """The grants that give the action; None: the person is an admin and needs none; raises `NotAllowed`.

    With `holds`, only grants whose row condition holds for the record in question count.
    """
    if principal.is_admin:
        return None
    given = tuple(grant for grant in grants if action in grant.actions and (holds is None or holds(grant.rows)))
    if not given:
        raise NotAllowed
    return given


def writable_rights(
    grants: Sequence[Grant] | None, paths: Iterable[str], *, hidden: frozenset[str]
) -> dict[str, FieldAccess]:
    """What may be entered: `hidden` paths stay hidden, others are written where a grant says so (None: everywhere)."""
    found: dict[str, FieldAccess] = {}
    for path in paths:
        if path in hidden:
            found[path] = "hidden"
        else:
            given = grants is None or any(field_access(grant, path) == "write" for grant in grants)
            found[path] = "write" if given else "read"
    return found
