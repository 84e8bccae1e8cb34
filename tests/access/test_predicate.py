"""What a person may read, create and change, against a rule written down a second time without expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.access.predicate import (
    ADMIN,
    Access,
    Action,
    FieldAccess,
    Grant,
    NotAllowed,
    Principal,
    allows,
    read_access,
    writable_rights,
)
from engine.model.expressions import EVERYTHING, NOTHING, Compare, Expression
from engine.model.values import Value
from engine.query.match import matches

ME, OTHER = "a" * 24, "b" * 24
ADMIN_PRINCIPAL = Principal(OTHER, is_admin=True)
INPUTS: Mapping[str, frozenset[str]] = {
    "name": frozenset(),
    "price": frozenset(),
    "total": frozenset({"price"}),
    "tax": frozenset({"total"}),
}
READ: frozenset[Action] = frozenset({"read"})


def of_kind(kind: str) -> Expression:
    return Compare("kind", "eq", (kind,))


def grant(fields: Mapping[str, FieldAccess], rows: Expression = EVERYTHING, actions: frozenset[Action] = READ) -> Grant:
    return Grant(actions, rows, fields)


def hidden(access: Access, record: Mapping[str, Value], readers: frozenset[str] = frozenset()) -> frozenset[str]:
    return access.hidden_in(lambda rows: matches(rows, record, readers=readers))


def test_an_admin_sees_everything() -> None:
    assert read_access(ADMIN_PRINCIPAL, [grant({"*": "hidden"})], INPUTS) == ADMIN
    assert hidden(ADMIN, {"kind": "it"}) == frozenset()


def test_without_grants_only_own_records_and_those_of_own_processes_are_seen() -> None:
    access = read_access(Principal(ME), [], INPUTS)
    assert matches(access.rows, {"created_by": ME})
    assert not matches(access.rows, {"created_by": OTHER})
    assert matches(access.rows, {"created_by": OTHER}, readers=frozenset({ME}))
    assert access.hidden == frozenset()


def test_a_grant_to_create_shows_nothing() -> None:
    access = read_access(Principal(ME), [grant({"*": "read"}, actions=frozenset({"create"}))], INPUTS)
    assert not matches(access.rows, {"created_by": OTHER})


def test_a_field_shown_in_some_rows_is_not_shown_in_others() -> None:
    grants = [grant({"*": "read"}, of_kind("it")), grant({"*": "read", "name": "hidden"})]
    access = read_access(Principal(ME), grants, INPUTS)
    assert access.rows == EVERYTHING
    assert hidden(access, {"kind": "it", "created_by": OTHER}) == frozenset()
    assert hidden(access, {"kind": "rd", "created_by": OTHER}) == {"name"}
    assert access.hidden == {"name"}
    assert access.hidden_always == frozenset()


def test_two_grants_for_the_same_rows_show_what_either_shows() -> None:
    grants = [grant({"*": "read", "name": "hidden"}), grant({"*": "hidden", "name": "read"})]
    access = read_access(Principal(ME), grants, INPUTS)
    assert access.hidden == frozenset()


def test_what_is_computed_from_a_hidden_field_is_hidden_unless_it_is_named() -> None:
    assert read_access(Principal(ME), [grant({"*": "read", "price": "hidden"})], INPUTS).hidden == {
        "price",
        "total",
        "tax",
    }
    named = grant({"*": "read", "price": "hidden", "total": "read"})
    assert read_access(Principal(ME), [named], INPUTS).hidden == {"price"}


def test_a_hidden_subform_hides_its_columns() -> None:
    inputs: Mapping[str, frozenset[str]] = {"lines": frozenset(), "lines.price": frozenset()}
    access = read_access(Principal(ME), [grant({"*": "read", "lines": "hidden", "lines.price": "read"})], inputs)
    assert access.hidden == {"lines", "lines.price"}


def test_own_records_show_what_any_grant_shows() -> None:
    access = read_access(Principal(ME), [grant({"*": "read", "name": "hidden"}, of_kind("it"))], INPUTS)
    assert hidden(access, {"kind": "rd", "created_by": ME}) == {"name"}


def test_an_action_needs_a_grant_for_it() -> None:
    update = grant({"*": "write"}, of_kind("it"), frozenset({"update"}))
    assert allows(ADMIN_PRINCIPAL, [], "create") is None
    assert allows(Principal(ME), [update], "update") == (update,)
    with pytest.raises(NotAllowed):
        allows(Principal(ME), [update], "create")


def test_a_grant_counts_only_for_its_rows() -> None:
    update = grant({"*": "write"}, of_kind("it"), frozenset({"update"}))
    kind: Callable[[str], Callable[[Expression], bool]] = lambda key: lambda rows: matches(rows, {"kind": key})  # noqa: E731
    assert allows(Principal(ME), [update], "update", holds=kind("it")) == (update,)
    with pytest.raises(NotAllowed):
        allows(Principal(ME), [update], "update", holds=kind("rd"))


def test_what_is_readable_but_not_granted_for_writing_is_read_only() -> None:
    update = grant({"name": "write", "price": "hidden"}, actions=frozenset({"update"}))
    rights = writable_rights([update], INPUTS, hidden=frozenset({"tax"}))
    assert rights == {"name": "write", "price": "read", "total": "read", "tax": "hidden"}
    assert set(writable_rights(None, INPUTS, hidden=frozenset()).values()) == {"write"}


@dataclass(frozen=True)
class Rule:
    """A grant as a person would say it: rows of one kind (None: all; "": none)."""

    reads: bool
    kind: str | None
    hides: frozenset[str]

    def grant(self) -> Grant:
        rows = EVERYTHING if self.kind is None else of_kind(self.kind) if self.kind else NOTHING
        fields: dict[str, FieldAccess] = {"*": "read", **dict.fromkeys(self.hides, "hidden"), "total": "read"}
        return Grant(READ if self.reads else frozenset({"update"}), rows, {**fields, "tax": "read"})

    def covers(self, record: Mapping[str, Value]) -> bool:
        return self.reads and self.kind in {None, record["kind"]}


rules = st.lists(
    st.builds(
        Rule,
        reads=st.booleans(),
        kind=st.sampled_from([None, "it", "rd", ""]),
        hides=st.frozensets(st.sampled_from(["name", "price"])),
    ),
    max_size=4,
)
records = st.fixed_dictionaries(
    {"kind": st.sampled_from(["it", "rd", None]), "created_by": st.sampled_from([ME, OTHER])}
)


@given(rules, records, st.frozensets(st.sampled_from([ME, OTHER])))
def test_the_predicate_and_the_mask_mean_what_the_rule_says(
    given_rules: list[Rule], record: dict[str, str | None], readers: frozenset[str]
) -> None:
    access = read_access(Principal(ME), [rule.grant() for rule in given_rules], INPUTS)
    own = record["created_by"] == ME or ME in readers
    covering = [rule for rule in given_rules if rule.covers(record)]
    assert matches(access.rows, record, readers=readers) == (own or bool(covering))
    reading = [rule for rule in given_rules if rule.reads and rule.kind != ""] if own else covering
    shows = [rule.hides for rule in reading] or ([frozenset[str]()] if own else [])
    if shows:
        assert hidden(access, record, readers) == frozenset.intersection(*shows)
        assert hidden(access, record, readers) <= access.hidden
        assert access.hidden_always <= hidden(access, record, readers)
