"""The command `formwright`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands import applications, people, serving, upkeep
from engine.commands.context import FAILED, ArgumentUnreadable, PathUnusable, complain, complain_about, either
from engine.errors import Rejection

if TYPE_CHECKING:
    from argparse import _SubParsersAction

Command = Callable[[Namespace], int]


def build_parser() -> ArgumentParser:
    """Every command with its options."""
    common = ArgumentParser(add_help=False)
    common.add_argument("--data", type=Path, metavar="DIR", help="data directory · 数据目录 (default: data)")
    common.add_argument("--database-url", metavar="URL", help="PostgreSQL URL; default: SQLite in the data directory")
    parser = ArgumentParser(prog="formwright", description="Self-hosted forms, approval flows and records (表匠).")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _serving(commands, common)
    _applications(commands, common)
    _people(commands, common)
    _upkeep(commands, common)
    return parser


def _add(
    commands: _SubParsersAction[ArgumentParser], name: str, text: str, *, run: Command, common: ArgumentParser | None
) -> ArgumentParser:
    parents = [] if common is None else [common]
    parser = commands.add_parser(name, help=text, description=text, parents=parents)
    parser.set_defaults(run=run)
    return parser


def _serving(commands: _SubParsersAction[ArgumentParser], common: ArgumentParser) -> None:
    serve = _add(commands, "serve", "start the server · 启动服务", run=serving.serve, common=common)
    serve.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (default: 8000)")
    serve.add_argument("--base-url", metavar="URL", help="public address, used in links")
    serve.add_argument(
        "--setup",
        action="store_true",
        help="migrate, and give a new workspace an admin and sample data · 初始化并安装示例数据",
    )


def _applications(commands: _SubParsersAction[ArgumentParser], common: ArgumentParser) -> None:
    check = _add(
        commands, "check", "check the files of applications · 检查应用定义", run=applications.check, common=None
    )
    check.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    plan = _add(commands, "plan", "show what applying would change · 预览变更", run=applications.plan, common=common)
    plan.add_argument("folder", type=Path, metavar="FOLDER")
    apply = _add(commands, "apply", "publish an application · 发布应用", run=applications.apply, common=common)
    apply.add_argument("folder", type=Path, metavar="FOLDER")
    apply.add_argument("--note", help="what changed and why, kept with the version")
    export = _add(
        commands, "export", "write an application as files · 导出应用", run=applications.export, common=common
    )
    export.add_argument("app", metavar="APP")
    export.add_argument("folder", type=Path, metavar="FOLDER")
    export.add_argument("--force", action="store_true", help="also into a folder that is not empty")
    text = "play the scenarios of applications · 运行场景"
    scenario = _add(commands, "scenario", text, run=applications.scenario, common=None)
    scenario.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    scenario.add_argument("--only", metavar="NAME", help="only the scenario of this file name")


def _people(commands: _SubParsersAction[ArgumentParser], common: ArgumentParser) -> None:
    text = "print a one-time sign-in link · 生成一次性登录链接"
    link = _add(commands, "sign-in-link", text, run=people.sign_in_link, common=common)
    link.add_argument("account", metavar="ACCOUNT")
    link.add_argument("--base-url", metavar="URL", help="public address of the server")
    admin = _add(commands, "create-admin", "add an admin · 新建管理员", run=people.create_admin, common=common)
    admin.add_argument("account", metavar="ACCOUNT")
    admin.add_argument("--name", help="how the person is called (default: the account)")
    admin.add_argument("--base-url", metavar="URL", help="public address of the server")


def _upkeep(commands: _SubParsersAction[ArgumentParser], common: ArgumentParser) -> None:
    _add(commands, "migrate", "bring the database to this release · 升级数据库", run=upkeep.migrate, common=common)
    _add(commands, "verify", "check everything that is stored · 校验数据", run=upkeep.verify, common=common)
    _add(
        commands, "check-config", "show settings and database state · 检查配置", run=upkeep.check_config, common=common
    )
    _add(commands, "sample", "install sample data · 安装示例数据", run=upkeep.sample, common=common)
    remove = _add(commands, "remove-sample", "remove sample data · 删除示例数据", run=upkeep.remove, common=common)
    remove.add_argument("--yes", action="store_true", help="yes, delete them")
    _add(commands, "version", "print the version · 版本", run=upkeep.version, common=None)
    openapi = _add(commands, "openapi", "print the API's description · 输出接口描述", run=upkeep.openapi, common=None)
    openapi.add_argument("file", nargs="?", type=Path, metavar="FILE")


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point. 0: done, 1: refused or problems found, 2: wrong usage, 130: interrupted."""
    given = sys.argv[1:] if arguments is None else arguments
    try:
        _require_text(given)
        options = build_parser().parse_args(given)
        run: Command = options.run
        return run(options)
    except Rejection as rejection:
        complain_about(rejection)
        return FAILED
    except KeyboardInterrupt:
        complain(either("已中断", "interrupted"))
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        if error.filename is None:
            raise
        complain_about(PathUnusable(place=str(error.filename), reason=error.strerror or str(error)))
        return FAILED


def _require_text(arguments: Sequence[str]) -> None:
    """Raises `ArgumentUnreadable`: what is no text could neither be stored nor printed."""
    for argument in arguments:
        try:
            argument.encode()
        except UnicodeEncodeError:
            raise ArgumentUnreadable(argument=ascii(argument)) from None


if __name__ == "__main__":
    sys.exit(main())
