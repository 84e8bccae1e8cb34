"""How often an address may fail to sign in; counted in this process, so of several servers each counts for itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from ipaddress import IPv6Address, ip_address
from math import ceil

from engine.errors import Rejection

MAX_FAILURES = 20
WINDOW = timedelta(minutes=10)
MAX_ADDRESSES = 10_000
# who has one IPv6 address has all that share its first 64 bits
IPV6_SUFFIX = 64


class TooManyAttempts(Rejection):
    """An address from which too many sign-in links were tried in vain."""

    code = "too_many_attempts"
    status = 429
    zh = "登录失败次数过多, 请在 {seconds} 秒后重试"
    en = "Signing in failed too often; try again in {seconds} seconds"


@dataclass
class Attempts:
    """Failures by address since the first one of a window of time."""

    _failures: dict[str, tuple[datetime, int]] = field(default_factory=dict)

    def require_few(self, address: str, *, now: datetime) -> None:
        """Raises `TooManyAttempts` until the window of the address is over."""
        since, count = self._failures.get(_network(address), (now, 0))
        rest = since + WINDOW - now
        if count >= MAX_FAILURES and rest > timedelta(0):
            raise TooManyAttempts(seconds=ceil(rest.total_seconds()))

    def count_failure(self, address: str, *, now: datetime) -> None:
        """Remember a failure; when there are too many addresses, those that failed first are forgotten."""
        key = _network(address)
        since, count = self._failures.pop(key, (now, 0))
        self._failures[key] = (since, count + 1) if since + WINDOW > now else (now, 1)
        while len(self._failures) > MAX_ADDRESSES:
            del self._failures[next(iter(self._failures))]


def _network(address: str) -> str:
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(int(found) >> IPV6_SUFFIX) if isinstance(found, IPv6Address) else address
