"""Several of the options."""

from __future__ import annotations

from typing import ClassVar, Literal

from engine.model.bad_values import NotAList
from engine.model.base import Translated
from engine.model.cells import CellNames, read_list, written_list
from engine.model.expressions import Operator
from engine.model.field_types.select import OptionsBase
from engine.model.values import ColumnKind, Json, RawJson, Value


class MultiSelectField(OptionsBase):
    """Any number of the options; kept in the order of the options, each once."""

    type_title: ClassVar[Translated] = Translated(zh_cn="多选", en="Multiple choice")
    type_description: ClassVar[Translated] = Translated(zh_cn="从选项中选择多个", en="Any number of a list of options")
    type_column_kind: ClassVar[ColumnKind] = "json"
    type_plain_json: ClassVar[bool] = True
    type_operators: ClassVar[tuple[Operator, ...]] = ("has_any", "has_all", "empty", "not_empty")
    refused_members: ClassVar[frozenset[str]] = frozenset({"unique", "search", "sort", "computed"})

    type: Literal["multi_select"] = "multi_select"

    def parse_filled(self, raw: RawJson) -> Value:
        if not isinstance(raw, list | tuple):
            raise NotAList
        chosen = {self.parse_option(option) for option in raw}
        return tuple(key for key in self.option_keys if key in chosen)

    def write_cell(self, value: Value, names: CellNames) -> str:
        keys = value if isinstance(value, tuple) else ()
        return written_list(self.option_cell(key, names) for key in keys if isinstance(key, str))

    def read_filled_cell(self, text: str, names: CellNames) -> RawJson:  # noqa: ARG002 - both languages at once
        return read_list(text, self.option_of_cell)

    def dump(self, value: Value) -> Json:
        return [item for item in value if isinstance(item, str)] if isinstance(value, tuple) else None
