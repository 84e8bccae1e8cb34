"""Bodies of requests: what each may hold, and reading them with every fault at its JSON pointer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import Request

from engine.api.json_input import parse_json
from engine.api.units import require_credentials
from engine.errors import Param, Problem, Problems
from engine.forms.formulas import PlaceKind
from engine.model.base import ID_PATTERN, Document, Faults
from engine.model.calendars import FIRST_YEAR, LAST_YEAR
from engine.model.json_text import JsonTree
from engine.model.shape_problems import SHAPE_TEXTS, ShapeText
from engine.model.shape_problems import shape_problems as document_problems
from engine.runtime.formulas import MAX_NOTE
from engine.runtime.tasks import Action, ResumeMode

MAX_VERSION = 10**12
MAX_FORMULA = 20_000  # of what is looked at; what is too long for a formula is a problem of it
Id = Annotated[str, Field(pattern=ID_PATTERN)]
Comment = Annotated[str, Field(max_length=4000)]
FieldValues = dict[str, Any]


class Body(BaseModel):
    """A JSON object; members it does not know are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkBody(Body):
    """The token of a sign-in link."""

    token: Annotated[str, Field(min_length=1, max_length=200)]


class PersonBody(Body):
    """Whom to act as; null: oneself again."""

    member_id: Id | None


class ValuesBody(Body):
    """Field values in JSON form by field key."""

    values: FieldValues


class EvaluateBody(ValuesBody):
    """Values being typed; on the page of the task `task_id`, or into the record `record_id`, instead of a new form.

    `department_id`: for which a new form will be submitted.
    """

    task_id: Id | None = None
    record_id: Id | None = None
    department_id: Id | None = None


class SubmitBody(ValuesBody):
    """A filled form. `id`: the record's id chosen by the client."""

    id: Id | None = None
    department_id: Id | None = None
    draft_id: Id | None = None
    comment: Comment | None = None


class RecordBody(ValuesBody):
    """A new record. `id`: chosen by the client."""

    id: Id | None = None


class ActBody(Body):
    """A decision; `to` and `resume` belong to `return`.

    `version`: that of the record that was seen; a field of `values` that somebody changed since is a conflict.
    """

    action: Action
    comment: Comment | None = None
    values: FieldValues | None = None
    to: Annotated[str, Field(max_length=63)] | None = None
    resume: ResumeMode | None = None
    version: Annotated[int, Field(ge=1, le=MAX_VERSION)] | None = None


class CommentBody(Body):
    """Why, if the person says so."""

    comment: Comment | None = None


class RetryBody(Body):
    """Which parked visit to try again."""

    activation: Annotated[int, Field(ge=1, le=MAX_VERSION)]


class KeyBody(Body):
    """A new API key; `member_id`: for a sample member."""

    title: Annotated[str, Field(min_length=1, max_length=100)]
    member_id: Id | None = None


class FormulaPlace(Body):
    """Where a formula stands: `field` of computed, default, and of the visibility of one field; `rule` of a rule;
    `form` and `section` (counted from 0) of a visibility.
    """

    kind: PlaceKind
    field: Annotated[str, Field(max_length=255)] | None = None
    rule: Annotated[str, Field(max_length=63)] | None = None
    form: Annotated[str, Field(max_length=63)] | None = None
    section: Annotated[int, Field(ge=0, le=1000)] | None = None


class CheckFormulaBody(Body):
    """A draft of a formula; without `place` it is read as one of the entity at large."""

    source: Annotated[str, Field(max_length=MAX_FORMULA)]
    place: FormulaPlace | None = None


class CheckConditionBody(Body):
    """A draft of a formula that filters records."""

    source: Annotated[str, Field(max_length=MAX_FORMULA)]


class SaveFormulaBody(Body):
    """A formula to be published; `source` null takes it away. `seen_version`: of the application that was seen."""

    place: FormulaPlace
    source: Annotated[str, Field(max_length=MAX_FORMULA)] | None
    seen_version: Annotated[int, Field(ge=1, le=MAX_VERSION)]
    note: Annotated[str, Field(min_length=1, max_length=MAX_NOTE)] | None = None


class HolidaysBody(Body):
    """Published holidays as text: the official notice, JSON, CSV or iCalendar. `year`: of a notice without one."""

    text: Annotated[str, Field(min_length=1, max_length=500_000)]
    year: Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)] | None = None


T = TypeVar("T", bound=BaseModel)


async def read_body(request: Request, model: type[T]) -> T:
    """The body as `model`, of somebody who brings a session or a key. Raises `SignInNeeded`, `BadJson`, `Problems`."""
    require_credentials(request)
    return await read_open_body(request, model)


async def read_open_body(request: Request, model: type[T]) -> T:
    """The body as `model`, of anyone; an empty one counts as `{}`. Raises `BadJson`, `Problems`."""
    content = parse_json(await request.body() or b"{}")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise Problems(shape_problems(error.errors(include_url=False, include_input=False))) from None


D = TypeVar("D", bound=Document)


async def read_document(request: Request, model: type[D]) -> D:
    """The body as an authored document. Raises `SignInNeeded`, `BadJson`, `Problems`."""
    require_credentials(request)
    content = cast("JsonTree", parse_json(await request.body() or b"{}"))
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise Problems(document_problems(model, error, content)) from None


# what comes in a query is text, so a number may also not be readable as one
_TEXTS = {**SHAPE_TEXTS, "int_parsing": SHAPE_TEXTS["int_type"]}
_QUOTED = re.compile("'([^']*)'")
_OTHER = ShapeText("bad_member", "“{member}” 的内容不正确: {reason}", "“{member}” is not right: {reason}")


def shape_problems(errors: Iterable[Any]) -> list[Problem]:
    """Pydantic's errors as problems with JSON pointers."""
    found = []
    for error in errors:
        place = [str(part) for part in error["loc"]]
        text = _TEXTS.get(error["type"], _OTHER)
        pointer = "".join(f"/{part.replace('~', '~0').replace('/', '~1')}" for part in place)
        cause = error.get("ctx", {}).get("error")
        if isinstance(cause, Faults):
            found += [Problem.of(fault, path=pointer + (fault.path or "")) for fault in cause.faults]
            continue
        params = {"member": place[-1][:100] if place else "", **_context(error)}
        found.append(Problem(text.code, text.zh, text.en, pointer, params))
    return found


def _context(error: Any) -> dict[str, Param]:
    """What the texts say of a fault: bounds, patterns, the words that are allowed."""
    if error["type"] not in _TEXTS:
        return {"reason": str(error["msg"])[:300]}
    given: dict[str, Param] = {
        name: value if isinstance(value, int) else str(value) for name, value in error.get("ctx", {}).items()
    }
    if "expected" in given:
        given["expected"] = ", ".join(_QUOTED.findall(str(given["expected"])))
    return given
