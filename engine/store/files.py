"""Rows of uploaded files; the bytes are kept by `engine.files`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from engine.model.values import FileRef
from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Row, Tx


@dataclass(frozen=True)
class StoredFile:
    """An uploaded file; without a record it belongs to whoever uploaded it."""

    id: str
    name: str
    size: int
    media_type: str
    sha256: str
    created_by: str
    created_at: datetime
    entity_id: str | None = None
    record_id: str | None = None
    field_key: str | None = None

    @property
    def ref(self) -> FileRef:
        """The file as a record holds it."""
        return FileRef(self.id, self.name, self.size, self.media_type)


_COLUMNS = "id, name, size, media_type, sha256, created_by, created_at, entity_id, record_id, field_key"


def _file(row: Row) -> StoredFile:
    return StoredFile(
        row["id"], row["name"], row["size"], row["media_type"], row["sha256"], row["created_by"],
        int_to_instant(row["created_at"]), row["entity_id"], row["record_id"], row["field_key"],
    )  # fmt: skip


async def insert_file(tx: Tx, file: StoredFile) -> None:
    """Add a row once the bytes are stored."""
    await tx.execute(
        f"INSERT INTO [file] ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        file.id, file.name, file.size, file.media_type, file.sha256, file.created_by, instant_to_int(file.created_at),
        file.entity_id, file.record_id, file.field_key,
    )  # fmt: skip


async def find_files(tx: Tx, ids: Iterable[str]) -> dict[str, StoredFile]:
    """Files by id."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    places = ", ".join(f"${number}" for number in range(1, len(wanted) + 1))
    rows = await tx.fetch_all(f"SELECT {_COLUMNS} FROM [file] WHERE id IN ({places})", *wanted)
    return {row["id"]: _file(row) for row in rows}


async def attach_files(tx: Tx, ids: Iterable[str], *, entity_id: str, record_id: str, field_key: str) -> None:
    """Hand files over to a record: from then on its permissions rule."""
    await tx.execute_many(
        "UPDATE [file] SET entity_id = $2, record_id = $3, field_key = $4 WHERE id = $1",
        [(file_id, entity_id, record_id, field_key) for file_id in ids],
    )
