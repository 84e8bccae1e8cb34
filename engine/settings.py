"""Settings of one server: read from the environment once, overridden by command-line options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from engine.errors import Rejection

PREFIX = "FORMWRIGHT_"
CHOICES = {"log": ("text", "json"), "language": ("zh-CN", "en")}


class BadSetting(Rejection):
    """An environment variable or option that cannot be used; the server does not start."""

    code = "bad_setting"
    status = 500
    zh = "配置 {name} 无法使用: {value}"
    en = "Setting {name} cannot be used: {value}"


class NoDataDirectory(Rejection):
    """The data directory can be neither used nor made."""

    code = "data_directory_unwritable"
    status = 500
    zh = "数据目录不可写: {directory} ({reason})"
    en = "The data directory cannot be written: {directory} ({reason})"


@dataclass(frozen=True)
class Settings:
    """What an operator may set: each member is `FORMWRIGHT_<NAME>` in the environment (docs/settings.md)."""

    data: Path = field(default=Path("data"), metadata={"help": "folder for the database and files"})
    database_url: str = field(default="", metadata={"help": "PostgreSQL URL; empty: SQLite in the data folder"})
    host: str = field(default="127.0.0.1", metadata={"help": "address to listen on"})
    port: int = field(default=8000, metadata={"help": "port to listen on"})
    base_url: str = field(default="", metadata={"help": "public address, used in links; empty: http://HOST:PORT"})
    language: str = field(default="zh-CN", metadata={"help": "zh-CN or en: messages to callers who ask for neither"})
    max_upload_mb: int = field(default=50, metadata={"help": "largest file that may be uploaded, in MiB"})
    log: str = field(default="text", metadata={"help": "text or json"})

    @property
    def url(self) -> str:
        """The database URL in force."""
        return self.database_url or f"sqlite://{(self.data / 'formwright.db').resolve()}"

    @property
    def public_url(self) -> str:
        """The address users open, without a trailing slash."""
        return (self.base_url or f"http://{self.host}:{self.port}").rstrip("/")


def read_settings(environ: Mapping[str, str] | None = None, **options: str | int | Path | None) -> Settings:
    """Settings from the environment; an option that is not None wins. Raises `BadSetting`."""
    source = os.environ if environ is None else environ
    found: dict[str, str | int | Path] = {}
    for member in fields(Settings):
        raw = options.get(member.name)
        if raw is None:
            raw = source.get(PREFIX + member.name.upper())
        if raw is not None and raw != "":
            found[member.name] = _convert(member.name, raw, kind=type(member.default))
    return replace(Settings(), **found)  # type: ignore[arg-type]  # names and kinds were matched above


def _convert(name: str, raw: str | int | Path, *, kind: type) -> str | int | Path:
    if issubclass(kind, Path):
        return Path(str(raw))
    if kind is int:
        try:
            return int(str(raw))
        except ValueError:
            raise BadSetting(name=PREFIX + name.upper(), value=str(raw)) from None
    if raw not in CHOICES.get(name, (raw,)):
        raise BadSetting(name=PREFIX + name.upper(), value=str(raw))
    if name == "database_url" and not _is_database(str(raw)):
        raise BadSetting(name=PREFIX + "DATABASE_URL", value="postgresql://… | sqlite:///…")
    if name == "base_url" and not _is_web_address(str(raw)):
        raise BadSetting(name=PREFIX + "BASE_URL", value=str(raw))
    return str(raw)


def _is_database(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return url.startswith(("postgresql://", "postgres://", "sqlite:///"))


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def prepare_data_directory(settings: Settings) -> Path:
    """The data directory, made if absent and proved writable. Raises `NoDataDirectory`."""
    directory = settings.data.resolve()
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = directory / ".write-probe"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise NoDataDirectory(directory=str(directory), reason=error.strerror or str(error)) from None
    return directory
