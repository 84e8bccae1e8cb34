"""Rows of uploaded files; the bytes are kept by `engine.files`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.model.values import FileRef
from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Row, Tx


@dataclass(frozen=True)
class FileUse:
    """A record that holds a file in some field, or held it."""

    entity_id: str
    record_id: str


@dataclass(frozen=True)
class StoredFile:
    """An uploaded file; as long as no record uses it, it belongs to whoever uploaded it."""

    id: str
    name: str
    size: int
    media_type: str
    sha256: str
    created_by: str
    created_at: datetime
    uses: tuple[FileUse, ...] = ()

    @property
    def ref(self) -> FileRef:
        """The file as a record holds it."""
        return FileRef(self.id, self.name, self.size, self.media_type)


_COLUMNS = "id, name, size, media_type, sha256, created_by, created_at"


def _file(row: Row, uses: Iterable[FileUse]) -> StoredFile:
    return StoredFile(
        row["id"], row["name"], row["size"], row["media_type"], row["sha256"], row["created_by"],
        int_to_instant(row["created_at"]), tuple(uses),
    )  # fmt: skip


async def insert_file(tx: Tx, file: StoredFile) -> None:
    """Add a row once the bytes are stored."""
    await tx.execute(
        f"INSERT INTO [file] ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        file.id, file.name, file.size, file.media_type, file.sha256, file.created_by, instant_to_int(file.created_at),
    )  # fmt: skip


async def find_files(tx: Tx, ids: Iterable[str], *, lock: bool = False) -> dict[str, StoredFile]:
    """Files by id, with all their uses; `lock`: nobody else begins to use them until the end of the transaction."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    places = ", ".join(f"${number}" for number in range(1, len(wanted) + 1))
    suffix = " ORDER BY id FOR UPDATE" if lock and tx.dialect == "postgresql" else ""
    # the files before their uses: who had to wait for the lock sees what was done meanwhile
    rows = await tx.fetch_all(f"SELECT {_COLUMNS} FROM [file] WHERE id IN ({places}){suffix}", *wanted)
    uses: dict[str, list[FileUse]] = {}
    for row in await tx.fetch_all(
        f"SELECT file_id, entity_id, record_id FROM [file_use] WHERE file_id IN ({places}) ORDER BY file_id, record_id",
        *wanted,
    ):
        uses.setdefault(row["file_id"], []).append(FileUse(row["entity_id"], row["record_id"]))
    return {row["id"]: _file(row, uses.get(row["id"], ())) for row in rows}


async def use_files(tx: Tx, ids: Iterable[str], use: FileUse) -> None:
    """Files are held by a record from now on: its permissions rule, beside those of other records that hold them."""
    await tx.execute_many(
        "INSERT INTO [file_use] (file_id, record_id, entity_id) VALUES ($1, $2, $3)"
        " ON CONFLICT (file_id, record_id) DO NOTHING",
        [(file_id, use.record_id, use.entity_id) for file_id in dict.fromkeys(ids)],
    )
