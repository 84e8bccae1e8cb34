"""One value made of all records that link here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Literal

from engine.model.base import Fault, FieldPath, Key, Translated
from engine.model.expressions import Operator
from engine.model.field_types.base import FieldBase, MemberNotApplicable
from engine.model.filters import Filter
from engine.model.values import BadValue, ColumnKind, Json, RawJson, Value

RollupFunction = Literal["count", "sum", "average", "min", "max"]


class RollupNeedsField(Fault):
    code = "rollup_needs_field"
    zh = "汇总方式 “{function}” 需要指定汇总的字段"
    en = "“{function}” needs the field that is rolled up"


class RollupField(FieldBase):
    """What `function` makes of the field `field` of the records of `entity` whose link `by` leads here.

    It is read in as a field of the type of its value, see `engine.model.derived`.
    """

    type_title: ClassVar[Translated] = Translated(zh_cn="关联汇总", en="Roll-up")
    type_description: ClassVar[Translated] = Translated(
        zh_cn="关联到这条数据的所有数据的个数、合计、平均、最小或最大值",
        en="Count, sum, average, least or greatest value of all records that link here",
    )
    type_column_kind: ClassVar[ColumnKind] = "none"
    type_operators: ClassVar[tuple[Operator, ...]] = ("empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"required", "unique", "search", "computed", "default"})

    type: Literal["rollup"] = "rollup"
    entity: Key
    by: FieldPath
    function: RollupFunction
    field: FieldPath | None = None
    where: Filter | None = None

    @property
    def is_made(self) -> bool:
        """Nobody enters its value."""
        return True

    def parse_filled(self, raw: RawJson) -> Value:  # noqa: ARG002  # whatever was sent
        raise BadValue

    def dump(self, value: Value) -> Json:
        return value if isinstance(value, str) else None

    def faults(self) -> Iterator[Fault]:
        yield from super().faults()
        if self.function == "count" and self.field is not None:
            yield MemberNotApplicable(path="/field", type=self.type_key(), member="field")
        if self.function != "count" and self.field is None:
            yield RollupNeedsField(path="/field", function=self.function)
