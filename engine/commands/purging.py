"""Emptying the recycle bins of what is older than the workspace keeps it: by the server each hour, or by a command."""

from __future__ import annotations

import asyncio
import logging
from argparse import Namespace

from engine.commands.context import either, run_on, run_several, say, settings_of
from engine.errors import Rejection
from engine.runtime.backend import Backend
from engine.runtime.bins import PURGED_AT_ONCE, purge_expired

log = logging.getLogger("formwright")
HOUR = 3600.0


async def purge_all_expired(backend: Backend) -> int:
    """Purge what has expired, in units of a hundred records; answers how many."""
    total = 0
    while True:
        purged = await run_on(backend, purge_expired, is_write=True)
        for file_id in purged.file_ids:
            await backend.storage.remove(file_id)
        total += purged.records
        if purged.records < PURGED_AT_ONCE:
            return total


async def keep_purging(backend: Backend, *, every: float = HOUR) -> None:
    """Purge now and each hour until cancelled; what fails is tried again the next time."""
    while True:
        try:
            total = await purge_all_expired(backend)
            if total:
                log.info("purged %d record(s) from the recycle bins", total)
        except (Rejection, OSError):
            log.exception("the recycle bins could not be purged")
        await asyncio.sleep(every)


def purge_bin(options: Namespace) -> int:
    """Purge what has expired, once."""
    total = run_several(settings_of(options), purge_all_expired)
    say(either(f"已从回收站彻底删除 {total} 条到期数据", f"Purged {total} expired record(s) from the recycle bins"))
    return 0
