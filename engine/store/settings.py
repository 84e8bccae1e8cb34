"""Settings of the workspace, one JSON value each."""

from __future__ import annotations

import json

from engine.store.database import Tx


async def load_settings(tx: Tx) -> dict[str, object]:
    """All settings that were stored."""
    rows = await tx.fetch_all("SELECT key, value FROM [setting]")
    return {row["key"]: json.loads(row["value"]) for row in rows}


async def save_setting(tx: Tx, key: str, value: object) -> None:
    """Set one."""
    await tx.execute(
        "INSERT INTO [setting] (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        key,
        json.dumps(value, ensure_ascii=False),
    )
