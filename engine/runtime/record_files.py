"""Files of records: which may be put where, and the mark that a record holds them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.errors import Problem, Rejection
from engine.forms.entry import Entry
from engine.forms.rights import Rights, hidden_paths
from engine.model.field_types.attachment import FilesBase
from engine.model.field_types.subform import SubformField
from engine.model.fields import EntityField
from engine.model.paths import is_among, path_of
from engine.model.rows import rows_of
from engine.model.values import BadValue, FileRef, Row, Value, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.store.database import Tx
from engine.store.files import FileUse, find_files, use_files
from engine.store.records import Record


class UnknownFile(Rejection):
    """A file that does not exist or belongs to somebody else."""

    code = "unknown_file"
    status = 422
    zh = "没有这个文件, 或无权使用"
    en = "There is no such file, or it is not yours"


@dataclass(frozen=True)
class Held:
    """Files of the record as it is stored: those that the writer sees, and all of them by path."""

    shown: frozenset[str]
    by_path: Mapping[str, frozenset[str]]

    @staticmethod
    def of(entity: AppEntity, stored: Record | None, rights: Rights) -> Held:
        """What a writer with these rights may keep or put elsewhere."""
        found: dict[str, frozenset[str]] = {}
        for pointer, _, refs in () if stored is None else _file_places(entity, stored.values, changed=None):
            path = path_of(pointer)
            found[path] = found.get(path, frozenset()) | {ref.id for ref in refs}
        hidden = hidden_paths(rights)
        seen = [ids for path, ids in found.items() if not is_among(path, hidden)]
        return Held(frozenset().union(*seen), found)

    def and_also(self, regained: frozenset[str]) -> Held:
        """With files that the record held before, in values that the writer may see."""
        return replace(self, shown=self.shown | regained) if regained else self

    def is_kept(self, file_id: str, pointer: str) -> bool:
        """Whether the file may be at the place: one that the writer does not see only where it has been."""
        return file_id in self.shown or file_id in self.by_path.get(path_of(pointer), ())


async def resolve_files(
    tx: Tx, call: Call, entity: AppEntity, *, entry: Entry, held: Held
) -> tuple[dict[str, Value], list[Problem]]:
    """Replace what the client says of files by what is known of them; a file must be his own or shown by the record."""
    places = list(_file_places(entity, entry.values, changed=entry.changed))
    found = await find_files(tx, [ref.id for _, _, refs in places for ref in refs], lock=True)
    problems: list[Problem] = []
    values = dict(entry.values)
    for pointer, item, refs in places:
        known = []
        for ref in refs:
            file = found.get(ref.id)
            mine = file is not None and not file.uses and file.created_by == call.member_id
            if file is None or not (mine or held.is_kept(ref.id, pointer)):
                problems.append(Problem.of(UnknownFile(), path=pointer))
            else:
                known.append(file.ref)
        try:
            item.check_files(tuple(known))
        except BadValue as refusal:
            problems.append(Problem.of(refusal, path=pointer))
        _put(values, pointer, tuple(known))
    return values, problems


_FilePlace = tuple[str, FilesBase, tuple[FileRef, ...]]


def _file_places(entity: AppEntity, values: Values, *, changed: frozenset[str] | None) -> Iterator[_FilePlace]:
    """Every filled field or column of files with its pointer; `changed`: only those of changed fields."""
    for key, item in entity.compiled.entity.by_key.items():
        if changed is None or key in changed:
            yield from _places_in(item, values.get(key), f"/{key}")


def _places_in(item: EntityField, value: Value, pointer: str) -> Iterator[_FilePlace]:
    if isinstance(item, FilesBase) and value:
        yield pointer, item, _refs(value)
    elif isinstance(item, SubformField):
        for position, row in enumerate(rows_of(value)):
            for name, column in item.columns.items():
                yield from _places_in(column, row.values.get(name), f"{pointer}/{position}/{name}")


def _refs(value: Value) -> tuple[FileRef, ...]:
    return tuple(item for item in value if isinstance(item, FileRef)) if isinstance(value, tuple) else ()


def _put(values: dict[str, Value], pointer: str, refs: tuple[FileRef, ...]) -> None:
    key, _, rest = pointer[1:].partition("/")
    if not rest:
        values[key] = refs or None
        return
    position, _, below = rest.partition("/")
    rows = rows_of(values[key])
    row = rows[int(position)]
    cells = dict(row.values)
    _put(cells, f"/{below}", refs)
    rows[int(position)] = Row(row.id, cells)
    values[key] = tuple(rows)


async def keep_files(tx: Tx, entity: AppEntity, record: Record, *, changed: frozenset[str] | None = None) -> None:
    """Mark the files of a stored record, or those of its changed fields, as held by it."""
    held = [ref.id for _, _, refs in _file_places(entity, record.values, changed=changed) for ref in refs]
    if held:
        await use_files(tx, held, FileUse(entity.id, record.id))
