"""Several operations in one request, writing by a unique key, and bringing earlier states back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from engine.api.addresses import PathId
from engine.api.answers import JSON, body, problem_body
from engine.api.bodies import MAX_VERSION, read_body
from engine.api.documented import ERRORS, IDEMPOTENCY_KEY, IF_MATCH, repeatable, takes
from engine.api.operation_bodies import BatchBody, RevertBody, UpsertBody
from engine.api.preconditions import seen_version
from engine.api.units import OK, REPLAYED, backend_of, create, idempotency_key, once_for, run, show
from engine.runtime.bulk import apply_each, chunks
from engine.runtime.calls import Call
from engine.runtime.operations import Operation, Outcome, apply_all
from engine.runtime.record_views import RecordView
from engine.runtime.reverting import Reversion, Reverted, preview_reversion, revert_record
from engine.runtime.upserting import upsert_record
from engine.store.database import Tx

router = APIRouter(prefix="/api", tags=["records"], responses=ERRORS)
RECORDS = "/apps/{app_key}/entities/{entity_key}/records"
# so many operations share a transaction where each stands by itself
CHUNK = 200
PathVersion = Annotated[int, Path(ge=1, le=MAX_VERSION)]


@dataclass(frozen=True)
class ResultItem:
    """What became of one operation. `done`: created, updated, deleted, restored, purged; null: it was refused."""

    index: int
    status: int
    done: str | None
    id: str | None
    version: int | None
    errors: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class BatchResult:
    """All operations in their order."""

    done: int
    failed: int
    items: Sequence[ResultItem]


def result_item(call: Call, index: int, outcome: Outcome) -> ResultItem:
    """An outcome as it is told, in the caller's language."""
    status = {"created": 201, "purged": 204}.get(outcome.done or "", OK)
    if outcome.rejection is not None:
        status = outcome.rejection.status
    errors = [problem_body(problem, language=call.language) for problem in outcome.problems]
    return ResultItem(index, status, outcome.done, outcome.id, outcome.version, errors)


@router.post(f"{RECORDS}/batch", response_model=BatchResult, openapi_extra=repeatable(BatchBody))
async def post_batch(request: Request, app_key: str, entity_key: str) -> Response:
    """At most 1,000 operations: all of them or none (422 names what cannot be done), or each by itself."""
    asked = await read_body(request, BatchBody)
    operations = [item.operation() for item in asked.operations]
    if asked.mode == "all":
        return await _all(request, app_key, entity_key=entity_key, operations=operations)
    return await _each(request, app_key, entity_key=entity_key, operations=operations)


async def _all(request: Request, app_key: str, *, entity_key: str, operations: Sequence[Operation]) -> Response:
    file_ids: list[str] = []

    async def work(tx: Tx, call: Call) -> BatchResult:
        outcomes = await apply_all(tx, call, app_key, entity_key=entity_key, operations=operations)
        file_ids[:] = [file_id for outcome in outcomes for file_id in outcome.file_ids]
        items = [result_item(call, place, outcome) for place, outcome in enumerate(outcomes)]
        return BatchResult(len(items), 0, items)

    response = await create(request, work, status=OK)
    await remove_files(request, file_ids)
    return response


async def _each(request: Request, app_key: str, *, entity_key: str, operations: Sequence[Operation]) -> Response:
    """Chunk by chunk; sent again with its key, a chunk that was done is answered as before."""
    key = idempotency_key(request, room=8)
    content = await request.body()
    items: list[Any] = []
    replays: list[bool] = []
    for start, part in chunks(operations, CHUNK):
        file_ids: list[str] = []

        async def text(
            tx: Tx, call: Call, *, part: Sequence[Operation] = part, start: int = start, ids: list[str] = file_ids
        ) -> str:
            outcomes = await apply_each(tx, call, app_key, entity_key=entity_key, operations=part)
            ids[:] = [file_id for outcome in outcomes for file_id in outcome.file_ids]
            return body([result_item(call, start + place, outcome) for place, outcome in enumerate(outcomes)]).decode()

        told, is_replay = await run(
            request,
            once_for(request, text, key=None if key is None else f"{key}#{start}", content=content),
            is_write=True,
        )
        items += orjson.loads(told)
        replays.append(is_replay)
        await remove_files(request, file_ids)
    failed = sum(item["done"] is None for item in items)
    result = {"done": len(items) - failed, "failed": failed, "items": items}
    headers = {REPLAYED: "true"} if all(replays) else None
    return Response(body(result), headers=headers, media_type=JSON)


async def remove_files(request: Request, file_ids: Sequence[str]) -> None:
    """Take what purged records held out of the storage, once it is certain that they are gone."""
    for file_id in file_ids:
        await backend_of(request).storage.remove(file_id)


@router.post(f"{RECORDS}/upsert", response_model=RecordView, openapi_extra=repeatable(UpsertBody))
async def post_upsert(request: Request, app_key: str, entity_key: str) -> Response:
    """Change the record that has the same values of the fields `match`, or make it if there is none."""
    asked = await read_body(request, UpsertBody)

    async def work(tx: Tx, call: Call) -> RecordView:
        view, _ = await upsert_record(tx, call, app_key, entity_key=entity_key, match=asked.match, values=asked.values)
        return view

    return await create(request, work, status=OK)


@router.get(f"{RECORDS}/{{record_id}}/history/{{version}}", response_model=Reversion)
async def get_reversion(  # noqa: PLR0917 - one parameter for each of the address's
    request: Request, app_key: str, entity_key: str, record_id: PathId, version: PathVersion
) -> Response:
    """What restoring a version would change now: value now and value then of each field that the caller may write."""

    async def work(tx: Tx, call: Call) -> Reversion:
        return await preview_reversion(tx, call, app_key, entity_key=entity_key, record_id=record_id, version=version)

    return await show(request, work)


@router.post(
    f"{RECORDS}/{{record_id}}/restore",
    response_model=Reverted,
    openapi_extra=takes(RevertBody, IF_MATCH, IDEMPOTENCY_KEY),
)
async def post_revert(request: Request, app_key: str, entity_key: str, record_id: PathId) -> Response:  # noqa: PLR0917
    """Write the values of an earlier version again, as a new version; fields that are gone or kept are named."""
    asked = await read_body(request, RevertBody)
    seen = seen_version(request)

    async def work(tx: Tx, call: Call) -> Reverted:
        return await revert_record(
            tx,
            call,
            app_key,
            entity_key=entity_key,
            record_id=record_id,
            version=asked.version,
            seen_version=seen,
        )

    return await create(request, work, status=OK)
