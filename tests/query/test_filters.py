"""Periods are whole: from the first instant of the first day up to the first instant after the last one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.model.entities import Entity
from engine.model.filters import Condition
from engine.query.context import QueryContext
from engine.query.filters import build_expression
from engine.query.match import matches
from engine.query.queried import Queried

SHANGHAI = ZoneInfo("Asia/Shanghai")
CONTEXT = QueryContext(now=datetime(2026, 3, 4, 2, 0, tzinfo=UTC), zone=SHANGHAI, member_id="m")
ENTITY = Entity.model_validate(
    {"key": "thing", "title": "Thing", "fields": [{"key": "at", "type": "datetime", "title": "At"}]}
)
TINY = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("value", "first", "after"),
    [
        ({"today": 0}, datetime(2026, 3, 4, tzinfo=SHANGHAI), datetime(2026, 3, 5, tzinfo=SHANGHAI)),
        ({"today": -1}, datetime(2026, 3, 3, tzinfo=SHANGHAI), datetime(2026, 3, 4, tzinfo=SHANGHAI)),
        ({"this": "week"}, datetime(2026, 3, 2, tzinfo=SHANGHAI), datetime(2026, 3, 9, tzinfo=SHANGHAI)),
        ({"this": "month"}, datetime(2026, 3, 1, tzinfo=SHANGHAI), datetime(2026, 4, 1, tzinfo=SHANGHAI)),
    ],
)
@pytest.mark.parametrize("field", ["at", "created_at"])
def test_a_period_ends_with_the_last_instant_of_its_last_day(
    value: object, first: datetime, after: datetime, field: str
) -> None:
    condition = Condition.model_validate({"field": field, "op": "within", "value": value})
    expression = build_expression(condition, Queried(ENTITY, {}, {}), CONTEXT)
    for instant, is_within in ((first - TINY, False), (first, True), (after - TINY, True), (after, False)):
        assert matches(expression, {field: instant.astimezone(UTC)}) is is_within, instant
