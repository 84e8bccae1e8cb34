"""Writing a record by a unique key: the record that has the key is changed, else one is made, whoever else does so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.errors import Problem, Problems, Rejection
from engine.model.expressions import All, Compare
from engine.model.values import BadValue, RawJson, Scalar
from engine.query.sorts import Sort
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.runtime.permissions import reading
from engine.runtime.record_views import RecordView
from engine.runtime.records import create_record, update_record
from engine.runtime.uniques import NotUnique
from engine.store.database import Tx
from engine.store.records import Record

# somebody else may make the record, or delete it, between the look and the write
ATTEMPTS = 4


class KeyNotUnique(Rejection):
    """Fields by which a record is to be recognised and that several records may share."""

    code = "key_not_unique"
    status = 422
    zh = "“{fields}” 不是唯一字段或唯一组合, 不能用来识别数据"
    en = "“{fields}” is neither a unique field nor a unique combination, so it recognises no record"


class KeyIncomplete(Rejection):
    """A field of the key that the values leave empty."""

    code = "key_incomplete"
    status = 422
    zh = "用来识别数据的字段必须填写"
    en = "A field by which the record is recognised must be filled"


async def upsert_record(
    tx: Tx, call: Call, app_key: str, *, entity_key: str, match: Sequence[str], values: Mapping[str, RawJson]
) -> tuple[RecordView, bool]:
    """The record with these values of the `match` fields, changed or made; whether it was made.

    Raises `KeyNotUnique`, `Problems`, and what creating and updating raise.
    """
    _, entity = call.catalog.entity(app_key, entity_key)
    key = _key(entity, match, values)
    condition = All(tuple(Compare(name, "eq", (value,)) for name, value in key.items()))
    attempt = 0
    while True:
        attempt += 1
        found = await _find(tx, call, app_key, entity=entity, condition=condition)
        if found is not None:
            view = await update_record(
                tx,
                call,
                app_key,
                entity_key=entity_key,
                record_id=found.id,
                values=values,
                seen_version=found.version,
            )
            return view, False
        try:
            async with tx.savepoint():
                return await create_record(tx, call, app_key, entity_key=entity_key, values=values), True
        except Problems as problems:
            if attempt == ATTEMPTS or not _is_taken(problems, key):
                raise


def _is_taken(problems: Problems, key: Mapping[str, object]) -> bool:
    """Whether the key is all that stands in the way: somebody else made the record meanwhile."""
    return all(item.code == NotUnique.code and (item.path or "")[1:] in key for item in problems.errors)


async def _find(tx: Tx, call: Call, app_key: str, *, entity: AppEntity, condition: All) -> Record | None:
    """The record that has the key, held until the end of the transaction, if the caller may read it."""
    seen = reading(call, call.catalog.app(app_key), entity)
    records = await entity.table.page(tx, access=seen.rows, condition=condition, sorts=(Sort("id"),), limit=1)
    if not records:
        return None
    return await entity.table.get(tx, records[0].id, access=seen.rows, lock=True)


def _key(entity: AppEntity, match: Sequence[str], values: Mapping[str, RawJson]) -> dict[str, Scalar]:
    """The values of the key in canonical form. Raises `KeyNotUnique`, `Problems`."""
    fields = entity.compiled.entity
    wanted = set(match)
    combined = [set(item.fields) for item in fields.unique if item.extent == "entity" and not item.subform]
    single = [{key} for key, field in fields.by_key.items() if field.unique]
    if len(wanted) != len(match) or wanted not in (*single, *combined):
        raise KeyNotUnique(path="/match", fields=", ".join(match)[:200])
    found: dict[str, Scalar] = {}
    problems: list[Problem] = []
    for name in match:
        try:
            value = fields.by_key[name].parse(values.get(name))
        except BadValue as refusal:
            problems.append(Problem.of(refusal, path=f"/{name}"))
            continue
        if value is None:
            problems.append(Problem.of(KeyIncomplete(), path=f"/{name}"))
        found[name] = value  # type: ignore[assignment]  # no subform is unique
    if problems:
        raise Problems(problems)
    return found
