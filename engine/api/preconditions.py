"""Which version of a record a request has seen: the header If-Match, and the ETag that it repeats."""

from __future__ import annotations

import re

from starlette.requests import Request

from engine.errors import Rejection

_ENTITY_TAG = re.compile(r'(?:W/)?"?(\d{1,12})"?')


class VersionMissing(Rejection):
    """A change that does not say which version it saw."""

    code = "version_missing"
    status = 428
    zh = "请在 If-Match 头中给出您看到的版本"
    en = "Give the version you saw in the header If-Match"


def seen_version(request: Request) -> int:
    """The version that the caller saw. Raises `VersionMissing`."""
    match = _ENTITY_TAG.fullmatch(request.headers.get("if-match", "").strip())
    if match is None:
        raise VersionMissing
    return int(match.group(1))


def entity_tag(version: int) -> dict[str, str]:
    """The header that names a version."""
    return {"ETag": f'"{version}"'}
