"""What addresses may hold where a route reads an id or words that are looked for."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Query

from engine.model.base import ID_PATTERN, KEY_PATTERN

# an address whose id cannot be one leads nowhere: 404
PathId = Annotated[str, Path(pattern=ID_PATTERN)]
PathKey = Annotated[str, Path(pattern=KEY_PATTERN)]
IdCursor = Annotated[str | None, Query(pattern=ID_PATTERN, max_length=24)]
# no text that is stored holds a NUL, and PostgreSQL takes none
Words = Annotated[str, Query(pattern=r"^[^\x00]*$", max_length=100)]
