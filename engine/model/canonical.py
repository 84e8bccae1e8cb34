"""The one way a document is written: members in the order of the model, defaults left out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel

from engine.model.application import APP_FILE, FOLDERS, Application, assemble
from engine.model.apps import App
from engine.model.base import FORMAT
from engine.model.upgrade import read_format, upgrade_document

LINE_LENGTH = 120
_Document = TypeVar("_Document", bound=BaseModel)


def canonical_json(document: BaseModel) -> str:
    """The text of a document as exported and hashed: equal documents give equal text."""
    members = document.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return _layout(members, indent="") + "\n"


def export_files(application: Application) -> Mapping[str, str]:
    """The files of an application, by path: what `load_application` reads back as the same application."""
    files = {path: canonical_json(document) for path, document in application.documents()}
    for key, document in application.folder("records").items():
        files[f"records/{key}.json"] = canonical_json(document)
    return files


def dump_application(application: Application) -> str:
    """One JSON text with everything a published version is made of; equal applications give equal text.

    `{"format": 1, "files": {path: document}}`, without sample records: they are data, not definition.
    """
    files = {path: json.loads(canonical_json(document)) for path, document in application.documents()}
    return json.dumps({"format": FORMAT, "files": files}, ensure_ascii=False, separators=(",", ":"))


def hash_of(document: str) -> str:
    """The hash by which equal applications are recognised, whatever the order of members in what `dump_application`
    wrote.
    """
    ordered = json.dumps(json.loads(document), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(ordered.encode()).hexdigest()


def parse_application(text: str | bytes) -> Application:
    """The application that `dump_application` wrote, of this format or an older one. Raises `FormatNewer`."""
    stored = json.loads(text)
    written_in = read_format(stored)
    folders: dict[str, dict[str, BaseModel]] = {folder: {} for folder in FOLDERS}
    for path, tree in stored["files"].items():
        folder, _, name = path.partition("/")
        if folder in FOLDERS:
            current = upgrade_document(folder, tree, written_in=written_in)
            folders[folder][name.removesuffix(".json")] = read_document(FOLDERS[folder], json.dumps(current))
    app = upgrade_document("app", stored["files"][APP_FILE], written_in=written_in)
    return assemble(read_document(App, json.dumps(app)), folders)


def read_document(model: type[_Document], text: str | bytes) -> _Document:
    """The document a JSON text holds. Raises pydantic's `ValidationError`."""
    return model.model_validate_json(text, strict=True, by_alias=True, by_name=False)


def _layout(tree: object, *, indent: str) -> str:
    """What fits on a line is on one line, as people write it."""
    line = json.dumps(tree, ensure_ascii=False)
    if len(indent) + len(line) <= LINE_LENGTH or not isinstance(tree, dict | list):
        return line
    inner = indent + "  "
    if isinstance(tree, list):
        parts = [inner + _layout(item, indent=inner) for item in tree]
    else:
        parts = [f"{inner}{json.dumps(key)}: {_layout(item, indent=inner)}" for key, item in tree.items()]
    opening, closing = ("[", "]") if isinstance(tree, list) else ("{", "}")
    return f"{opening}\n" + ",\n".join(parts) + f"\n{indent}{closing}"
