"""Which key a document had before."""

from __future__ import annotations

import pytest

from engine.model.renames import former_keys


@pytest.mark.parametrize(
    ("old", "new", "formers"),
    [
        ("", {"a": None}, {"a": None}),
        ("a", {"a": None}, {"a": "a"}),
        ("a", {"b": "a"}, {"b": "a"}),
        # the rename was published before
        ("b", {"b": "a"}, {"b": "b"}),
        ("ab", {"b": "a", "a": None}, {"b": "b", "a": "a"}),
        # a new one gets the key that was given up
        ("a", {"b": "a", "a": None}, {"b": "a", "a": None}),
        ("a", {"a": None, "b": "a"}, {"a": None, "b": "a"}),
        # a chain, and one that ends in a key nobody had
        ("ab", {"b": "a", "c": "b"}, {"b": "a", "c": "b"}),
        ("ab", {"a": "c", "b": "a", "c": "b"}, {"a": None, "b": "a", "c": "b"}),
        # only one can have been it
        ("a", {"b": "a", "c": "a"}, {"b": "a", "c": None}),
        ("ab", {"a": "b", "b": "a"}, {"a": "a", "b": "b"}),
        ("a", {"b": "x"}, {"b": None}),
    ],
)
def test_a_former_key_goes_to_one_document(
    old: str, new: dict[str, str | None], formers: dict[str, str | None]
) -> None:
    assert former_keys(set(old), new) == formers
