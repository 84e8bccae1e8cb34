"""The records whose links lead here: the other side of a link, read when it is asked for and stored nowhere."""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from engine.model.bad_values import NotEntered
from engine.model.base import FieldPath, Key, Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase
from engine.model.field_types.link import target_name
from engine.model.values import ColumnKind, Json, RawJson, Value

MAX_RELATED_COLUMNS = 20


class RelatedField(FieldBase):
    """The records of `entity` whose link `by` (a field, or a column of a subform: `lines.product`) leads to this one.

    `app`: the application that has the entity, if it is another one. `columns`: what a list of them shows; none: what
    the entity itself would show.
    """

    type_title: ClassVar[Translated] = Translated(zh_cn="关联列表", en="Related list")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="关联到本数据的其他数据, 实时列出", en="The records that link to this one, as a live list"
    )
    type_column_kind: ClassVar[ColumnKind] = "none"
    type_operators: ClassVar[tuple[Operator, ...]] = ()
    refused_members: ClassVar[frozenset[str]] = frozenset(
        {"required", "unique", "search", "sort", "computed", "default"}
    )

    type: Literal["related"] = "related"
    entity: Key
    app: Key | None = None
    by: FieldPath
    columns: tuple[FieldPath, ...] = Field(default=(), max_length=MAX_RELATED_COLUMNS)

    @property
    def target(self) -> str:
        """Whose records are listed: an entity of the same application, or `app/entity`."""
        return target_name(self.app, self.entity)

    @property
    def is_made(self) -> bool:
        """Nobody enters it."""
        return True

    def parse_filled(self, raw: RawJson) -> Value:  # noqa: ARG002 - whatever it is
        raise NotEntered

    def dump(self, value: Value) -> Json:  # noqa: ARG002 - there is none
        return None
