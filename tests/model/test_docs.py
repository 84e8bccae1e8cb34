"""The page about field types says what is true of every type."""

from __future__ import annotations

from typing import get_args

import pytest

from engine.model.field_types.base import FieldBase
from engine.model.field_types.columns import Column
from engine.model.fields import FIELD_TYPES
from engine.model.schema_texts import member_text
from tests.model.applications import ROOT

LINES = (ROOT / "docs" / "field-types.md").read_text(encoding="utf-8").splitlines()
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in LINES if line.startswith("| `")]
TYPE_ROWS = {row[0].strip("`"): row for row in ROWS if len(row) == 6}
MEMBER_ROWS = [row for row in ROWS if len(row) == 2]
TYPES = pytest.mark.parametrize("field_type", FIELD_TYPES, ids=lambda field_type: field_type.type_key())
OPTIONAL = ("required", "unique", "search", "sort", "computed", "default")


@TYPES
def test_a_type_is_documented_with_its_names_members_and_limits(field_type: type[FieldBase]) -> None:
    _, names, members, refused, value, column = TYPE_ROWS[field_type.type_key()]
    title, description = field_type.type_title, field_type.type_description
    assert names == f"{title.zh_cn} / {title.en}: {description.zh_cn} / {description.en}"
    own = [name for name in field_type.model_fields if name not in {*FieldBase.model_fields, "type"}]
    assert members.split() == [f"`{name}`" for name in own]
    assert refused.split() == [f"`{name}`" for name in OPTIONAL if name in field_type.refused_members]
    assert value
    assert bool(column) == (field_type in get_args(Column))


@TYPES
def test_every_member_of_a_type_is_explained(field_type: type[FieldBase]) -> None:
    for name in field_type.model_fields:
        text = member_text(field_type.__name__, name)
        assert text is not None
        assert any(row[0].startswith(f"`{name}`") and row[1] == f"{text.zh} / {text.en}" for row in MEMBER_ROWS), name
