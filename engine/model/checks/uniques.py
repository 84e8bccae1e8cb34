"""What must not repeat: fields that can be compared, all of the record or all of one subform, each combination once."""

from __future__ import annotations

from collections.abc import Iterator

from engine.errors import Problem
from engine.model.base import DuplicateKey, Fault
from engine.model.checks.lookup import missing_field, repeated
from engine.model.entities import Entity
from engine.model.uniques import Combination

# other values have no one form that an index could compare
COMPARED = frozenset({"text", "integer", "decimal", "bool", "instant", "day", "reference"})


class NotComparable(Fault):
    code = "not_comparable"
    zh = "字段 “{name}” 的类型不能要求不重复"
    en = "Values of the field “{name}” are of a type that cannot be required not to repeat"


class UniqueMixed(Fault):
    code = "unique_mixed"
    zh = "应全是实体的字段, 或全是同一个子表单的列"
    en = "All of them must be fields of the entity, or columns of one subform"


class UniqueOfOne(Fault):
    code = "unique_of_one"
    zh = "只有一个字段时, 请在该字段上设置 “unique”"
    en = "For one field alone, set “unique” at the field"


class ExtentOfFields(Fault):
    code = "extent_of_fields"
    zh = "“within” 只用于子表单的列; 字段总是在全部数据中比较"
    en = "“within” is for columns of subforms; fields are always compared over all records"


class UniqueTwice(Fault):
    code = "unique_twice"
    zh = "与 “{key}” 是同样的组合"
    en = "This is the same combination as “{key}”"


def check_uniques(entity: Entity) -> Iterator[Problem]:
    """What is wrong with the combinations of an entity."""
    listed = entity.unique
    keys = ((item.key, f"/unique/{position}/key") for position, item in enumerate(listed))
    yield from repeated(keys, fault=DuplicateKey)
    known: dict[tuple[frozenset[str], str], str] = {}
    for position, item in enumerate(listed):
        pointer = f"/unique/{position}"
        yield from _check_fields(entity, item, pointer)
        same = known.setdefault((frozenset(item.fields), item.extent), item.key)
        if same != item.key:
            yield Problem.of(UniqueTwice(path=f"{pointer}/fields", key=same))


def _check_fields(entity: Entity, item: Combination, pointer: str) -> Iterator[Problem]:
    yield from repeated((path, f"{pointer}/fields/{place}") for place, path in enumerate(item.fields))
    if len({path.rpartition(".")[0] for path in item.fields}) > 1:
        yield Problem.of(UniqueMixed(path=f"{pointer}/fields"))
    elif not item.subform and item.within is not None:
        yield Problem.of(ExtentOfFields(path=f"{pointer}/within"))
    if not item.subform and len(item.fields) == 1:
        yield Problem.of(UniqueOfOne(path=f"{pointer}/fields"))
    for place, path in enumerate(item.fields):
        at = f"{pointer}/fields/{place}"
        yield from missing_field(entity, path, at)
        field = entity.field_at(path)
        if field is not None and field.column_kind not in COMPARED:
            yield Problem.of(NotComparable(path=at, name=path))
