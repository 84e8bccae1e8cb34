"""Rows of a list on their way out: what their fields need is found out once, not for each record.

The outcome is that of `record_views.show_record` in every byte.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from engine.access.directory import Directory
from engine.forms.compile import CompiledEntity
from engine.forms.evaluate import record_title
from engine.forms.rights import mask
from engine.model.base import label_text
from engine.model.field_types.select import OptionsBase
from engine.model.fields import EntityField
from engine.model.values import SYSTEM_FIELDS, Json, Value
from engine.runtime.record_views import MAX_TITLE, RecordView, value_text
from engine.store.stored_rows import RowReader, StoredRow

MAX_KNOWN = 1_000
NAMES = frozenset({"member", "department"})
SYSTEM = tuple(SYSTEM_FIELDS)
Text: TypeAlias = Callable[[StoredRow, Json, Directory], str]


class RowViews:
    """How rows of an entity are shown, for each set of paths that is hidden and each language."""

    def __init__(self, compiled: CompiledEntity, reader: RowReader) -> None:
        self._compiled = compiled
        self._reader = reader
        self._known: dict[tuple[frozenset[str], str], RowView] = {}

    def of(self, hidden: frozenset[str], language: str) -> RowView:
        """As `RowView`, remembered."""
        found = self._known.get((hidden, language))
        if found is None:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            found = self._known[hidden, language] = RowView(self._compiled, self._reader, hidden, language=language)
        return found


class RowView:
    """How rows are shown without what is hidden in them."""

    def __init__(self, compiled: CompiledEntity, reader: RowReader, hidden: frozenset[str], *, language: str) -> None:
        stored = reader.stored
        shown = {
            key: field
            for key, field in compiled.entity.by_key.items()
            if key not in hidden and (key in stored.columns or key in stored.subforms)
        }
        plain = {key for key, field in shown.items() if field.is_plain_json and key in stored.columns}
        self._compiled = compiled
        self._hidden = hidden
        self._keys = tuple(shown)
        # a field whose form its column does not tell has its place here, and gets its value below
        self._read = reader.json([*SYSTEM, *(key if key in plain else SYSTEM[0] for key in shown)])
        self._others = [(key, field) for key, field in shown.items() if key not in plain]
        self._texts = {key: _text(field, language, is_plain=key in plain) for key, field in shown.items()}

    def __call__(self, row: StoredRow, directory: Directory) -> RecordView:
        """The record of a row."""
        cells = self._read(row.raw)
        values = dict(zip(self._keys, cells[len(SYSTEM) :], strict=True))
        for key, field in self._others:
            values[key] = field.dump(mask({key: row.value(key)}, self._hidden)[key])

        def show(key: str, value: Value) -> str:
            text = self._texts.get(key)
            return "" if text is None else text(row, value, directory)  # type: ignore[arg-type]  # in JSON form

        title = record_title(self._compiled, values, show)[:MAX_TITLE]  # type: ignore[arg-type]  # its texts are texts
        return RecordView(*cells[: len(SYSTEM)], title, values)  # type: ignore[arg-type, call-arg]  # in order


def _text(field: EntityField, language: str, *, is_plain: bool) -> Text:
    """How a value is named in a title."""
    if is_plain and field.column_kind in {"text", "reference"} and field.type not in NAMES:
        titles = {}
        if isinstance(field, OptionsBase):
            titles = {option.key: label_text(option.title, language) for option in field.options}
        return lambda _row, cell, _directory: "" if cell is None else titles.get(str(cell), str(cell))
    key = field.key
    return lambda row, _cell, directory: value_text(field, row.value(key), directory=directory, language=language)
