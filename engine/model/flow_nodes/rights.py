"""What a node lets its people see and write, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, TypeAlias

from pydantic import Discriminator, StringConstraints, Tag

Right = Literal["hidden", "read", "write", "required"]
# A field or column key, or `*` for all that are not named.
RightKey = Annotated[str, StringConstraints(pattern=r"^(\*|[a-z][a-z0-9_]{0,62})$")]
InnerRights: TypeAlias = Mapping[RightKey, Right]


def _tag(right: object) -> str:
    return "right" if isinstance(right, str) else "columns"


# of a column, or of the columns of a subform in the rows
ColumnRight: TypeAlias = Annotated[
    Annotated[Right, Tag("right")] | Annotated[InnerRights, Tag("inner_columns")],
    Discriminator(lambda right: "right" if isinstance(right, str) else "inner_columns"),
]
ColumnRights: TypeAlias = Mapping[RightKey, ColumnRight]
FieldRight: TypeAlias = Annotated[
    Annotated[Right, Tag("right")] | Annotated[ColumnRights, Tag("columns")],
    Discriminator(_tag),
]
FieldRights: TypeAlias = Mapping[RightKey, FieldRight]
