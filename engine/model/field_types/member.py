"""A member of the organisation, or several."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar, Literal

from engine.model.bad_values import BadId, NotAList, TooManyItems
from engine.model.base import Fault, Translated
from engine.model.cells import CellNames, Named, find_id, read_list, written_list
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase, MemberNotApplicable
from engine.model.values import ColumnKind, Json, RawJson, Value

MAX_REFERENCES = 500
SINGLE_OPERATORS: tuple[Operator, ...] = ("eq", "ne", "in", "not_in", "empty", "not_empty")
MULTIPLE_OPERATORS: tuple[Operator, ...] = ("has_any", "has_all", "empty", "not_empty")
_ID = re.compile(r"[0-9a-f]{24}")


def parse_id(raw: RawJson) -> str:
    """An id as the engine makes them. Raises `BadId`."""
    if not isinstance(raw, str) or not _ID.fullmatch(raw):
        raise BadId
    return raw


class ReferenceBase(FieldBase):
    """What fields that point at members or departments share."""

    type_column_kind: ClassVar[ColumnKind] = "reference"
    type_plain_json: ClassVar[bool] = True
    refused_members: ClassVar[frozenset[str]] = frozenset({"search", "sort", "computed"})

    multiple: bool = False

    @property
    def column_kind(self) -> ColumnKind:
        """Several references are stored as JSON."""
        return "json" if self.multiple else self.type_column_kind

    @property
    def operators(self) -> tuple[Operator, ...]:
        """Several references are compared as a set."""
        return MULTIPLE_OPERATORS if self.multiple else self.type_operators

    def parse_filled(self, raw: RawJson) -> Value:
        if not self.multiple:
            return parse_id(raw)
        if not isinstance(raw, list | tuple):
            raise NotAList
        ids = tuple(dict.fromkeys(parse_id(item) for item in raw))
        if len(ids) > MAX_REFERENCES:
            raise TooManyItems(max=MAX_REFERENCES, count=len(ids))
        return ids

    def named(self, names: CellNames) -> Named:
        """Those that may be meant."""
        raise NotImplementedError

    def texts_of(self, key: str, names: CellNames) -> Iterator[str]:
        """What one is called, the best first."""
        raise NotImplementedError

    def write_cell(self, value: Value, names: CellNames) -> str:
        ids = value if isinstance(value, tuple) else (value,)
        known = self.named(names)
        return written_list(known.write(key, self.texts_of(key, names)) for key in ids if isinstance(key, str))

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:
        known = self.named(names)
        if self.multiple:
            return read_list(text, lambda part: find_id(known, part))
        return find_id(known, text)

    def dump(self, value: Value) -> Json:
        if isinstance(value, tuple):
            return [item for item in value if isinstance(item, str)]
        return value if isinstance(value, str) else None

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.multiple and self.unique:
            yield MemberNotApplicable(path="/unique", type=self.type_key(), member="unique")


class MemberField(ReferenceBase):
    """One member, or several when `multiple` is set."""

    type_title: ClassVar[Translated] = Translated(zh_cn="成员", en="Member")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="组织中的一位或多位成员", en="One or several members of the organisation"
    )

    type: Literal["member"] = "member"

    def named(self, names: CellNames) -> Named:
        return names.members_named

    def texts_of(self, key: str, names: CellNames) -> Iterator[str]:
        if key in names.members:
            yield names.members[key].name
            yield names.members[key].account
