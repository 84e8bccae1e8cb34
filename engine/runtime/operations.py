"""Operations on records that come many at once: what each asks, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from engine.errors import Problem, Problems, Rejection
from engine.model.values import RawJson
from engine.runtime.bins import purge_record, restore_deleted
from engine.runtime.calls import Call
from engine.runtime.deleting import delete_record
from engine.runtime.records import create_record, update_record
from engine.runtime.upserting import upsert_record
from engine.store.database import Tx

Done = Literal["created", "updated", "deleted", "restored", "purged"]

MOST_PROBLEMS = 100


class BatchRefused(Problems):
    """A batch of which all or nothing was to be done, and something could not; `errors` say what."""

    code = "batch_refused"
    status = 422
    zh = "批量操作中有错误, 未作任何修改"
    en = "Something of the batch cannot be done, so nothing was changed"


@dataclass(frozen=True)
class CreateOne:
    """A new record. `id`: chosen by the client."""

    values: Mapping[str, RawJson]
    id: str | None = None


@dataclass(frozen=True)
class UpdateOne:
    """Changes of a record, of which `version` was seen."""

    id: str
    version: int
    values: Mapping[str, RawJson]


@dataclass(frozen=True)
class UpsertOne:
    """Values of the record that the fields of `match` recognise."""

    match: tuple[str, ...]
    values: Mapping[str, RawJson]


@dataclass(frozen=True)
class DeleteOne:
    """A record to be put into the bin, of which `version` was seen."""

    id: str
    version: int


@dataclass(frozen=True)
class RestoreOne:
    """A record to be taken from the bin."""

    id: str


@dataclass(frozen=True)
class PurgeOne:
    """A record of the bin to be removed for good."""

    id: str


Operation: TypeAlias = CreateOne | UpdateOne | UpsertOne | DeleteOne | RestoreOne | PurgeOne
# where in an operation the faults of a rejection lie
_MEMBER: Mapping[type, str] = {
    CreateOne: "/create", UpdateOne: "/update", UpsertOne: "/upsert", DeleteOne: "/delete", RestoreOne: "/restore",
    PurgeOne: "/purge",
}  # fmt: skip
# paths of a rejection that name members of the operation itself and not fields
_OWN_MEMBERS = frozenset({"/id", "/match", "/version"})


@dataclass(frozen=True)
class Outcome:
    """What became of an operation. `done` is None where it was refused; `file_ids`: to be removed from the storage."""

    done: Done | None
    id: str | None = None
    version: int | None = None
    rejection: Rejection | None = None
    problems: tuple[Problem, ...] = ()
    file_ids: tuple[str, ...] = ()


async def apply_operation(tx: Tx, call: Call, app_key: str, *, entity_key: str, operation: Operation) -> Outcome:
    """Do one. Raises what the single request of its kind raises."""
    match operation:
        case CreateOne(values=values, id=record_id):
            view = await create_record(tx, call, app_key, entity_key=entity_key, values=values, record_id=record_id)
            return Outcome("created", view.id, view.version)
        case UpdateOne(id=record_id, version=version, values=values):
            view = await update_record(
                tx, call, app_key, entity_key=entity_key, record_id=record_id, values=values, seen_version=version
            )
            return Outcome("updated", view.id, view.version)
        case UpsertOne(match=fields, values=values):
            view, is_new = await upsert_record(tx, call, app_key, entity_key=entity_key, match=fields, values=values)
            return Outcome("created" if is_new else "updated", view.id, view.version)
        case DeleteOne(id=record_id, version=version):
            gone = await delete_record(
                tx, call, app_key, entity_key=entity_key, record_id=record_id, seen_version=version
            )
            return Outcome("deleted", gone.id, gone.version)
        case RestoreOne(id=record_id):
            view = await restore_deleted(tx, call, app_key, entity_key=entity_key, record_id=record_id)
            return Outcome("restored", view.id, view.version)
        case PurgeOne(id=record_id):
            purged = await purge_record(tx, call, app_key, entity_key=entity_key, record_id=record_id)
            return Outcome("purged", record_id, file_ids=purged.file_ids)
        case _:
            assert_never(operation)


async def try_operation(tx: Tx, call: Call, app_key: str, *, entity_key: str, operation: Operation) -> Outcome:
    """Do one, or say why not and leave nothing of it."""
    try:
        async with tx.savepoint():
            return await apply_operation(tx, call, app_key, entity_key=entity_key, operation=operation)
    except Rejection as rejection:
        return refused(operation, rejection)


def refused(operation: Operation, rejection: Rejection) -> Outcome:
    """The outcome of an operation that was refused, with its faults at their places in the operation."""
    problems = rejection.errors if isinstance(rejection, Problems) else (Problem.of(rejection),)
    return Outcome(
        None,
        getattr(operation, "id", None),
        rejection=rejection,
        problems=tuple(_placed(operation, problem) for problem in problems),
    )


def _placed(operation: Operation, problem: Problem) -> Problem:
    path = problem.path or ""
    member = _MEMBER[type(operation)]
    place = f"{member}{path}" if path in _OWN_MEMBERS or not path else f"{member}/values{path}"
    return Problem(problem.code, problem.zh, problem.en, place, problem.params)


async def apply_all(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, operations: Sequence[Operation]
) -> list[Outcome]:
    """Do all of them, or none. Raises `BatchRefused` with the faults of the first that cannot be done."""
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    for place, operation in enumerate(operations):
        outcome = await try_operation(tx, call, app_key, entity_key=entity_key, operation=operation)
        outcomes.append(outcome)
        problems += (
            Problem(item.code, item.zh, item.en, f"/operations/{place}{item.path}", item.params)
            for item in outcome.problems
        )
        if len(problems) >= MOST_PROBLEMS:
            break
    if problems:
        raise BatchRefused(problems)
    return outcomes
