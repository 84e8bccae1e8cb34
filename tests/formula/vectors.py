"""Where files of formula vectors are, and the time and zone they are run at."""

from __future__ import annotations

import os
from pathlib import Path

from engine.formula.vectors import NOW, ZONE

__all__ = ["NOW", "OWN", "ZONE", "shared_vectors"]
OWN = Path(__file__).parent / "own_vectors.json"


def shared_vectors() -> Path | None:
    """The file of outside vectors, if this machine has it."""
    named = os.environ.get("FORMWRIGHT_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2].parent / "shared"
    file = folder / "data" / "formula-vectors-sample.json"
    return file if file.is_file() else None
