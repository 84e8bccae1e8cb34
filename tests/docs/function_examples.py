"""The examples of functions as typed trees, which the page's tests evaluate. Run as a program it writes them anew."""

from __future__ import annotations

import orjson

from engine.formula.check import compile_formula
from engine.formula.functions.registry import FUNCTIONS
from engine.formula.wire import wire_formula
from tests.architecture.sources import ROOT

FILE = ROOT / "builder_ui" / "tests" / "formula" / "examples.json"


def function_examples() -> str:
    """A JSON list with a line for each function: its example, what the help says it comes to, its tree."""
    lines = [
        orjson.dumps([help_.example, help_.result, wire_formula(compile_formula(help_.example, {})).tree]).decode()
        for help_ in dict.fromkeys(function.help for function in FUNCTIONS.values())
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(function_examples(), encoding="utf-8")
