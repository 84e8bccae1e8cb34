"""What a person may see and write, field by field (flow.md §1.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from engine.forms.compile import CompiledEntity
from engine.model.field_types.subform import SubformField
from engine.model.paths import above
from engine.model.values import Row, Value, Values

Right = Literal["hidden", "read", "write", "required"]
ColumnRights: TypeAlias = Mapping[str, Right | Mapping[str, Right]]
Authored: TypeAlias = Mapping[str, Right | ColumnRights]
# every field and column of the entity by path: "budget", "lines", "lines.price", "lines.parts.qty"
Rights: TypeAlias = Mapping[str, Right]
_STRENGTH: Mapping[Right, int] = {"hidden": 0, "read": 1, "write": 2, "required": 3}
WRITABLE = frozenset({"write", "required"})


def resolve_rights(compiled: CompiledEntity, authored: Authored, *, otherwise: Right = "read") -> Rights:
    """The right of every path. `*` stands for what is not named, `otherwise` where there is none.

    Computed and serial fields are never writable. A value computed from a hidden field is hidden too, unless the
    author names it: a total would tell the price.
    """
    rest = authored.get("*", otherwise)
    rest = rest if isinstance(rest, str) else otherwise
    found: dict[str, Right] = {}
    for field in compiled.entity.fields:
        given = authored.get(field.key, rest)
        if isinstance(field, SubformField):
            found |= _subform_rights(field, given, rest)
        else:
            right = given if isinstance(given, str) else rest
            fixed = field.is_made or field.type == "serial"
            found[field.key] = "read" if fixed and right != "hidden" else right
    for path in dependents(compiled, hidden_paths(found), named=named_paths(authored)):
        found[path] = "hidden"
    return found


def _subform_rights(
    field: SubformField, given: Right | ColumnRights, rest: Right, *, prefix: str = ""
) -> dict[str, Right]:
    columns: ColumnRights = {} if isinstance(given, str) else given
    named = columns.get("*", rest)
    inner: Right = given if isinstance(given, str) else named if isinstance(named, str) else rest
    # a subform as a whole is required; its columns say for themselves which cells are
    spread: Right = "write" if inner == "required" else inner
    whole: Right = inner
    if not isinstance(given, str) and whole == "hidden":
        whole = "read"
    path = f"{prefix}{field.key}"
    found: dict[str, Right] = {path: whole}
    for column in field.fields:
        right = columns.get(column.key, spread)
        if isinstance(column, SubformField):
            found |= _subform_rights(column, right, spread, prefix=f"{path}.")
        else:
            plain = right if isinstance(right, str) else spread
            found[f"{path}.{column.key}"] = "read" if column.is_made and plain != "hidden" else plain
    return found


def named_paths(authored: Authored) -> frozenset[str]:
    """Fields and columns that a map of rights names one by one."""
    return frozenset(_named(authored, ""))


def _named(authored: Mapping[str, Right | ColumnRights], prefix: str) -> Iterator[str]:
    for key, right in authored.items():
        if isinstance(right, str):
            yield f"{prefix}{key}"
        else:
            yield from _named(right, f"{prefix}{key}.")


def dependents(
    compiled: CompiledEntity, hidden: frozenset[str], *, named: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Computed paths that would tell something about the hidden ones; the `named` are let through."""
    found = {item.key for item in compiled.rollups if item.key not in named and not item.needs.isdisjoint(hidden)}
    for step in compiled.steps:
        if step.path not in named and not step.needs.isdisjoint(hidden | found):
            found.add(step.path)
    return frozenset(found - hidden)


def without(compiled: CompiledEntity, rights: Rights, *, beyond: frozenset[str], named: frozenset[str]) -> Rights:
    """The rights without values computed from paths `beyond` links that the person may not see; the `named` stay."""
    if not beyond:
        return rights
    hidden = dependents(compiled, hidden_paths(rights) | beyond, named=named)
    return {path: "hidden" if path in hidden else right for path, right in rights.items()}


def carry_over(
    rights: Rights,
    authored: Authored,
    *,
    paths: Mapping[str, str],
    now: CompiledEntity,
    seen: frozenset[str],
) -> Rights:
    """Rights of an earlier version of the entity, over the entity as it is `now`.

    `authored` gave `rights`. `paths`: what became of each path. Paths that the version does not know are hidden, but
    for those in `seen`, which may be read; what is computed now is not written.
    """
    found: dict[str, Right] = {paths[path]: right for path, right in rights.items() if path in paths}
    for path in now.inputs:
        field = now.entity.field_at(path)
        if path not in found:
            is_inside_hidden = any(found.get(outer) == "hidden" for outer in above(path))
            found[path] = "read" if path in seen and not is_inside_hidden else "hidden"
        elif found[path] in WRITABLE and field is not None and (field.is_made or field.type == "serial"):
            found[path] = "read"
    named = frozenset(paths[path] for path in named_paths(authored) if path in paths)
    for path in dependents(now, hidden_paths(found), named=named):
        found[path] = "hidden"
    return found


def union(own: Rights, others: Iterable[Rights]) -> Rights:
    """The strongest right of each path: who holds several tasks of a record may do in one what any of them allows.

    What only the `others` require is not asked for here.
    """
    found = dict(own)
    for rights in others:
        for path, right in rights.items():
            given = "write" if right == "required" else right
            if path not in found or _STRENGTH[given] > _STRENGTH[found[path]]:
                found[path] = given
    return found


def hidden_paths(rights: Rights) -> frozenset[str]:
    """Paths that must not leave the server."""
    return frozenset(path for path, right in rights.items() if right == "hidden")


def mask(values: Values, hidden: frozenset[str]) -> dict[str, Value]:
    """The values without hidden fields and columns."""
    columns = frozenset(path for path in hidden if "." in path)
    return {
        key: _mask_rows(value, f"{key}.", columns) if columns else value
        for key, value in values.items()
        if key not in hidden
    }


def _mask_rows(value: Value, prefix: str, hidden: frozenset[str]) -> Value:
    """The rows of the subform whose paths begin with the prefix, without what is hidden in them."""
    if not isinstance(value, tuple) or not any(path.startswith(prefix) for path in hidden):
        return value
    return tuple(  # type: ignore[return-value]  # a tuple of rows stays one
        Row(
            row.id,
            {
                key: _mask_rows(cell, f"{prefix}{key}.", hidden)
                for key, cell in row.values.items()
                if f"{prefix}{key}" not in hidden
            },
        )
        if isinstance(row, Row)
        else row
        for row in value
    )
