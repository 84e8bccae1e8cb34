"""Drafts: what a member typed into a form and has not submitted."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model.field_types.number import JSON_NUMBER_DIGITS
from engine.model.values import Json
from engine.store.columns import instant_to_int, int_to_instant
from engine.store.database import Row, Tx

MAX_DRAFTS = 200


@dataclass(frozen=True)
class Draft:
    """A draft; `values` in JSON form."""

    id: str
    member_id: str
    application_id: str
    form_key: str
    values: Mapping[str, Json]
    updated_at: datetime


def _read(content: str) -> dict[str, Json]:
    """The values as they were typed; whole numbers that JSON readers do not agree on as text."""
    found: dict[str, Json] = json.loads(content, parse_int=_whole)
    return found


def _whole(numeral: str) -> int | str:
    return int(numeral) if len(numeral) <= JSON_NUMBER_DIGITS else numeral


def _draft(row: Row) -> Draft:
    return Draft(
        row["id"], row["member_id"], row["application_id"], row["form_key"], _read(row["content"]),
        int_to_instant(row["updated_at"]),
    )  # fmt: skip


_COLUMNS = "id, member_id, application_id, form_key, content, updated_at"


async def save_draft(tx: Tx, draft: Draft) -> None:
    """Add or replace."""
    await tx.execute(
        f"INSERT INTO [draft] ({_COLUMNS}) VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (id) DO UPDATE SET content = excluded.content, updated_at = excluded.updated_at",
        draft.id, draft.member_id, draft.application_id, draft.form_key,
        json.dumps(draft.values, ensure_ascii=False), instant_to_int(draft.updated_at),
    )  # fmt: skip


async def find_draft(tx: Tx, draft_id: str, *, member_id: str) -> Draft | None:
    """A member's own draft."""
    row = await tx.fetch_one(f"SELECT {_COLUMNS} FROM [draft] WHERE id = $1 AND member_id = $2", draft_id, member_id)
    return None if row is None else _draft(row)


async def list_drafts(tx: Tx, member_id: str) -> list[Draft]:
    """A member's drafts, the latest first."""
    rows = await tx.fetch_all(
        f"SELECT {_COLUMNS} FROM [draft] WHERE member_id = $1 ORDER BY updated_at DESC, id DESC LIMIT {MAX_DRAFTS}",
        member_id,
    )
    return [_draft(row) for row in rows]


async def delete_draft(tx: Tx, draft_id: str, *, member_id: str) -> bool:
    """Forget a member's own draft."""
    return bool(await tx.execute("DELETE FROM [draft] WHERE id = $1 AND member_id = $2", draft_id, member_id))
