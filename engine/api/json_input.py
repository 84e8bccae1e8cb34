"""JSON of requests: read by the fast parser, refused where the strict reader of files would refuse it too.

Beyond the grammar that is what readers disagree about or databases cannot hold: repeated members, member names with a
meaning in JavaScript, lone surrogates and NUL, numbers beyond any field's, texts nested too deeply.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, NoReturn

from engine.errors import Problems
from engine.model.field_types.number import JSON_NUMBER_DIGITS, json_number
from engine.model.json_text import MAX_DEPTH, RESERVED_MEMBERS, UNSTORABLE, read_json

# Fields say for themselves which numbers they take; no field takes these.
MAX_DIGITS = 40
_TOO_LARGE: int = 10**MAX_DIGITS
# The strict reader is exact about places and slow; nobody looks for a fault in a text that is larger.
MAX_EXPLAINED = 32 * 1024
# An escaped character that may not be storable, or a number that may be too long: worth looking at every value.
_SUSPICIOUS = re.compile(rf"\\u(?:0000|[dD][89a-fA-F])|[0-9]{{{MAX_DIGITS + 1}}}")


class BadJson(Problems):
    """A body that is not JSON, or JSON that cannot be kept as it is; `errors` name the places."""

    code = "bad_json"
    status = 400
    zh = "请求内容不是可用的 JSON"
    en = "The body is not JSON that can be used"


def parse_json(content: bytes) -> object:
    """JSON with exact numbers: what has a point or an exponent becomes a Decimal. Raises `BadJson`."""
    try:
        text = content.decode("utf-8-sig")
        tree: object = json.loads(text, parse_float=_exact, parse_constant=_refuse_constant, object_pairs_hook=_members)
        _check(tree, values=_SUSPICIOUS.search(text) is not None)
    except (ValueError, ArithmeticError, RecursionError):
        problems = read_json(content, digits=MAX_DIGITS)[1] if len(content) <= MAX_EXPLAINED else ()
        raise BadJson(problems) from None
    return tree


def plain_json(tree: Any) -> Any:
    """The tree with numbers as JSON has them, to be kept as it is; those of many digits as text."""
    match tree:
        case Decimal():
            return json_number(tree)
        case bool():
            return tree
        case int():
            return tree if abs(tree) < 10**JSON_NUMBER_DIGITS else str(tree)
        case dict():
            return {key: plain_json(item) for key, item in tree.items()}
        case list():
            return [plain_json(item) for item in tree]
        case _:
            return tree


def _exact(numeral: str) -> Decimal:
    number = Decimal(numeral)
    if len(numeral) > MAX_DIGITS + 10 or abs(number.adjusted()) > MAX_DIGITS:
        raise ValueError(numeral)
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _members(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    members = dict(pairs)
    if len(members) != len(pairs) or not RESERVED_MEMBERS.isdisjoint(members):
        raise ValueError("members")
    return members


def _check(tree: object, *, values: bool) -> None:
    """Raises `ValueError` if it is nested too deeply or, where `values` are looked at, holds one that is refused."""
    level: list[object] = [tree]
    for _ in range(MAX_DEPTH):
        if values and any(_is_refused(item) for item in level):
            raise ValueError("value")
        level = [child for item in level for child in _children(item)]
        if not level:
            return
    raise ValueError("depth")


def _is_refused(item: object) -> bool:
    match item:
        case str():
            return UNSTORABLE.search(item) is not None
        case int():
            return abs(item) >= _TOO_LARGE
        case dict():
            return any(UNSTORABLE.search(name) for name in item)
        case _:
            return False


def _children(item: object) -> Iterable[object]:
    if isinstance(item, dict):
        return item.values()
    return item if isinstance(item, list) else ()
