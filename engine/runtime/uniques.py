"""Values that must not repeat: what a refused write says, and what stands in the way when they become unique."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NoReturn

from engine.errors import Problem, Problems, Rejection
from engine.model.application import Application
from engine.model.base import Label, label_template
from engine.model.rows import with_places
from engine.model.values import Scalar, Value
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity, InstalledApp
from engine.runtime.linking import titles_of
from engine.store.clashes import Clash, find_clashes
from engine.store.database import Tx, UniqueViolation
from engine.store.indexes import ValuesRepeat
from engine.store.records import Record
from engine.store.uniques import StoredUnique, field_unique, unique_of


class NotUnique(Rejection):
    """A value, or a combination of values, that another record has already."""

    code = "not_unique"
    status = 422
    zh = "已有相同的值"
    en = "Another record has this value already"


class IdTaken(Rejection):
    """A client-supplied id that is in use."""

    code = "id_taken"
    status = 409
    zh = "编号 {id} 已被使用"
    en = "The id {id} is in use"


async def refuse_duplicate(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    violation: UniqueViolation,
    record: Record,
    told: Callable[[str], str],
) -> NoReturn:
    """Raises `Problems` at every field of what repeats, with the other record's title if the caller may read it.

    `told`: the pointer at which he is told of a fault. Raises `IdTaken` for an id.
    """
    found = _refused(entity, violation)
    if found is None:
        raise IdTaken(path="/id", id=record.id) from None
    unique, message = found
    holder, pointers = None, [f"/{key}" for key in unique.keys]
    for values, at in _places(unique, record):
        holder = await unique.holder(tx, values, besides=record.id)
        if holder is not None:
            pointers = at
            break
    titles = {} if holder is None else await titles_of(tx, call, entity.app_key, wanted={entity.key: [holder]})
    raise Problems([_problem(message, titles, pointer=item) for item in dict.fromkeys(map(told, pointers))]) from None


def _refused(entity: AppEntity, violation: UniqueViolation) -> tuple[StoredUnique, Label | None] | None:
    stored = entity.table.stored
    for item in entity.compiled.entity.unique:
        unique = unique_of(stored, item)
        if unique is not None and unique.refused(violation):
            return unique, item.message
    key = entity.table.unique_field(violation)
    return None if key is None else (field_unique(stored, key), None)


def _places(unique: StoredUnique, record: Record) -> Iterator[tuple[Mapping[str, Scalar], list[str]]]:
    """The values that may repeat, with the pointers of their fields: the record's, or those of each row."""
    if not unique.subform:
        values: dict[str, Value] = {**record.values, **record.system()}
        yield {key: _scalar(values.get(key)) for key in unique.keys}, [f"/{key}" for key in unique.keys]
        return
    for place, row in with_places(record.values, unique.subform):
        yield {key: _scalar(row.values.get(key)) for key in unique.keys}, [f"{place}/{key}" for key in unique.keys]


def _scalar(value: Value) -> Scalar:
    return value  # type: ignore[return-value]  # no subform can be unique


def _problem(message: Label | None, titles: Mapping[str, str], *, pointer: str) -> Problem:
    """What is said at one field; the other record only where it may be read."""
    zh, en = (
        (NotUnique.zh, NotUnique.en)
        if message is None
        else (label_template(message, "zh-CN"), label_template(message, "en"))
    )
    if not titles:
        return Problem(code=NotUnique.code, zh=zh, en=en, path=pointer)
    ((record_id, title),) = titles.items()
    return Problem(
        code=NotUnique.code,
        zh=f"{zh} (“{{record}}”)",
        en=f"{en} (“{{record}}”)",
        path=pointer,
        params={"record": title or record_id, "record_id": record_id},
    )


async def find_repeated(tx: Tx, call: Call, installed: InstalledApp, *, application: Application) -> list[Problem]:
    """What of stored records stands in the way of what is to be unique in the application."""
    before = installed.compiled.application.derived
    found = await find_clashes(tx, installed.id, application.derived.values(), before=before)
    return [await _clash(tx, call, installed, clash=clash) for clash in found]


async def _clash(tx: Tx, call: Call, installed: InstalledApp, *, clash: Clash) -> Problem:
    titles = {}
    if clash.entity in installed.entities:
        titles = await titles_of(tx, call, installed.key, wanted={clash.entity: clash.record_ids})
    named = ", ".join(_named(clash.record_ids, titles))
    fault = ValuesRepeat(field=", ".join(clash.fields), records=named)
    return Problem.of(fault, path=clash.pointer, file=f"entities/{clash.entity}.json")


def _named(ids: Iterable[str], titles: Mapping[str, str]) -> Iterator[str]:
    for record_id in ids:
        title = titles.get(record_id)
        yield f"“{title}” ({record_id})" if title else record_id
