"""Installed applications and their forms: opening, evaluating, submitting, drafts."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import PathId
from engine.api.bodies import EvaluateBody, SubmitBody, ValuesBody, read_body
from engine.api.documented import ERRORS, repeatable, takes
from engine.api.json_input import plain_json
from engine.api.units import change, create, run, show
from engine.runtime import drafts
from engine.runtime.calls import Call
from engine.runtime.definitions import AppList, AppView, list_apps, show_app
from engine.runtime.drafts import DraftList, DraftView
from engine.runtime.submissions import (
    Evaluation,
    Filled,
    FormView,
    Submitted,
    evaluate_form,
    evaluate_record,
    open_form,
    submit,
)
from engine.runtime.tasks import evaluate_task
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["applications"], responses=ERRORS)
FORM = "/apps/{app_key}/forms/{form_key}"
NO_CONTENT = 204


@router.get("/apps", response_model=AppList)
async def get_apps(request: Request) -> Response:
    """Applications with the part of their menu that the caller can use."""

    async def work(_tx: Tx, call: Call) -> AppList:
        return list_apps(call)

    return await show(request, work)


@router.get("/apps/{app_key}", response_model=AppView)
async def get_app(request: Request, app_key: str) -> Response:
    """Definitions of one application, without fields that the caller never sees."""

    async def work(_tx: Tx, call: Call) -> AppView:
        return show_app(call, app_key)

    return await show(request, work)


@router.get(FORM, response_model=FormView)
async def get_form(request: Request, app_key: str, form_key: str) -> Response:
    """A form to be filled in, with rights and default values."""

    async def work(_tx: Tx, call: Call) -> FormView:
        return open_form(call, app_key, form_key)

    return await show(request, work)


@router.post(f"{FORM}/evaluate", response_model=Evaluation, openapi_extra=takes(EvaluateBody))
async def evaluate(request: Request, app_key: str, form_key: str) -> Response:
    """Computed values, visibility and faults of what is being typed; nothing is stored."""
    asked = await read_body(request, EvaluateBody)

    async def work(tx: Tx, call: Call) -> Evaluation:
        if asked.task_id is not None:
            return await evaluate_task(tx, call, asked.task_id, values=asked.values)
        if asked.record_id is not None:
            return await evaluate_record(
                tx, call, app_key, form_key=form_key, record_id=asked.record_id, values=asked.values
            )
        return await evaluate_form(
            tx, call, app_key, form_key=form_key, values=asked.values, department_id=asked.department_id
        )

    return await show(request, work)


@router.post(f"{FORM}/submissions", response_model=Submitted, status_code=201, openapi_extra=repeatable(SubmitBody))
async def submit_form(request: Request, app_key: str, form_key: str) -> Response:
    """Make the record and start the form's flow; may be repeated with the same `Idempotency-Key` or `id`."""
    asked = await read_body(request, SubmitBody)
    filled = Filled(asked.values, asked.department_id, asked.draft_id, asked.id, asked.comment)

    async def work(tx: Tx, call: Call) -> Submitted:
        return await submit(tx, call, app_key, form_key=form_key, filled=filled)

    return await create(request, work, own_id=asked.id)


@router.post(f"{FORM}/drafts", response_model=DraftView, status_code=201, openapi_extra=repeatable(ValuesBody))
async def create_draft(request: Request, app_key: str, form_key: str) -> Response:
    """Keep what was typed so far."""
    values = (await read_body(request, ValuesBody)).values

    async def work(tx: Tx, call: Call) -> DraftView:
        return await drafts.create(tx, call, app_key, form_key=form_key, values=plain_json(values))

    return await create(request, work)


@router.get("/drafts", response_model=DraftList)
async def list_drafts(request: Request) -> Response:
    """The caller's drafts, latest first."""
    return await show(request, drafts.list_own)


@router.get("/drafts/{draft_id}", response_model=DraftView)
async def get_draft(request: Request, draft_id: PathId) -> Response:
    """One of the caller's drafts."""

    async def work(tx: Tx, call: Call) -> DraftView:
        return await drafts.get_own(tx, call, draft_id)

    return await show(request, work)


@router.put("/drafts/{draft_id}", response_model=DraftView, openapi_extra=takes(ValuesBody))
async def replace_draft(request: Request, draft_id: PathId) -> Response:
    """Keep what is typed now."""
    values = (await read_body(request, ValuesBody)).values

    async def work(tx: Tx, call: Call) -> DraftView:
        return await drafts.replace_values(tx, call, draft_id, values=plain_json(values))

    return await change(request, work)


@router.delete("/drafts/{draft_id}", status_code=NO_CONTENT)
async def discard_draft(request: Request, draft_id: PathId) -> Response:
    """Forget a draft."""

    async def work(tx: Tx, call: Call) -> None:
        await drafts.discard(tx, call, draft_id)

    await run(request, work, is_write=True)
    return Response(status_code=NO_CONTENT)
