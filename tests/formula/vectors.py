"""Reading formula vectors: a case's fields as a scope and values, its expectation as a canonical text."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.formula.check import Scope, compile_formula
from engine.formula.environment import Environment
from engine.formula.values import (
    ANY,
    BOOLEAN,
    DATE,
    DATETIME,
    NUMBER,
    TEXT,
    ErrorValue,
    FormulaRejected,
    FormulaValue,
    Kind,
    Result,
    UnknownFunction,
)

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 1, 5, 1, 0, tzinfo=UTC)


def shared_folder() -> Path | None:
    """The folder of outside data, if this machine has it."""
    named = os.environ.get("FORMWRIGHT_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2].parent / "shared"
    return folder if (folder / "data").is_dir() else None


def field_value(raw: object) -> tuple[Kind, FormulaValue]:
    """Kind and value of one field of a case."""
    match raw:
        case None:
            return ANY, None
        case bool():
            return BOOLEAN, raw
        case int() | Decimal():
            return NUMBER, Decimal(raw)
        case str():
            return TEXT, raw
        case {"decimal": str() as digits}:
            return NUMBER, Decimal(digits)
        case {"date": str() as day}:
            return DATE, date.fromisoformat(day)
        case {"datetime": str() as moment}:
            return DATETIME, datetime.fromisoformat(moment)
        case list():
            pairs = [field_value(item) for item in raw]
            kinds = {kind.name for kind, _ in pairs if kind != ANY}
            name = kinds.pop() if len(kinds) == 1 else "any"
            return Kind(name, is_list=True), tuple(value for _, value in pairs)  # type: ignore[misc]
        case _:
            raise ValueError(raw)


def case_fields(fields: Mapping[str, object]) -> tuple[Scope, Mapping[str, FormulaValue]]:
    """Scope and values; a list of objects is a subform whose columns are lists."""
    scope: dict[str, Kind] = {}
    values: dict[str, FormulaValue] = {}
    for key, raw in fields.items():
        if (
            isinstance(raw, list)
            and raw
            and isinstance(raw[0], dict)
            and not {"decimal", "date", "datetime"} & set(raw[0])
        ):
            for column in {name for row in raw for name in row}:
                path = f"{key}.{column}"
                scope[path], values[path] = field_value([row.get(column) for row in raw])
        else:
            scope[key], values[key] = field_value(raw)
    return scope, values


def run_case(case: Mapping[str, object]) -> Result | str:
    """The value, or the code of the rejection."""
    scope, values = case_fields(case.get("fields", {}))  # type: ignore[arg-type]
    try:
        compiled = compile_formula(str(case["formula"]), scope)
    except UnknownFunction:
        raise
    except FormulaRejected as rejection:
        return rejection.code
    return compiled.evaluate(Environment(values.__getitem__, now=NOW, zone=ZONE))


def agrees(result: Result | str, expect: Mapping[str, object]) -> bool:
    """Whether a result is the expected one (numbers: 12 significant digits, or the case's tolerance)."""
    wanted = expect.get("value", expect.get("code"))
    match expect["type"]:
        case "number":
            if not isinstance(result, Decimal):
                return False
            target = Decimal(str(wanted))
            if expect.get("exact"):
                return result == target
            tolerance = Decimal(str(expect.get("tol", "5e-13")))
            return abs(result - target) <= tolerance * max(abs(target), Decimal("1e-300")) or result == target
        case "error":
            return isinstance(result, ErrorValue) and result.value == wanted
        case "date":
            return isinstance(result, date) and result.isoformat()[:10] == wanted
        case "datetime":
            return isinstance(result, datetime) and result.isoformat() == wanted
        case "null":
            return result is None
        case _:
            return result == wanted


def load_vectors(path: Path) -> list[dict[str, object]]:
    """All cases of a file, numbers read exactly."""
    content = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    vectors: list[dict[str, object]] = content["vectors"]
    return vectors
