"""Files to documents: an application or a sample organisation, with every problem of every file at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from engine.errors import Problem
from engine.model.application import APP_FILE, FOLDERS, Application, assemble
from engine.model.apps import App
from engine.model.base import FORMAT, Fault
from engine.model.canonical import read_document
from engine.model.checks.org import check_org
from engine.model.checks.references import check_references
from engine.model.json_text import JsonTree, read_json, write_json
from engine.model.member_names import nearest
from engine.model.org import Org
from engine.model.salvage import Lost, salvage, without_echoes
from engine.model.shape_problems import ShapeText, shape_problems, suggested
from engine.model.upgrade import FormatNewer, FormatUnknown, read_format, upgrade_document

ORG_FILE = "org.json"
# Tells an editor which schema a file has; says nothing about the document itself.
SCHEMA_MEMBER = "$schema"
_Document = TypeVar("_Document", bound=BaseModel)


class FileMissing(Fault):
    code = "file_missing"
    zh = "缺少文件 {name}"
    en = "The file {name} is missing"


class FileNameDiffers(Fault):
    code = "file_name_differs"
    zh = "标识 “{key}” 与文件名 “{name}” 不同"
    en = "The key “{key}” differs from the file name “{name}”"


UNKNOWN_FILE = ShapeText("unexpected_file", "应用中没有 {name} 这样的文件", "An application has no file such as {name}")


@dataclass
class _Reading:
    problems: list[Problem] = field(default_factory=list)
    folders: dict[str, dict[str, BaseModel]] = field(default_factory=lambda: {folder: {} for folder in FOLDERS})
    unread: set[tuple[str, str]] = field(default_factory=set)
    lost: dict[str, Lost] = field(default_factory=dict)

    def note(self, file: str, found: Iterable[Problem]) -> None:
        self.problems.extend(replace(problem, file=file) for problem in found)

    def tree(self, file: str, content: bytes) -> JsonTree | None:
        """The tree of a file, None when its JSON could not be read to the end."""
        tree, problems = read_json(content)
        self.note(file, problems)
        return tree

    def is_known(self, file: str, problem: Problem) -> bool:
        """Whether a problem was found at that place of the file already."""
        return any((known.file, known.path) == (file, problem.path) for known in self.problems)


@dataclass(frozen=True)
class Loaded:
    """What could be read of the files of an application, and everything that is wrong with them so far.

    `application` is None when nothing can be said about its documents.
    """

    application: Application | None
    problems: tuple[Problem, ...]
    lost: Mapping[str, Lost] = field(default_factory=dict)

    def without_echoes(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Those of further problems that do not come from what could not be read."""
        return without_echoes(problems, self.lost)


def load_application(files: Mapping[str, bytes]) -> tuple[Application | None, tuple[Problem, ...]]:
    """The application in `files` (content by path relative to its folder), or everything that is wrong with it.

    Files that are not JSON, those beside `app.json` and those whose name begins with a dot are no part of it.
    """
    loaded = load_readable(files)
    return (None if loaded.problems else loaded.application), loaded.problems


def load_readable(files: Mapping[str, bytes]) -> Loaded:
    """As `load_application`, with as much of the application as can be read in spite of its problems."""
    reading = _Reading()
    paths = sorted(path for path in files if _is_part(path))
    app, written_in = _load_app(reading, files)
    if written_in is None:
        return Loaded(None, tuple(reading.problems))
    for path in paths:
        _load_file(reading, path, files[path], written_in=written_in)
    if app is None:
        reading.unread.add(("app", "app"))
        app = App(format=FORMAT, key="unread", title="unread")
    application = assemble(app, reading.folders)
    found = check_references(application, unread=frozenset(reading.unread))
    return Loaded(application, (*reading.problems, *without_echoes(found, reading.lost)), reading.lost)


def load_org(files: Mapping[str, bytes]) -> tuple[Org | None, tuple[Problem, ...]]:
    """The organisation in `files`, or everything that is wrong with it."""
    reading = _Reading()
    if ORG_FILE not in files:
        return None, (Problem.of(FileMissing(name=ORG_FILE), path="", file=ORG_FILE),)
    org, _ = _load_root(reading, ORG_FILE, files[ORG_FILE], model=Org)
    if org is not None:
        found = [replace(problem, file=ORG_FILE) for problem in check_org(org)]
        reading.problems += without_echoes(found, reading.lost)
    return (None if reading.problems else org), tuple(reading.problems)


def _is_part(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return folder != "" and name.endswith(".json") and not name.startswith(".")


def _load_app(reading: _Reading, files: Mapping[str, bytes]) -> tuple[App | None, int | None]:
    """The application's own document and the format of its files; no format: nothing else can be read."""
    if APP_FILE not in files:
        reading.note(APP_FILE, [Problem.of(FileMissing(name=APP_FILE), path="")])
        return None, FORMAT
    return _load_root(reading, APP_FILE, files[APP_FILE], model=App)


def _load_root(
    reading: _Reading, file: str, content: bytes, *, model: type[_Document]
) -> tuple[_Document | None, int | None]:
    """A document that states its format, and that format; no format: it is one that is not known here."""
    tree = reading.tree(file, content)
    if tree is None:
        return None, FORMAT
    try:
        written_in = read_format(tree)
    except (FormatNewer, FormatUnknown) as refusal:
        reading.note(file, [Problem.of(refusal)])
        return None, None
    kind = file.removesuffix(".json")
    return _read(reading, file, upgrade_document(kind, tree, written_in=written_in), model=model), written_in


def _load_file(reading: _Reading, file: str, content: bytes, *, written_in: int) -> None:
    folder, _, name = file.partition("/")
    key = name.removesuffix(".json")
    if folder not in FOLDERS or "/" in name:
        text, more = suggested(UNKNOWN_FILE, folder, nearest(folder, FOLDERS))
        reading.note(file, [Problem(text.code, text.zh, text.en, "", {"name": file, **more})])
        return
    tree = reading.tree(file, content)
    document = None
    if tree is not None:
        document = _read(reading, file, upgrade_document(folder, tree, written_in=written_in), model=FOLDERS[folder])
    if document is None:
        reading.unread.add((folder, key))
        return
    stated = getattr(document, "key", key)
    if stated != key:
        reading.note(file, [Problem.of(FileNameDiffers(path="/key", key=stated, name=name))])
    reading.folders[folder][key] = document


def _read(reading: _Reading, file: str, tree: JsonTree, *, model: type[_Document]) -> _Document | None:
    if isinstance(tree, dict) and isinstance(tree.get(SCHEMA_MEMBER), str):
        tree = {name: member for name, member in tree.items() if name != SCHEMA_MEMBER}
    try:
        return read_document(model, write_json(tree))
    except ValidationError as error:
        problems = shape_problems(model, error, tree)
        reading.note(file, [problem for problem in problems if not reading.is_known(file, problem)])
        rest = salvage(model, tree, problems)
        if rest is None:
            return None
        reading.lost[file] = rest.lost
        return rest.document
