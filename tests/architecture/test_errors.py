"""Every error says what is wrong in both languages, under a code of one meaning."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from pathlib import Path

from engine.errors import Rejection
from tests.architecture.error_texts import described, rejections
from tests.architecture.sources import python_files, tree
from tests.docs.errors_page import errors_page

PLACE = re.compile(r"(?<!\{)\{([a-z_]+)\}(?!\})")
# One meaning in several wordings: what is wrong is the same, where it was found differs. Anything else needs a code
# of its own, because programs tell errors apart by their code.
WORDED_DIFFERENTLY = {
    "above_max": "a value of a record, a number of a definition",
    "bad_instant": "a value of a record, an instant of a definition",
    "below_min": "a value of a record, a number of a definition",
    "duplicate_key": "a key of a definition, a key of a flow with its block",
    "field_not_writable": "by a request, by the map of a trigger, by the rights of a node",
    "type_change_unsupported": "seen in the documents, seen in the columns",
    "unknown_department": "an id of a record, a key of an organisation",
    "unknown_entity": "in a document, in a flow with its node",
    "unknown_field": "in a document, in a flow with its node, in a request, in a filter",
    "wrong_type": "one wording for each type",
}

# The same fault told more exactly: a closed task says who decided it, when that is known.
SHARED = {"TaskClosed": {"code"}}


def test_every_error_has_its_texts_in_both_languages() -> None:
    wanting = [item.code for item in described() if item.zh == item.en or not re.search("[一-鿿]", item.zh)]
    assert wanting == []


def test_both_texts_speak_of_the_same_things() -> None:
    # the fallback tells each language what it can
    differing = [
        item.code
        for item in described()
        if set(PLACE.findall(item.zh)) != set(PLACE.findall(item.en)) and item.code != "bad_shape"
    ]
    assert differing == []


def test_a_code_has_one_status() -> None:
    statuses: dict[str, set[int]] = {}
    for item in described():
        statuses.setdefault(item.code, set()).add(item.status)
    assert {code: found for code, found in statuses.items() if len(found) > 1} == {}


def test_every_class_of_errors_has_a_code_and_texts_of_its_own() -> None:
    # a class of errors without a code stands for those below it and is never raised itself
    wanting = {
        kind.__name__: missing
        for kind in rejections()
        if not (kind.__subclasses__() and "code" not in vars(kind))
        and (missing := {"code", "zh", "en"} - set(vars(kind)))
    }
    assert wanting == SHARED


def test_a_code_has_one_meaning() -> None:
    wordings: dict[str, set[str]] = {}
    for item in described():
        wordings.setdefault(item.code, set()).add(item.en)
    assert {code for code, found in wordings.items() if len(found) > 1} == set(WORDED_DIFFERENTLY)


def raised(path: Path) -> Iterator[tuple[type[Rejection], ast.Call]]:
    """Every call in a file that makes an error, with its class."""
    names = vars(importlib.import_module(".".join(path.with_suffix("").parts)))
    for call in ast.walk(tree(path)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            kind = names.get(call.func.id)
            if isinstance(kind, type) and issubclass(kind, Rejection) and "__init__" not in vars(kind):
                yield kind, call


def test_every_error_is_raised_with_what_its_texts_tell() -> None:
    # `path` is the place of the fault and never part of a text
    found = [
        (f"{path}:{call.lineno}", set(PLACE.findall(kind.zh + kind.en)), {keyword.arg for keyword in call.keywords})
        for path in python_files("engine")
        if path.name != "__init__.py"
        for kind, call in raised(path)
    ]
    assert len(found) >= 100
    assert [place for place, told, given in found if None not in given and told - (given - {"path"})] == []


def test_codes_are_lower_case_words() -> None:
    assert [item.code for item in described() if not re.fullmatch("[a-z][a-z0-9_]*", item.code)] == []


def test_a_problem_without_a_class_is_documented_too() -> None:
    page = errors_page()
    codes = {
        code.value
        for path in python_files("engine")
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Problem"
        for code in (*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "code"))
        if isinstance(code, ast.Constant) and isinstance(code.value, str)
    }
    assert codes
    assert [code for code in codes if f"| `{code}` |" not in page] == []
