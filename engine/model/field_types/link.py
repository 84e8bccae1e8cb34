"""A record of another entity, or of the same one, also of another application; or several of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from pydantic import Field

from engine.model.bad_values import NotAList, TooManyItems
from engine.model.base import Fault, Key, Translated
from engine.model.cells import CellNames, find_id, read_list, written_list
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase, MemberNotApplicable
from engine.model.field_types.member import MAX_REFERENCES, MULTIPLE_OPERATORS, parse_id
from engine.model.values import ColumnKind, Json, RawJson, Value


class LinkField(FieldBase):
    """One record of the entity `entity`, held by its id; an ordered list of ids when `multiple` is set.

    `app`: the application that has the entity, if it is another one.
    """

    type_title: ClassVar[Translated] = Translated(zh_cn="关联数据", en="Link")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="本应用或其他应用中某个实体的一条或多条数据",
        en="One or several records of an entity, of this or another application",
    )
    type_column_kind: ClassVar[ColumnKind] = "reference"
    type_plain_json: ClassVar[bool] = True
    refused_members: ClassVar[frozenset[str]] = frozenset({"search", "sort", "computed"})

    type: Literal["link"] = "link"
    entity: Key
    app: Key | None = None
    multiple: bool = False
    max_items: int = Field(default=MAX_REFERENCES, ge=1, le=MAX_REFERENCES)

    @property
    def target(self) -> str:
        """Where it leads: the key of an entity of the same application, or `app/entity`."""
        return target_name(self.app, self.entity)

    @property
    def column_kind(self) -> ColumnKind:
        """Several links are a list with an index table beside it."""
        return "links" if self.multiple else self.type_column_kind

    @property
    def operators(self) -> tuple[Operator, ...]:
        """Several links are compared as a set."""
        return MULTIPLE_OPERATORS if self.multiple else self.type_operators

    def parse_filled(self, raw: RawJson) -> Value:
        if not self.multiple:
            return parse_id(raw)
        # what was written while the field held one link: drafts, and clients that still do so
        listed = [raw] if isinstance(raw, str) else raw
        if not isinstance(listed, list | tuple):
            raise NotAList
        ids = tuple(dict.fromkeys(parse_id(item) for item in listed))
        if len(ids) > self.max_items:
            raise TooManyItems(max=self.max_items, count=len(ids))
        return ids

    def dump(self, value: Value) -> Json:
        if isinstance(value, tuple):
            return [item for item in value if isinstance(item, str)]
        return value if isinstance(value, str) else None

    def write_cell(self, value: Value, names: CellNames) -> str:
        titles = names.records
        known = names.records_named
        return written_list(known.write(key, [titles[key]] if key in titles else []) for key in linked_ids(value))

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:
        known = names.records_named
        if self.multiple:
            return read_list(text, lambda part: find_id(known, part))
        return find_id(known, text)

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.multiple and self.unique:
            yield MemberNotApplicable(path="/unique", type=self.type_key(), member="unique")
        if not self.multiple and "max_items" in self.model_fields_set:
            yield MemberNotApplicable(path="/max_items", type=self.type_key(), member="max_items")


def target_name(app: str | None, entity: str) -> str:
    """What an entity is called where that of another application has the key of that in front."""
    return entity if app is None else f"{app}/{entity}"


def linked_ids(value: object) -> tuple[str, ...]:
    """The ids that the value of a link holds, be it one or several; none for anything else."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list | tuple):
        return tuple(item for item in value if isinstance(item, str))
    return ()
