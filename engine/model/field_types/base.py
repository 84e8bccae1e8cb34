"""What every field type shares: authored members, and the contract between a type and the rest of the engine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, ClassVar, Literal, Self, cast

from pydantic import GetJsonSchemaHandler, SerializerFunctionWrapHandler, model_serializer, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from engine.model.bad_values import BadCell, NotInCells
from engine.model.base import Document, Fault, Faults, FormulaText, Key, Label, Translated
from engine.model.cells import CellNames
from engine.model.expressions import Operator
from engine.model.values import BadValue, ColumnKind, Json, RawJson, Value


class MemberNotApplicable(Fault):
    code = "member_not_applicable"
    zh = "“{type}” 字段不支持 “{member}”"
    en = "A field of type “{type}” has no “{member}”"


class ComputedConflict(Fault):
    code = "computed_conflict"
    zh = "计算字段不能同时设置 “{member}”, 它的值不由人填写"
    en = "A computed field cannot have “{member}”: nobody enters its value"


class FieldBase(Document):
    """Members common to all field types; subclasses add `type`, their own members, `parse_filled` and `dump`."""

    type_title: ClassVar[Translated]
    type_description: ClassVar[Translated]
    type_column_kind: ClassVar[ColumnKind] = "text"
    type_operators: ClassVar[tuple[Operator, ...]] = ("eq", "ne", "in", "not_in", "empty", "not_empty")
    # whether `dump` gives for every value the JSON form that values of the column's kind have; then pages are made
    # without reading values one by one (engine.store.columns.json_reader)
    type_plain_json: ClassVar[bool] = False
    refused_members: ClassVar[frozenset[str]] = frozenset()

    key: Key
    title: Label
    help: Label | None = None
    was: Key | None = None
    required: bool = False
    required_when: FormulaText | None = None
    unique: bool = False
    search: bool = False
    sort: bool = False
    computed: FormulaText | None = None
    default: FormulaText | None = None
    # never authored: `engine.model.derived` writes it
    derived: Literal["lookup", "rollup"] | None = None

    @property
    def is_made(self) -> bool:
        """Whether the engine computes the value, so that nobody enters it."""
        return self.computed is not None or self.derived is not None

    @property
    def column_kind(self) -> ColumnKind:
        """The logical kind of the column that holds this field."""
        return self.type_column_kind

    @property
    def is_plain_json(self) -> bool:
        """Whether its JSON form is that of its column's kind."""
        return self.type_plain_json

    @property
    def operators(self) -> tuple[Operator, ...]:
        """The comparisons the store makes with this field."""
        return self.type_operators

    def parse(self, raw: RawJson) -> Value:
        """The canonical value of a JSON input; None, "" and [] are empty. Raises `BadValue` or a subclass of it."""
        if raw is None or raw in ("", [], ()):
            return None
        return self.parse_filled(raw)

    def parse_filled(self, raw: RawJson) -> Value:
        """As `parse`, for an input that is not empty."""
        raise NotImplementedError

    def refusal_of(self, value: Value) -> BadValue | None:  # noqa: ARG002  # types that have limits look at it
        """Why a value of the right form may not be entered, though filters may name it; None: it may."""
        return None

    def dump(self, value: Value) -> Json:
        """The JSON form of a canonical value, as `parse` accepts it."""
        raise NotImplementedError

    def write_cell(self, value: Value, names: CellNames) -> str:  # noqa: ARG002 - for types that name others
        """The value as the text of one cell, which `read_cell` reads as the same value; nothing for none."""
        written = self.dump(value)
        if written is None or isinstance(written, str):
            return written or ""
        return json.dumps(written, ensure_ascii=False)

    def read_cell(self, text: str, names: CellNames) -> RawJson:
        """What `parse` is given for the text of a cell. Raises `BadValue` or a subclass of it."""
        if self.is_made:
            raise NotInCells
        return self.read_filled_cell(text.strip(), names) if text.strip() else None

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - as above
        """As `read_cell`, for a text that is not empty."""
        if self.column_kind not in {"json", "table", "links"}:
            return text
        try:
            return cast("RawJson", json.loads(text, parse_constant=_no_number))
        except (ValueError, RecursionError):
            raise BadCell from None

    def faults(self) -> Iterator[Fault]:
        """What is wrong between members that are each of the right form; paths are below this field."""
        for member in sorted(self.members_refused() & self.model_fields_set):
            yield MemberNotApplicable(path=f"/{member}", type=self.type_key(), member=member)
        if self.computed is not None:
            for member in ("required", "required_when", "default"):
                if getattr(self, member):
                    yield ComputedConflict(path=f"/{member}", member=member)

    @classmethod
    def members_refused(cls) -> frozenset[str]:
        """The members that the type does not have; what is never required is not on a condition either."""
        return cls.refused_members | ({"required_when"} if "required" in cls.refused_members else frozenset())

    @classmethod
    def type_key(cls) -> str:
        """The value of `type` that chooses this class in a definition."""
        return str(cls.model_fields["type"].default)

    @model_validator(mode="after")
    def _has_no_faults(self) -> Self:
        if faults := tuple(self.faults()):
            raise Faults(faults)
        return self

    @model_serializer(mode="wrap")
    def _with_type(self, handler: SerializerFunctionWrapHandler) -> dict[str, object]:
        """`type` has a default for code that makes fields, and is written all the same: it chooses the class."""
        members: dict[str, object] = handler(self)
        return {"key": self.key, "type": self.type_key()} | members

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        is_read = handler.mode == "serialization"
        schema = handler(_as_authored(core) if is_read else core)
        body: dict[str, Any] = handler.resolve_ref_schema(schema)
        for member in cls.members_refused() if is_read else {*cls.members_refused(), "derived"}:
            body.get("properties", {}).pop(member, None)
        if is_read:
            body["required"] = sorted({"type", *body.get("required", ())})
        return schema


def _as_authored(core: CoreSchema) -> CoreSchema:
    """Without the serializer, of which a description knows no members: what is written are the members as authored."""
    inner: Any = core
    kept = {name: part for name, part in inner.items() if name != "serialization"}
    if isinstance(kept.get("schema"), dict):
        kept["schema"] = _as_authored(kept["schema"])
    return cast("CoreSchema", kept)


def _no_number(_name: str) -> float:
    """JSON knows neither NaN nor Infinity."""
    raise ValueError
