"""Applications and their immutable published versions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Tx


@dataclass(frozen=True)
class StoredApplication:
    """An installed application and its current version."""

    id: str
    key: str
    version: int
    hash: str
    is_sample: bool


@dataclass(frozen=True)
class Published:
    """One version: the whole application as canonical JSON."""

    application_id: str
    number: int
    hash: str
    document: str
    note: str | None
    published_at: datetime
    published_by: str | None


@dataclass(frozen=True)
class EntityIds:
    """What the keys of one version name: the id of an entity, and those of its fields and columns by path."""

    id: str
    fields: Mapping[str, str]


async def list_applications(tx: Tx) -> list[StoredApplication]:
    """All applications in the order of installation."""
    rows = await tx.fetch_all(
        "SELECT a.id, a.key, a.current_version, v.hash, a.is_sample FROM [application] a"
        " JOIN [application_version] v ON v.application_id = a.id AND v.number = a.current_version ORDER BY a.id"
    )
    return [
        StoredApplication(row["id"], row["key"], row["current_version"], row["hash"], bool(row["is_sample"]))
        for row in rows
    ]


async def load_document(tx: Tx, application_id: str, number: int) -> str:
    """The JSON of one version."""
    row = await tx.fetch_one(
        "SELECT document FROM [application_version] WHERE application_id = $1 AND number = $2", application_id, number
    )
    if row is None:
        raise LookupError(f"{application_id} has no version {number}")
    return str(row["document"])


async def insert_version(tx: Tx, key: str, version: Published, *, is_sample: bool) -> None:
    """Publish: the first version makes the application, later ones become its current one."""
    if version.number == 1:
        await tx.execute(
            "INSERT INTO [application] (id, key, current_version, is_sample, created_at) VALUES ($1, $2, 1, $3, $4)",
            version.application_id, key, int(is_sample), instant_to_int(version.published_at),
        )  # fmt: skip
    else:
        await tx.execute(
            "UPDATE [application] SET current_version = $2 WHERE id = $1", version.application_id, version.number
        )
    await tx.execute(
        "INSERT INTO [application_version] (application_id, number, hash, document, note, published_at, published_by)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7)",
        version.application_id, version.number, version.hash, version.document, version.note,
        instant_to_int(version.published_at), version.published_by,
    )  # fmt: skip


async def save_field_ids(tx: Tx, application_id: str, number: int, *, entities: Mapping[str, EntityIds]) -> None:
    """Remember for good what the keys of a version name, by entity key."""
    content = {key: {"id": found.id, "fields": {**found.fields}} for key, found in entities.items()}
    await tx.execute(
        "UPDATE [application_version] SET field_ids = $3 WHERE application_id = $1 AND number = $2",
        application_id, number, json.dumps(content, separators=(",", ":")),
    )  # fmt: skip


async def load_field_ids(tx: Tx, application_id: str, number: int) -> dict[str, EntityIds]:
    """What the keys of a version name, by entity key; empty if nobody remembered it."""
    row = await tx.fetch_one(
        "SELECT field_ids FROM [application_version] WHERE application_id = $1 AND number = $2", application_id, number
    )
    content = {} if row is None or row["field_ids"] is None else json.loads(row["field_ids"])
    return {key: EntityIds(found["id"], found["fields"]) for key, found in content.items()}


async def list_documents(tx: Tx) -> list[Published]:
    """Every version of every application."""
    rows = await tx.fetch_all(
        "SELECT application_id, number, hash, document, note, published_at, published_by FROM [application_version]"
        " ORDER BY application_id, number"
    )
    return [
        Published(
            row["application_id"], row["number"], row["hash"], row["document"], row["note"],
            int_to_instant(row["published_at"]), row["published_by"],
        )
        for row in rows
    ]  # fmt: skip


async def map_need(tx: Tx, application_id: str, kind: str, *, need_key: str, target_id: str) -> None:
    """Remember which role of the workspace serves a role that the application needs."""
    await tx.execute(
        "INSERT INTO [application_need] (application_id, kind, need_key, target_id) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (application_id, kind, need_key) DO NOTHING",
        application_id, kind, need_key, target_id,
    )  # fmt: skip
