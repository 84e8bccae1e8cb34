"""Uploaded files: a file is its uploader's until a record takes it; from then on the record's permissions rule."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from engine.errors import Rejection
from engine.files.storage import Stored
from engine.model.paths import is_among
from engine.model.rows import rows_of
from engine.model.values import FileRef, Value, Values
from engine.runtime.calls import Call
from engine.runtime.flow_runs import flow_version_of
from engine.runtime.permissions import hidden_in_each, reading
from engine.runtime.records import RecordNotFound, load_readable
from engine.store.database import Tx
from engine.store.files import FileUse, StoredFile, find_files, insert_file
from engine.store.flows import list_open_tasks

MAX_NAME = 200


class FileNotFound(Rejection):
    """No such file, or none that the caller may see."""

    code = "file_not_found"
    status = 404
    zh = "没有这个文件, 或无权查看"
    en = "There is no such file, or you may not see it"


@dataclass(frozen=True)
class FileView:
    """A file: size in bytes, media type as sniffed."""

    id: str
    name: str
    size: int
    media_type: str


def safe_name(name: str) -> str:
    """The last part of what the client calls the file, without control characters."""
    last = PurePosixPath(name.replace("\\", "/")).name
    clean = "".join(char for char in last if char.isprintable()).strip()
    return clean[-MAX_NAME:] or "file"


async def add_file(tx: Tx, call: Call, file_id: str, *, name: str, stored: Stored) -> FileView:
    """Remember an upload whose bytes are stored under `file_id`."""
    file = StoredFile(
        id=file_id,
        name=safe_name(name),
        size=stored.size,
        media_type=stored.media_type,
        sha256=stored.sha256,
        created_by=call.member_id,
        created_at=call.now,
    )
    await insert_file(tx, file)
    return FileView(file.id, file.name, file.size, file.media_type)


async def get_file(tx: Tx, call: Call, file_id: str) -> FileView:
    """A file the caller may download: his own upload, or one that a record shows him. Raises `FileNotFound`."""
    file = (await find_files(tx, [file_id])).get(file_id)
    if file is None or not await _may_see(tx, call, file):
        raise FileNotFound
    return FileView(file.id, file.name, file.size, file.media_type)


async def _may_see(tx: Tx, call: Call, file: StoredFile) -> bool:
    if not file.uses:
        return file.created_by == call.member_id
    for use in file.uses:
        if await _shown_by_record(tx, call, file.id, use=use):
            return True
    return False


async def _shown_by_record(tx: Tx, call: Call, file_id: str, *, use: FileUse) -> bool:
    if use.entity_id not in call.catalog.by_entity:
        return False
    app, entity = call.catalog.by_entity[use.entity_id]
    seen = reading(call, app, entity)
    try:
        record = await load_readable(tx, entity, seen=seen, record_id=use.record_id)
    except RecordNotFound:
        return False
    paths = _paths_of(record.values, file_id)
    hidden = (await hidden_in_each(tx, call, seen, records=[record]))[record.id]
    if any(not is_among(path, hidden) for path in paths):
        return True
    return await _shown_by_task(tx, call, record_id=record.id, paths=paths)


async def _shown_by_task(tx: Tx, call: Call, *, record_id: str, paths: frozenset[str]) -> bool:
    """Whether an open task of the caller shows one of the paths."""
    for instance, node_key in await list_open_tasks(tx, record_id, call.member_id):
        version = await flow_version_of(tx, call, instance)
        rights = version.rights(node_key)
        if any(rights.get(path, "hidden") != "hidden" for path in paths):
            return True
    return False


def _paths_of(values: Values, file_id: str) -> frozenset[str]:
    """The fields and columns that hold the file now; a file that was taken out of the record is not shown."""
    found: set[str] = set()
    for key, value in values.items():
        if _holds(value, file_id):
            found.add(key)
        for row in rows_of(value):
            found |= {f"{key}.{path}" for path in _paths_of(row.values, file_id)}
    return frozenset(found)


def _holds(cell: Value, file_id: str) -> bool:
    return isinstance(cell, tuple) and any(isinstance(ref, FileRef) and ref.id == file_id for ref in cell)
