"""The storage of file contents: an interface shaped like an object store, and the local folder behind it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import filetype

from engine.errors import Rejection

CHUNK = 256 * 1024
SNIFFED = 8192


class FileTooLarge(Rejection):
    """An upload beyond the limit; nothing of it is kept."""

    code = "upload_too_large"
    status = 413
    zh = "文件超过 {limit_mb} MB"
    en = "The file is larger than {limit_mb} MB"


class BlobMissing(Rejection):
    """The row of a file exists, its bytes do not."""

    code = "blob_missing"
    status = 410
    zh = "文件内容已丢失"
    en = "The content of the file is gone"


@dataclass(frozen=True)
class Stored:
    """What was written: size in bytes, SHA-256 in hex, media type sniffed from the first bytes."""

    size: int
    sha256: str
    media_type: str


class Storage(Protocol):
    """Bytes by key. A key is made by the engine, never from a file name."""

    async def put(self, key: str, chunks: AsyncIterator[bytes], *, limit: int) -> Stored:
        """Write all chunks durably under `key`; more than `limit` bytes raise `FileTooLarge`."""

    def get(self, key: str) -> AsyncIterator[bytes]:
        """The bytes in chunks; raises `BlobMissing`."""

    async def remove(self, key: str) -> None:
        """Forget `key`; absent is fine."""


class LocalStorage:
    """Blobs as files of a folder, spread over subfolders by the last two characters of the key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, key: str) -> Path:
        return self._folder / key[-2:] / key

    async def put(self, key: str, chunks: AsyncIterator[bytes], *, limit: int) -> Stored:
        """Write to a temporary name, sync, then rename: a blob is whole or absent."""
        path = self._path(key)
        partial = path.with_suffix(".part")
        await asyncio.to_thread(path.parent.mkdir, parents=True, exist_ok=True)
        try:
            stored = await _write(partial, chunks, limit=limit)
            await asyncio.to_thread(os.replace, partial, path)
        finally:
            with contextlib.suppress(FileNotFoundError):
                await asyncio.to_thread(partial.unlink)
        return stored

    async def get(self, key: str) -> AsyncIterator[bytes]:
        """The bytes in chunks of 256 KiB."""
        try:
            handle = await asyncio.to_thread(self._path(key).open, "rb")
        except FileNotFoundError:
            raise BlobMissing from None
        with handle:
            while chunk := await asyncio.to_thread(handle.read, CHUNK):
                yield chunk

    async def remove(self, key: str) -> None:
        """Delete the file if it is there."""
        with contextlib.suppress(FileNotFoundError):
            await asyncio.to_thread(self._path(key).unlink)


async def _write(path: Path, chunks: AsyncIterator[bytes], *, limit: int) -> Stored:
    size, digest, head = 0, hashlib.sha256(), b""
    with await asyncio.to_thread(path.open, "wb") as handle:
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise FileTooLarge(limit_mb=limit // (1024 * 1024))
            if len(head) < SNIFFED:
                head += chunk[: SNIFFED - len(head)]
            digest.update(chunk)
            await asyncio.to_thread(handle.write, chunk)
        await asyncio.to_thread(_sync, handle.fileno())
    return Stored(size=size, sha256=digest.hexdigest(), media_type=sniff(head))


def _sync(descriptor: int) -> None:
    os.fsync(descriptor)


def sniff(head: bytes) -> str:
    """The media type that the first bytes show; text that is valid UTF-8 is `text/plain`, all else octet-stream."""
    kind = filetype.guess(head)
    if kind is not None:
        return str(kind.mime)
    if head and b"\0" not in head:
        with contextlib.suppress(UnicodeDecodeError):
            # the cut may fall inside a character: three bytes at the end may be incomplete
            head[:-3].decode() if len(head) == SNIFFED else head.decode()
            return "text/plain"
    return "application/octet-stream"
