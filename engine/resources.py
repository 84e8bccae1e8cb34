"""Where the data that ships with the engine lies: in a checkout beside the package, in a wheel inside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = {"migrations": "_migrations", "templates_library": "_templates"}


class ResourceMissing(Exception):
    """The installation is incomplete."""


def find(name: str) -> Path:
    """The folder `migrations` or `templates_library`; raises `ResourceMissing`."""
    inside = PACKAGE / _IN_WHEEL[name]
    beside = PACKAGE.parent / name
    for folder in (inside, beside):
        if folder.is_dir():
            return folder
    raise ResourceMissing(name)


def find_page() -> Path | None:
    """The folder of the built browser application; None when it was not built."""
    folder = PACKAGE / "static" / "app"
    return folder if (folder / "index.html").is_file() else None
