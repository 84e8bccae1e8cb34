"""The typed tree as JSON: kinds at every node, conversions at every argument, main names of functions."""

from __future__ import annotations

import orjson

from engine.formula.check import compile_formula
from engine.formula.values import DATE, NUMBER, Kind
from engine.formula.wire import wire_formula

SCOPE = {"qty": NUMBER, "day": DATE, "lines.amount": Kind("number", is_list=True)}


def wired(source: str) -> object:
    return orjson.loads(orjson.dumps(wire_formula(compile_formula(source, SCOPE))))


def test_a_formula_goes_over_with_kinds_and_conversions() -> None:
    assert wired('IF(ISNULL({qty}),"-",SUM({lines.amount},1.50))') == {
        "references": ["lines.amount", "qty"],
        "uses_clock": False,
        "steps": 7,
        "tree": {
            "type": "call",
            "kind": "any",
            "is_list": False,
            "name": "IF",
            "takes": ["lazy", "lazy", "lazy"],
            "arguments": [
                {
                    "type": "call",
                    "kind": "boolean",
                    "is_list": False,
                    "name": "ISEMPTY",
                    "takes": ["any"],
                    "arguments": [{"type": "reference", "kind": "number", "is_list": False, "path": "qty"}],
                },
                {"type": "constant", "kind": "text", "value": "-"},
                {
                    "type": "call",
                    "kind": "number",
                    "is_list": False,
                    "name": "SUM",
                    "takes": ["list", "list"],
                    "arguments": [
                        {"type": "reference", "kind": "number", "is_list": True, "path": "lines.amount"},
                        {"type": "constant", "kind": "number", "value": "1.50"},
                    ],
                },
            ],
        },
    }


def test_operations_keep_their_kinds() -> None:
    tree = wired("-{qty}%+({day}+1-{day})")["tree"]  # type: ignore[index]
    assert (tree["kind"], tree["left"]["kind"], tree["right"]["left"]["kind"]) == ("number", "number", "date")
    assert tree["left"]["operand"]["operator"] == "%"


def test_a_missing_argument_is_null() -> None:
    tree = wired("IF(TRUE,,2)")["tree"]  # type: ignore[index]
    assert tree["arguments"][1] == {"type": "constant", "kind": "null", "value": None}
