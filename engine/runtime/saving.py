"""Writing records: the one way from entered values to a stored version with its history, whoever writes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from engine.errors import Problem, Problems, Rejection
from engine.forms.entry import Entry, read_entry, refuse_claims, rows_of
from engine.forms.evaluate import Evaluated, evaluate
from engine.forms.layout import CompiledForm
from engine.forms.rights import Rights, hidden_paths
from engine.forms.switches import evaluate_new
from engine.forms.validate import Submission, validate
from engine.model.field_types.attachment import AttachmentField
from engine.model.field_types.serial import SerialField
from engine.model.field_types.subform import SubformField
from engine.model.values import BadValue, FileRef, Json, RawJson, Row, Value, Values
from engine.runtime.calls import Call
from engine.runtime.catalog import AppEntity
from engine.store.database import Tx, UniqueViolation
from engine.store.files import FileUse, find_files, use_files
from engine.store.history import Change, Notice, append_change, next_serial, post_notices
from engine.store.records import Record

CODE_REQUIRED = "required"


class NotUnique(Rejection):
    """A value that another record has already."""

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


class UnknownFile(Rejection):
    """A file that does not exist or belongs to somebody else."""

    code = "unknown_file"
    status = 422
    zh = "没有这个文件, 或无权使用"
    en = "There is no such file, or it is not yours"


class ChangedByOther(Rejection):
    """A field that two people changed at once; `theirs` and `yours` are JSON texts."""

    code = "changed_by_other"
    status = 409
    zh = "他人改为 {theirs}, 您改为 {yours}"
    en = "Somebody else wrote {theirs}, you wrote {yours}"


class VersionConflict(Problems):
    """Somebody else saved the record in the meantime; `errors` hold both sides of each field."""

    code = "version_conflict"
    status = 409
    zh = "数据已被他人修改 (现为第 {current} 版, 您看到的是第 {seen} 版)"
    en = "The record was changed by somebody else (now version {current}, you saw {seen})"

    def __init__(self, sides: Mapping[str, tuple[Json, RawJson]], *, seen: int, current: int) -> None:
        self.errors = tuple(
            Problem.of(ChangedByOther(theirs=_text(theirs), yours=_text(yours)), path=f"/{key}")
            for key, (theirs, yours) in sides.items()
        )
        Rejection.__init__(self, seen=seen, current=current)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@dataclass(frozen=True)
class Written:
    """Values ready to be stored, and the fields that differ from what was stored before."""

    values: Values
    changed: frozenset[str]


@dataclass(frozen=True)
class Origin:
    """Where a write comes from: a form, the API, a flow's node. Kept with the history."""

    kind: str
    source: Mapping[str, Json] = field(default_factory=dict)


def with_row_ids(call: Call, values: Values) -> dict[str, Value]:
    """The values with an id for every row of a subform."""
    found = dict(values)
    for key, value in values.items():
        if any(row.id is None for row in rows_of(value)):
            found[key] = tuple(row if row.id else Row(next(call.ids), row.values) for row in rows_of(value))
    return found


async def prepare(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    raw: Mapping[str, RawJson],
    rights: Rights,
    form: CompiledForm | None,
    stored: Record | None = None,
    is_final: bool = True,
) -> Written:
    """Parse, resolve files, compute and validate. Raises `Problems` with every fault.

    `is_final`: required fields must be filled; a rejection or a return does not ask for them.
    """
    compiled = entity.compiled
    before: Values = {} if stored is None else stored.values
    entry = read_entry(compiled, raw, rights=rights, stored=before)
    values, problems = await _resolve_files(tx, call, entity, entry=entry, held=_Held.of(entity, stored, rights))
    filled = with_row_ids(call, values)
    if stored is None:
        evaluated = evaluate_new(compiled, filled, call.form_context, form=form, rights=rights, unread=entry.unread)
    else:
        evaluated = evaluate(compiled, filled, call.form_context, changed=entry.changed, unread=entry.unread)
    claims = refuse_claims(entry.claimed, evaluated.values, unread=evaluated.unread)
    faults = [*entry.problems, *problems, *claims]
    submission = Submission(compiled, evaluated, before, form or entity.default_form, rights)
    found = validate(submission, call.form_context)
    if stored is not None and not entry.changed:
        # nothing was written: a rule that time has broken must not keep anyone from deciding
        found = tuple(problem for problem in found if problem.code == CODE_REQUIRED)
    faults += _new_faults(found, known=faults, is_final=is_final)
    if faults:
        raise Problems(faults)
    return Written(evaluated.values, _differences(before, evaluated))


def _new_faults(found: Iterable[Problem], *, known: Iterable[Problem], is_final: bool) -> Iterator[Problem]:
    """Faults of the validator at places where parsing found none: one message a place is enough."""
    places = {problem.path for problem in known}
    for problem in found:
        if problem.path not in places and (is_final or problem.code != CODE_REQUIRED):
            yield problem


def _differences(before: Values, evaluated: Evaluated) -> frozenset[str]:
    return frozenset(key for key, value in evaluated.values.items() if value != before.get(key))


@dataclass(frozen=True)
class _Held:
    """Files of the record as it is stored: those that the writer sees, and all of them by path."""

    shown: frozenset[str]
    by_path: Mapping[str, frozenset[str]]

    @staticmethod
    def of(entity: AppEntity, stored: Record | None, rights: Rights) -> _Held:
        """What a writer with these rights may keep or put elsewhere."""
        found: dict[str, frozenset[str]] = {}
        for pointer, _, refs in () if stored is None else _file_places(entity, stored.values, changed=None):
            path = _path_of(pointer)
            found[path] = found.get(path, frozenset()) | {ref.id for ref in refs}
        hidden = hidden_paths(rights)
        seen = [ids for path, ids in found.items() if hidden.isdisjoint((path, path.partition(".")[0]))]
        return _Held(frozenset().union(*seen), found)

    def is_kept(self, file_id: str, pointer: str) -> bool:
        """Whether the file may be at the place: one that the writer does not see only where it has been."""
        return file_id in self.shown or file_id in self.by_path.get(_path_of(pointer), ())


def _path_of(pointer: str) -> str:
    """The field or column of a place: `lines.scan` for `/lines/0/scan`."""
    key, _, rest = pointer[1:].partition("/")
    return f"{key}.{rest.partition('/')[2]}" if rest else key


async def _resolve_files(
    tx: Tx, call: Call, entity: AppEntity, *, entry: Entry, held: _Held
) -> tuple[dict[str, Value], list[Problem]]:
    """Replace what the client says of files by what is known of them; a file must be his own or shown by the record."""
    places = list(_file_places(entity, entry.values, changed=entry.changed))
    found = await find_files(tx, [ref.id for _, _, refs in places for ref in refs], lock=True)
    problems: list[Problem] = []
    values = dict(entry.values)
    for pointer, item, refs in places:
        known = []
        for ref in refs:
            file = found.get(ref.id)
            mine = file is not None and not file.uses and file.created_by == call.member_id
            if file is None or not (mine or held.is_kept(ref.id, pointer)):
                problems.append(Problem.of(UnknownFile(), path=pointer))
            else:
                known.append(file.ref)
        try:
            item.check_files(tuple(known))
        except BadValue as refusal:
            problems.append(Problem.of(refusal, path=pointer))
        _put(values, pointer, tuple(known))
    return values, problems


_FilePlace = tuple[str, AttachmentField, tuple[FileRef, ...]]


def _file_places(entity: AppEntity, values: Values, *, changed: frozenset[str] | None) -> Iterator[_FilePlace]:
    """Every filled attachment with its pointer; `changed`: only those of changed fields."""
    for key, item in entity.compiled.entity.by_key.items():
        if changed is not None and key not in changed:
            continue
        if isinstance(item, AttachmentField) and values.get(key):
            yield f"/{key}", item, _refs(values[key])
        elif isinstance(item, SubformField):
            for position, row in enumerate(rows_of(values.get(key))):
                for name, column in item.columns.items():
                    if isinstance(column, AttachmentField) and row.values.get(name):
                        yield f"/{key}/{position}/{name}", column, _refs(row.values[name])


def _refs(value: Value) -> tuple[FileRef, ...]:
    return tuple(item for item in value if isinstance(item, FileRef)) if isinstance(value, tuple) else ()


def _put(values: dict[str, Value], pointer: str, refs: tuple[FileRef, ...]) -> None:
    key, _, rest = pointer[1:].partition("/")
    if not rest:
        values[key] = refs or None
        return
    position, _, column = rest.partition("/")
    rows = rows_of(values[key])
    row = rows[int(position)]
    rows[int(position)] = Row(row.id, {**row.values, column: refs or None})
    values[key] = tuple(rows)


async def store_new(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    values: Values,
    origin: Origin,
    record_id: str | None = None,
    created_by: str | None = None,
    department_id: str | None = None,
) -> Record:
    """Insert a record with its serial numbers and first history entry. Raises `IdTaken`, `Problems`."""
    numbered = {**with_row_ids(call, values), **await _serials(tx, call, entity)}
    record = Record(
        id=record_id or next(call.ids),
        version=1,
        created_at=call.now,
        created_by=created_by,
        created_department=department_id,
        updated_at=call.now,
        updated_by=created_by,
        values=numbered,
    )
    try:
        async with tx.savepoint():
            await entity.table.insert(tx, record)
            # an id names one record of all entities: the history refuses that of another entity's
            await _remember(tx, call, entity, before=None, after=record, origin=origin)
    except UniqueViolation as violation:
        _refuse_duplicate(entity, violation, record_id=record.id)
    await _keep_files(tx, entity, record)
    return record


async def store_change(
    tx: Tx,
    call: Call,
    entity: AppEntity,
    *,
    before: Record,
    values: Values,
    origin: Origin,
    flow_status: str | None = None,
) -> Record:
    """Save the next version, or give back the old one when nothing differs. Raises `VersionConflict`, `Problems`."""
    status = flow_status or before.flow_status
    changed = {key: value for key, value in with_row_ids(call, values).items() if value != before.values.get(key)}
    if not changed and status == before.flow_status:
        return before
    after = replace(
        before,
        version=before.version + 1,
        updated_at=call.now,
        updated_by=call.actor_id,
        flow_status=status,
        values={**before.values, **changed},
    )
    try:
        async with tx.savepoint():
            if not await entity.table.update(tx, before, after):
                raise VersionConflict({}, seen=before.version, current=before.version + 1)
    except UniqueViolation as violation:
        _refuse_duplicate(entity, violation, record_id=before.id)
    await _keep_files(tx, entity, after, changed=frozenset(changed))
    await _remember(tx, call, entity, before=before, after=after, origin=origin)
    return after


def _refuse_duplicate(entity: AppEntity, violation: UniqueViolation, *, record_id: str) -> None:
    key = entity.table.unique_field(violation)
    if key is None:
        raise IdTaken(path="/id", id=record_id) from None
    raise Problems([Problem.of(NotUnique(), path=f"/{key}")]) from None


async def _serials(tx: Tx, call: Call, entity: AppEntity) -> dict[str, Value]:
    """The next number of every serial field, by the day in the workspace's zone."""
    day = call.now.astimezone(call.workspace.zone).date()
    ids = {item.key: item.id for item in entity.table.stored.fields if not item.parent_id}
    found: dict[str, Value] = {}
    for key, item in entity.compiled.entity.by_key.items():
        if isinstance(item, SerialField):
            count = await next_serial(tx, ids[key], item.period(day))
            found[key] = item.render(day=day, count=count)
    return found


async def _keep_files(tx: Tx, entity: AppEntity, record: Record, *, changed: frozenset[str] | None = None) -> None:
    held = [ref.id for _, _, refs in _file_places(entity, record.values, changed=changed) for ref in refs]
    if held:
        await use_files(tx, held, FileUse(entity.id, record.id))


async def _remember(
    tx: Tx, call: Call, entity: AppEntity, *, before: Record | None, after: Record, origin: Origin
) -> None:
    """History and the named event of one stored version."""
    by_key = entity.compiled.entity.by_key
    old: Values = {} if before is None else before.values
    changes: dict[str, tuple[Json, Json]] = {
        key: (by_key[key].dump(old.get(key)), by_key[key].dump(value))
        for key, value in after.values.items()
        if key in by_key and value != old.get(key)
    }
    former = None if before is None else before.flow_status
    if after.flow_status != former:
        changes["flow_status"] = (former, after.flow_status)
    await append_change(
        tx,
        Change(
            entity_id=entity.id,
            record_id=after.id,
            version=after.version,
            at=call.now,
            actor_id=call.actor_id,
            kind=origin.kind,
            changes=changes,
            source=origin.source or None,
            application_version=entity.version,
        ),
    )
    await post_notices(
        tx,
        [
            Notice(
                id=next(call.ids),
                at=call.now,
                name="record.created" if before is None else "record.updated",
                entity_id=entity.id,
                record_id=after.id,
                payload={"version": after.version, "fields": [*sorted(changes)]},
            )
        ],
    )
