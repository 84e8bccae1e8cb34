"""What is said of an application as a whole before it is published."""

from __future__ import annotations

import json

from engine.commands.library import read_application
from engine.model.canonical import export_files
from engine.resources import find
from engine.runtime.definitions import CheckReport, check_files
from tests.world import APP

ENTITY = "entities/proposal.json"


def checked(formula: str, *, needs: object = None, calendar: str | None = None) -> CheckReport:
    exported = export_files(read_application(find("templates_library") / "1_initiation" / APP))
    files = {path: json.loads(text) for path, text in exported.items()}
    field = {"key": "span", "type": "number", "title": "x", "computed": formula}
    files[ENTITY]["fields"].append(field)
    if needs is not None:
        files["app.json"]["needs"]["calendars"] = needs
    if calendar is not None:
        files["flows/approve_proposal.json"]["policies"]["calendar"] = calendar
    return check_files({path: json.dumps(document).encode() for path, document in files.items()})


def test_a_calendar_that_a_formula_names_must_be_needed_or_built_in() -> None:
    named = 'NETWORKDAYS({start},{finish},"factory")'
    warned = [(warning.code, warning.file, warning.params["name"]) for warning in checked(named).warnings]
    assert warned == [("calendar_not_listed", ENTITY, "factory")]
    assert checked(named, needs={"factory": {"title": "x"}}).warnings == ()
    assert checked('NETWORKDAYS({start},{finish},"CN")').warnings == ()


def test_the_calendar_of_a_flow_must_be_needed_or_built_in() -> None:
    (problem,) = checked("1", calendar="factory").problems
    assert (problem.code, problem.path) == ("unknown_calendar", "/policies/calendar")
    assert checked("1", calendar="factory", needs={"factory": {"title": "x"}}).problems == ()
    assert checked("1", calendar="CN").problems == ()
