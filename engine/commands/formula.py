"""Formulas at the command line: one evaluated, files of vectors run, their typed trees printed."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import NoReturn

import orjson

from engine.calendars.days import days_off, make_up_days
from engine.clock import SystemClock
from engine.commands.context import FAILED, complain_about, either, language_of, say
from engine.errors import Rejection
from engine.formula.check import compile_formula
from engine.formula.coercion import parse_day, text
from engine.formula.environment import Environment
from engine.formula.values import ErrorValue, FormulaValue, Kind
from engine.formula.vectors import (
    NOW,
    ZONE,
    Case,
    Json,
    UnreadableCase,
    VectorsUnreadable,
    agrees,
    expected_text,
    field_value,
    read_cases,
    result_text,
    run_case,
    typed_case,
)
from engine.model.calendars import STATUTORY
from engine.runtime.holidays import builtin_calendars, holiday_years

UNREADABLE = 2


def run_vectors(options: Namespace) -> int:
    """Run every case of a file; the last line counts them."""
    cases = _cases_or_complain(options.file)
    if cases is None:
        return UNREADABLE
    failures = [line for case in cases if (line := _failure(case)) is not None]
    for line in failures:
        say(line)
    say(f"{len(cases) - len(failures)} passed, {len(failures)} failed")
    return FAILED if failures else 0


def _failure(case: Case) -> str | None:
    """A line about a case that does not hold."""
    try:
        result = run_case(case, builtin_calendars().by_key)
        if agrees(result, case.expect):
            return None
        found = result_text(result)
    except Rejection as rejection:
        found = rejection.text(language_of())
    formula = " ".join(case.formula.splitlines())
    if "type" not in case.expect:
        return f"✗ {case.id}  {formula}  " + either("没有 expect.type", "expect.type is missing")
    wanted = expected_text(case.expect)
    return f"✗ {case.id}  {formula}  " + either(f"应为 {wanted}, 实为 {found}", f"expected {wanted}, found {found}")


def typed_trees(options: Namespace) -> int:
    """A line of JSON for the evaluation, then one for each case with its typed tree."""
    cases = _cases_or_complain(options.file)
    if cases is None:
        return UNREADABLE
    now = NOW.astimezone(ZONE).replace(tzinfo=None)
    table = holiday_years(STATUTORY)
    tables = {STATUTORY: {"off": sorted(days_off(table)), "extra": sorted(make_up_days(table))}}
    header = {"now": now.isoformat(), "zone": ZONE.key, "count": len(cases), "tables": tables}
    say(orjson.dumps(header).decode())
    for case in cases:
        say(orjson.dumps(typed_case(case)).decode())
    return 0


def _cases_or_complain(file: Path) -> Sequence[Case] | None:
    try:
        return load_cases(file)
    except VectorsUnreadable as rejection:
        complain_about(rejection)
        return None


def load_cases(file: Path) -> Sequence[Case]:
    """All cases of a file, its numbers read exactly. Raises `VectorsUnreadable`."""
    try:
        content = file.read_text(encoding="utf-8")
        return read_cases(json.loads(content, parse_float=Decimal, parse_constant=_refuse_constant))
    except OSError as error:
        raise VectorsUnreadable(file=str(file), reason=error.strerror or str(error)) from None
    except UnreadableCase as rejection:
        raise VectorsUnreadable(file=str(file), reason=rejection.text(language_of())) from None
    except (ValueError, RecursionError) as error:
        raise VectorsUnreadable(file=str(file), reason=f"JSON: {error}") from None


def _refuse_constant(word: str) -> NoReturn:
    raise ValueError(word)


def evaluate(options: Namespace) -> int:
    """Evaluate one formula over the fields that are given."""
    scope: dict[str, Kind] = {}
    values: dict[str, FormulaValue] = {}
    for given in options.field or ():
        key, _, raw = given.partition("=")
        scope[key], values[key] = field_value(_typed(raw), key)
    compiled = compile_formula(options.formula, scope)
    result = compiled.evaluate(
        Environment(values.__getitem__, now=SystemClock().now(), zone=ZONE, calendars=builtin_calendars())
    )
    say(result.value if isinstance(result, ErrorValue) else text(result))
    return FAILED if isinstance(result, ErrorValue) else 0


def _typed(given: str) -> Json:
    """What somebody who writes `a=3`, `d=2026-01-31`, `ok=TRUE`, `n=` or `t="3"` means; all else is text."""
    if given.upper() in {"TRUE", "FALSE"}:
        return given.upper() == "TRUE"
    if len(given) > 1 and given[0] == given[-1] == '"':
        return given[1:-1]
    day = parse_day(given)
    if day is not None:
        return {"date": day.isoformat()}
    for kind in ("decimal", "datetime"):
        raw = {kind: given}
        try:
            field_value(raw, given)
        except UnreadableCase:
            continue
        return raw
    return given or None
