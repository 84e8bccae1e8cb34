"""What formulas find through links: values of the records that a record's links lead to, read before the evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.model.values import Values


@dataclass(frozen=True)
class Linked:
    """`paths`: every link that is followed (`project`, `project.customer`, `lines.product` for a link in rows).

    `records`: by id what is known of the records they lead to; one that is missing has only empty values.
    """

    paths: frozenset[str] = frozenset()
    records: Mapping[str, Values] = field(default_factory=dict)


NO_LINKS = Linked()
