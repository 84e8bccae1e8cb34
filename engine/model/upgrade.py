"""Documents written in older formats, brought to the present one: one function per change of the format.

Only `app.json` and `org.json` state their format; the other files of an application are in the format of its
`app.json`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.errors import Rejection
from engine.model.base import FORMAT
from engine.model.json_text import JsonTree

# From the format it reads to the one after it: (kind of document, tree) -> tree.
UPGRADES: Mapping[int, Callable[[str, JsonTree], JsonTree]] = {}


class FormatNewer(Rejection):
    code = "format_newer"
    status = 422
    zh = "文件格式版本 {format} 比本程序支持的 {supported} 新, 请升级程序"
    en = "The file has format {format}, newer than the {supported} known here; upgrade the program"


class FormatUnknown(Rejection):
    code = "format_unknown"
    status = 422
    zh = "“format” 应为 1 到 {supported} 的整数"
    en = "“format” must be a whole number from 1 to {supported}"


def read_format(tree: JsonTree) -> int:
    """The format a document states; the present one when it states none, which the shape check then reports.

    Raises `FormatNewer` or `FormatUnknown`.
    """
    stated = tree.get("format", FORMAT) if isinstance(tree, dict) else FORMAT
    if isinstance(stated, bool) or not isinstance(stated, int) or stated < 1:
        raise FormatUnknown(path="/format", supported=FORMAT)
    if stated > FORMAT:
        raise FormatNewer(path="/format", format=stated, supported=FORMAT)
    return stated


def upgrade_document(kind: str, tree: JsonTree, *, written_in: int) -> JsonTree:
    """The document in the present format. `kind` is `app`, `org` or the folder of the file."""
    for step in range(written_in, FORMAT):
        tree = UPGRADES[step](kind, tree)
    return tree
