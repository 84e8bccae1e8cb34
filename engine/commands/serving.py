"""`serve`: check what can go wrong, set up a new workspace if asked, then listen."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import secrets
import signal
import socket
from argparse import Namespace

import uvicorn
import uvloop

from engine.app import build_backend, create_app
from engine.commands.context import either, run_on, say, settings_of
from engine.commands.library import read_library
from engine.commands.people import link_text
from engine.commands.purging import keep_purging
from engine.errors import Rejection
from engine.logs import configure_logging
from engine.model.base import Translated
from engine.runtime.backend import Backend
from engine.runtime.calls import Call
from engine.runtime.samples import set_up_workspace
from engine.runtime.sessions import create_link
from engine.runtime.settings import note_address
from engine.runtime.verifying import find_drifts
from engine.settings import Settings, prepare_data_directory
from engine.store.database import Tx
from engine.store.migrate import migrate, require_current
from engine.store.opening import open_database

log = logging.getLogger("formwright")
ADMIN = "admin"
BACKLOG = 1024


class PortTaken(Rejection):
    """Another process listens on the port."""

    code = "port_taken"
    zh = "端口 {port} 已被占用; 选择其他端口: formwright serve --port …, 或 make run PORT=…"
    en = "Port {port} is taken; choose another one: formwright serve --port …, or make run PORT=…"


class AddressUnusable(Rejection):
    """An address that cannot be listened on."""

    code = "address_unusable"
    zh = "无法监听 {host}:{port} ({reason})"
    en = "Cannot listen on {host}:{port} ({reason})"


def serve(options: Namespace) -> int:
    """Serve until interrupted."""
    settings = settings_of(options)
    configure_logging(settings.log)
    if not options.setup:
        require_current(settings.url)
    prepare_data_directory(settings)
    with contextlib.closing(listen(settings)) as listener:
        if options.setup:
            migrate(settings.url)
        require_current(settings.url)
        # the server raises the signal again that ended it; its work is done by then
        signal.signal(signal.SIGTERM, lambda *_: None)
        with contextlib.suppress(KeyboardInterrupt), asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(settings, listener, is_setup=options.setup))
    return 0


def listen(settings: Settings) -> socket.socket:
    """A socket bound to the address. Raises `PortTaken`, `AddressUnusable`."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listener.close()
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise PortTaken(port=settings.port) from None
        reason = getattr(error, "strerror", None) or str(error)
        raise AddressUnusable(host=settings.host, port=settings.port, reason=reason) from None
    return listener


async def _serve(settings: Settings, listener: socket.socket, *, is_setup: bool) -> None:
    database = open_database(settings.url)
    try:
        backend = build_backend(settings, database)
        if is_setup:
            await set_up(backend)
        for name in await run_on(backend, find_drifts, is_write=False):
            log.error("the table does not fit its definition: %s is missing (run formwright verify)", name)
        shown = settings.base_url.rstrip("/") or _address(settings.host, listener.getsockname()[1])
        await run_on(backend, lambda tx, _call: note_address(tx, shown), is_write=True)
        if is_setup:
            await _greet(backend, shown)
        say(either(f"Formwright 正在运行: {shown} (Ctrl+C 停止)", f"Formwright is running at {shown} (Ctrl+C to stop)"))
        config = uvicorn.Config(
            create_app(backend), log_config=None, access_log=False, lifespan="off", server_header=False,
            timeout_graceful_shutdown=10,
        )  # fmt: skip
        purging = asyncio.create_task(keep_purging(backend))
        try:
            await uvicorn.Server(config).serve(sockets=[listener])
        finally:
            purging.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await purging
    finally:
        await database.close()


def _address(host: str, port: int) -> str:
    """The address to open; a server that listens everywhere is reached on its own machine too."""
    reached = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # nothing is bound here
    return f"http://[{reached}]:{port}" if ":" in reached else f"http://{reached}:{port}"


async def set_up(backend: Backend) -> None:
    """An admin and the sample data, in a workspace that has nobody yet."""

    async def is_empty(_tx: Tx, call: Call) -> bool:
        return not call.directory.members

    if not await run_on(backend, is_empty, is_write=False):
        return

    org, applications = read_library()

    async def work(tx: Tx, call: Call) -> bool:
        name = Translated(zh_cn="管理员", en="Admin")
        return await set_up_workspace(tx, call, (ADMIN, name), org=org, applications=applications)

    if not await run_on(backend, work, is_write=True):
        return
    say(
        either(
            "已创建管理员账号 admin, 并安装示例组织与立项模板",
            "Created the account admin, the sample organisation and templates",
        )
    )


async def _greet(backend: Backend, address: str) -> None:
    """A sign-in link for the first admin."""
    token = secrets.token_urlsafe(32)

    async def work(tx: Tx, call: Call) -> str | None:
        own = [member for member in call.directory.members.values() if member.is_admin and member.is_active]
        if not own:
            return None
        await create_link(tx, call, own[0].id, token=token)
        return own[0].account

    account = await run_on(backend, work, is_write=True)
    if account is not None:
        link = link_text(address, token)
        say(either(f"一次性登录链接 ({account}): {link}", f"One-time sign-in link ({account}): {link}"))
