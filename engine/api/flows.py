"""Flows at work: inbox, tasks, instances."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import PathId, Words
from engine.api.bodies import ActBody, CommentBody, RetryBody, read_body
from engine.api.documented import ERRORS, repeatable
from engine.api.units import create, run, show
from engine.runtime.calls import Call
from engine.runtime.inbox import InboxCounts, InboxPage, Order, count_inbox, list_inbox
from engine.runtime.instances import InstanceBrief, InstanceView, get_instance, mark_read, retry, withdraw
from engine.runtime.tasks import Decision, TaskView, act, get_task
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["flows"], responses=ERRORS)
NO_CONTENT = 204
OK = 200


@router.get("/inbox/counts", response_model=InboxCounts)
async def get_counts(request: Request) -> Response:
    """Open to-dos and unread copies."""
    return await show(request, count_inbox)


@router.get("/inbox/{box}", response_model=InboxPage)
async def get_box(  # noqa: PLR0917 - one parameter for each of the query's
    request: Request,
    box: Literal["todo", "started", "handled", "copied"],
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    q: Words = "",
    order: Order = "latest",
) -> Response:
    """One of the caller's boxes; `q`: only titles that contain it; `order`: latest first, or what is due first."""

    async def work(tx: Tx, call: Call) -> InboxPage:
        return await list_inbox(tx, call, box, cursor=cursor, limit=limit, words=q, order=order)

    return await show(request, work)


@router.get("/tasks/{task_id}", response_model=TaskView)
async def get_one_task(request: Request, task_id: PathId) -> Response:
    """The page of a task: the record with the node's rights, actions, timeline, drawing."""

    async def work(tx: Tx, call: Call) -> TaskView:
        return await get_task(tx, call, task_id)

    return await show(request, work)


@router.post("/tasks/{task_id}/act", response_model=InstanceBrief, openapi_extra=repeatable(ActBody))
async def act_on_task(request: Request, task_id: PathId) -> Response:
    """Approve, reject, return or submit; may be repeated with the same `Idempotency-Key`."""
    asked = await read_body(request, ActBody)
    decision = Decision(asked.action, asked.comment, asked.values, asked.to, asked.resume, asked.version)

    async def work(tx: Tx, call: Call) -> InstanceBrief:
        return await act(tx, call, task_id, decision=decision)

    return await create(request, work, status=OK)


@router.get("/instances/{instance_id}", response_model=InstanceView)
async def get_one_instance(request: Request, instance_id: PathId) -> Response:
    """A flow with its timeline and drawing."""

    async def work(tx: Tx, call: Call) -> InstanceView:
        return await get_instance(tx, call, instance_id)

    return await show(request, work)


@router.post("/instances/{instance_id}/read", status_code=NO_CONTENT)
async def read_instance(request: Request, instance_id: PathId) -> Response:
    """The caller has seen what he was copied on."""

    async def work(tx: Tx, call: Call) -> None:
        await mark_read(tx, call, instance_id)

    await run(request, work, is_write=True)
    return Response(status_code=NO_CONTENT)


@router.post("/instances/{instance_id}/withdraw", response_model=InstanceBrief, openapi_extra=repeatable(CommentBody))
async def withdraw_instance(request: Request, instance_id: PathId) -> Response:
    """The initiator takes the request back."""
    comment = (await read_body(request, CommentBody)).comment

    async def work(tx: Tx, call: Call) -> InstanceBrief:
        return await withdraw(tx, call, instance_id, comment=comment)

    return await create(request, work, status=OK)


@router.post("/instances/{instance_id}/retry", response_model=InstanceBrief, openapi_extra=repeatable(RetryBody))
async def retry_node(request: Request, instance_id: PathId) -> Response:
    """Try a parked node again; admins only."""
    activation = (await read_body(request, RetryBody)).activation

    async def work(tx: Tx, call: Call) -> InstanceBrief:
        return await retry(tx, call, instance_id, activation=activation)

    return await create(request, work, status=OK)
