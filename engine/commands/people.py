"""Accounts: sign-in links, admins."""

from __future__ import annotations

import secrets
from argparse import Namespace
from collections.abc import Awaitable, Callable

from engine.access.directory import Member
from engine.commands.context import either, run_unit, say, settings_of
from engine.runtime.calls import Call
from engine.runtime.people import create_admin as make_admin
from engine.runtime.people import member_of_account
from engine.runtime.sessions import LINK_HOURS, create_link
from engine.runtime.settings import find_address
from engine.store.database import Tx


def link_text(address: str, token: str) -> str:
    """The address that signs in, on the server at `address`."""
    return f"{address}/sign-in?token={token}"


def sign_in_link(options: Namespace) -> int:
    """Print a link that signs in as an account, once."""

    async def member(_tx: Tx, call: Call) -> Member:
        return member_of_account(call, options.account)

    return _print_link(options, member)


def create_admin(options: Namespace) -> int:
    """Add an account that may do everything, and print its sign-in link."""

    async def member(tx: Tx, call: Call) -> Member:
        return await make_admin(tx, call, options.account, name=options.name or options.account)

    return _print_link(options, member)


def _print_link(options: Namespace, member: Callable[[Tx, Call], Awaitable[Member]]) -> int:
    """A link to the address that was set, else to where the workspace is served."""
    settings, token = settings_of(options), secrets.token_urlsafe(32)

    async def work(tx: Tx, call: Call) -> str:
        await create_link(tx, call, (await member(tx, call)).id, token=token)
        return (None if settings.base_url else await find_address(tx)) or settings.public_url

    say(link_text(run_unit(settings, work, is_write=True), token))
    say(either(f"{LINK_HOURS} 小时内有效, 只能使用一次", f"good for {LINK_HOURS} hours, once"))
    return 0
