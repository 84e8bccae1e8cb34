"""Accounts: sign-in links, admins."""

from __future__ import annotations

import secrets
from argparse import Namespace

from engine.commands.context import either, run_unit, say, settings_of
from engine.runtime.calls import Call
from engine.runtime.people import create_admin as make_admin
from engine.runtime.people import member_of_account
from engine.runtime.sessions import LINK_HOURS, create_link
from engine.settings import Settings
from engine.store.database import Tx


def link_text(settings: Settings, token: str) -> str:
    """The address that signs in."""
    return f"{settings.public_url}/sign-in?token={token}"


def sign_in_link(options: Namespace) -> int:
    """Print a link that signs in as an account, once."""
    settings, token = settings_of(options), secrets.token_urlsafe(32)

    async def work(tx: Tx, call: Call) -> None:
        await create_link(tx, call, member_of_account(call, options.account).id, token=token)

    run_unit(settings, work, is_write=True)
    say(link_text(settings, token))
    say(either(f"{LINK_HOURS} 小时内有效, 只能使用一次", f"good for {LINK_HOURS} hours, once"))
    return 0


def create_admin(options: Namespace) -> int:
    """Add an account that may do everything, and print its sign-in link."""
    settings, token = settings_of(options), secrets.token_urlsafe(32)

    async def work(tx: Tx, call: Call) -> None:
        member = await make_admin(tx, call, options.account, name=options.name or options.account)
        await create_link(tx, call, member.id, token=token)

    run_unit(settings, work, is_write=True)
    say(link_text(settings, token))
    return 0
