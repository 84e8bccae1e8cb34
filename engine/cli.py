"""The command `formwright`."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, HelpFormatter, Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.commands import applications, formula, people, purging, serving, upkeep
from engine.commands.context import FAILED, ArgumentUnreadable, PathUnusable, complain, complain_about, either
from engine.errors import Rejection

if TYPE_CHECKING:
    from argparse import _ArgumentGroup, _SubParsersAction

Command = Callable[[Namespace], int]


class _Help(HelpFormatter):
    """Help in the language of the terminal."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=28)

    def format_help(self) -> str:
        text = super().format_help()
        return either("用法: ", "usage: ") + text.removeprefix("usage: ") if text.startswith("usage: ") else text


@dataclass(frozen=True)
class _Added:
    """The places for what a command takes."""

    arguments: _ArgumentGroup
    options: _ArgumentGroup


def _groups(parser: ArgumentParser) -> _Added:
    # groups of our own: the titles of those that argparse makes are English
    arguments = parser.add_argument_group(either("参数", "arguments"))
    options = parser.add_argument_group(either("选项", "options"))
    options.add_argument("-h", "--help", action="help", help=either("显示此帮助", "show this help"))
    return _Added(arguments, options)


def build_parser() -> ArgumentParser:
    """Every command with its options."""
    text = either("表匠: 自托管的表单、审批流与数据平台", "Self-hosted forms, approval flows and records (表匠)")
    parser = ArgumentParser(prog="formwright", description=text, formatter_class=_Help, add_help=False)
    _groups(parser)
    title = either("命令", "commands")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title=title)
    _serving(commands)
    _applications(commands)
    _people(commands)
    _upkeep(commands)
    _formula(commands)
    return parser


def _add(commands: _SubParsersAction[ArgumentParser], name: str, *, run: Command, zh: str, en: str) -> _Added:
    text = either(zh, en)
    parser = commands.add_parser(name, help=text, description=text, formatter_class=_Help, add_help=False)
    parser.set_defaults(run=run)
    return _groups(parser)


def _add_place(added: _Added) -> _Added:
    """Where the workspace is."""
    text = either("数据目录: 数据库与文件 (默认: data)", "data directory: database and files (default: data)")
    added.options.add_argument("--data", type=Path, metavar="DIR", help=text)
    text = either(
        "PostgreSQL 地址 (默认: 数据目录中的 SQLite)", "PostgreSQL URL (default: SQLite in the data directory)"
    )
    added.options.add_argument("--database-url", metavar="URL", help=text)
    return added


def _serving(commands: _SubParsersAction[ArgumentParser]) -> None:
    serve = _add_place(_add(commands, "serve", run=serving.serve, zh="启动服务", en="start the server"))
    text = either("监听地址 (默认: 127.0.0.1)", "address to listen on (default: 127.0.0.1)")
    serve.options.add_argument("--host", help=text)
    text = either("监听端口 (默认: 8000)", "port to listen on (default: 8000)")
    serve.options.add_argument("--port", type=int, help=text)
    text = either("公开地址, 用于链接 (默认: 监听的地址)", "public address, used in links (default: where it listens)")
    serve.options.add_argument("--base-url", metavar="URL", help=text)
    text = either(
        "先升级数据库; 为新工作区建立管理员并安装示例数据", "migrate, and give a new workspace an admin and sample data"
    )
    serve.options.add_argument("--setup", action="store_true", help=text)


def _add_folder(added: _Added, *, several: bool = False) -> None:
    text = either("应用的文件夹 (其中有 app.json)", "folder of an application (with its app.json)")
    if several:
        added.arguments.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help=text)
    else:
        added.arguments.add_argument("folder", type=Path, metavar="FOLDER", help=text)


def _applications(commands: _SubParsersAction[ArgumentParser]) -> None:
    run = applications
    check = _add(commands, "check", run=run.check, zh="检查应用定义", en="check the files of applications")
    _add_folder(check, several=True)
    plan = _add(commands, "plan", run=run.plan, zh="预览发布会改变什么", en="show what applying would change")
    _add_folder(_add_place(plan))
    apply = _add_place(_add(commands, "apply", run=run.apply, zh="发布应用", en="publish an application"))
    _add_folder(apply)
    text = either("改了什么、为什么改, 随版本保存", "what changed and why, kept with the version")
    apply.options.add_argument("--note", metavar="TEXT", help=text)
    export = _add(commands, "export", run=run.export, zh="把应用导出为文件", en="write an application as files")
    _add_place(export)
    text = either("已安装应用的标识, 例如 project_initiation", "key of an installed application: project_initiation")
    export.arguments.add_argument("app", metavar="APP", help=text)
    text = either("写到哪个文件夹", "folder to write to")
    export.arguments.add_argument("folder", type=Path, metavar="FOLDER", help=text)
    text = either("文件夹不为空也写入, 覆盖同名文件", "also into a folder that is not empty; files are overwritten")
    export.options.add_argument("--force", action="store_true", help=text)
    scenario = _add(
        commands, "scenario", run=run.scenario, zh="运行应用的场景", en="play the scenarios of applications"
    )
    _add_folder(scenario, several=True)
    text = either("只运行这个文件名 (不含 .json) 的场景", "only the scenario of this file name (without .json)")
    scenario.options.add_argument("--only", metavar="NAME", help=text)


def _people(commands: _SubParsersAction[ArgumentParser]) -> None:
    link = _add(
        commands, "sign-in-link", run=people.sign_in_link, zh="生成一次性登录链接", en="print a one-time sign-in link"
    )
    link.arguments.add_argument(
        "account", metavar="ACCOUNT", help=either("为谁生成, 例如 admin", "whom it is for, such as admin")
    )
    admin = _add(commands, "create-admin", run=people.create_admin, zh="新建管理员", en="add an admin")
    admin.arguments.add_argument("account", metavar="ACCOUNT", help=either("账号", "the account"))
    text = either("姓名 (默认: 账号)", "how the person is called (default: the account)")
    admin.options.add_argument("--name", help=text)
    text = either(
        "服务器的公开地址 (默认: 上次启动时的地址)", "public address of the server (default: where it was served)"
    )
    for added in (link, admin):
        _add_place(added).options.add_argument("--base-url", metavar="URL", help=text)


def _upkeep(commands: _SubParsersAction[ArgumentParser]) -> None:
    run = upkeep
    _add_place(
        _add(commands, "migrate", run=run.migrate, zh="把数据库升级到本版本", en="bring the database to this release")
    )
    _add_place(_add(commands, "verify", run=run.verify, zh="校验全部数据", en="check everything that is stored"))
    zh, en = "显示配置和数据库状态", "show settings and the state of the database"
    _add_place(_add(commands, "check-config", run=run.check_config, zh=zh, en=en))
    _add_place(_add(commands, "sample", run=run.sample, zh="安装示例数据", en="install sample data"))
    zh, en = "彻底删除回收站中的到期数据", "purge what has been in the recycle bins for too long"
    _add_place(_add(commands, "purge-bin", run=purging.purge_bin, zh=zh, en=en))
    zh, en = "删除示例部门、人员及其全部数据", "remove the sample departments, people and all they entered"
    remove = _add_place(_add(commands, "remove-sample", run=run.remove, zh=zh, en=en))
    text = either("确认删除; 不加时只说明会删除什么", "yes, delete them; without it, what would go is said")
    remove.options.add_argument("--yes", action="store_true", help=text)
    _add(commands, "version", run=run.version, zh="显示版本", en="print the version")
    openapi = _add(commands, "openapi", run=run.openapi, zh="输出接口描述", en="print the description of the API")
    text = either("写到哪个文件 (默认: 打印)", "file to write to (default: print it)")
    openapi.arguments.add_argument("file", nargs="?", type=Path, metavar="FILE", help=text)


def _formula(commands: _SubParsersAction[ArgumentParser]) -> None:
    text = either("计算公式, 运行公式用例", "evaluate a formula, run formula vectors")
    parser = commands.add_parser("formula", help=text, description=text, formatter_class=_Help, add_help=False)
    _groups(parser)
    title = either("命令", "commands")
    inner = parser.add_subparsers(dest="action", required=True, metavar="COMMAND", title=title)
    zh, en = "运行公式用例文件, 最后一行为通过数与失败数", "run a file of formula vectors; the last line counts them"
    run = _add(inner, "run-vectors", run=formula.run_vectors, zh=zh, en=en)
    zh, en = "把用例文件的类型化语法树输出为 JSON 行", "print the typed trees of a file of vectors as lines of JSON"
    trees = _add(inner, "typed-trees", run=formula.typed_trees, zh=zh, en=en)
    text = either("用例文件 (JSON)", "file of vectors (JSON)")
    for added in (run, trees):
        added.arguments.add_argument("file", type=Path, metavar="FILE", help=text)
    one = _add(inner, "eval", run=formula.evaluate, zh="计算一个公式", en="evaluate one formula")
    text = either("公式, 例如 {qty}*{price}", "the formula, such as {qty}*{price}")
    one.arguments.add_argument("formula", metavar="FORMULA", help=text)
    text = either("字段的值, 例如 qty=3, 可重复", "value of a field, such as qty=3; may be repeated")
    one.options.add_argument("--field", action="append", metavar="KEY=VALUE", help=text)


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
