"""A program that keeps one PostgreSQL server for a test run: started detached, it ends with the run, however that ends.

Arguments: folder, process id of the run, `fast` or `durable`. It holds `lock` in the folder for its life, writes the
server's URL to `url`, and removes the folder at the end.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from tests.postgres.finding import account, find_programs, readable_programs

LOOK_EVERY = 0.2
START_SECONDS = 30
ATTEMPTS = 5
USER = "formwright"
COMMON = {"listen_addresses": "127.0.0.1", "unix_socket_directories": "", "max_connections": "200"}
# for data that is thrown away; tests of durability keep the defaults
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "checkpoint_timeout": "1h",
    "max_wal_size": "4GB",
    "autovacuum": "off",
}


def _as_account(*command: str | Path, log: Path) -> subprocess.Popen[bytes]:
    who = account()
    with log.open("ab") as output:
        if who is None:
            return subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        return subprocess.Popen(
            command,
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
            user=who.pw_uid,
            group=who.pw_gid,
            extra_groups=[],
            cwd="/",
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_ready(folder: Path) -> bool:
    """Whether the server takes connections: the eighth line of its file says so; its port is open earlier."""
    try:
        lines = (folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[7].strip() == "ready"


def _start(programs: Path, folder: Path, options: dict[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    for _ in range(ATTEMPTS):
        port = _free_port()
        flags = [part for name, value in {**COMMON, **options}.items() for part in ("-c", f"{name}={value}")]
        where = ("-D", folder / "data", "-p", str(port))
        server = _as_account(programs / "postgres", *where, *flags, log=folder / "log")
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and server.poll() is None:
            if _is_ready(folder):
                return server, port
            time.sleep(0.05)
        if server.poll() is None:
            server.send_signal(signal.SIGQUIT)
            server.wait()
    raise SystemExit("postgres did not start")


def _lives(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def keep(folder: Path, run_id: int, options: dict[str, str]) -> None:
    """Run a server until the process `run_id` is gone."""
    found = find_programs()
    if found is None:
        raise SystemExit("no PostgreSQL programs")
    programs = readable_programs(found, folder)
    password = secrets.token_hex(16)
    (folder / "password").write_text(password, encoding="ascii")
    (folder / "data").mkdir(mode=0o700)
    who = account()
    for path in (folder / "data", folder / "password"):
        if who is not None:
            os.chown(path, who.pw_uid, who.pw_gid)
    flags = ["--no-sync", "--locale=C", "-E", "UTF8", "-U", USER, "--auth=scram-sha-256"]
    made = _as_account(
        programs / "initdb", "-D", folder / "data", *flags, f"--pwfile={folder / 'password'}", log=folder / "log"
    )
    if made.wait() != 0:
        raise SystemExit("initdb failed")
    server, port = _start(programs, folder, options)
    try:
        partial = folder / "url.part"
        partial.write_text(f"postgresql://{USER}:{password}@127.0.0.1:{port}", encoding="ascii")
        partial.rename(folder / "url")
        while _lives(run_id) and server.poll() is None:
            time.sleep(LOOK_EVERY)
    finally:
        if server.poll() is None:
            server.send_signal(signal.SIGQUIT)
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    """Entry point."""
    folder = Path(sys.argv[1])
    with (folder / "lock").open("ab") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        keep(folder, int(sys.argv[2]), {} if sys.argv[3] == "durable" else FAST)


if __name__ == "__main__":
    main()
