"""The usual application, filled and served."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench import usual_app as usual
from bench.filling import HIGHEST, SCANNED, expense
from bench.ours import Ready

TOKEN = "measuring"  # of a database that is thrown away
CHUNK = 10_000
PAGE = f"/expenses?below={HIGHEST}"
SCAN = f"/found?day={SCANNED}"


def fill(url: str, *, rows: int, tasks: int) -> Ready:
    """Tables, one person, so many expenses and so many open approvals."""
    engine = usual.make_engine(url)
    usual.Base.metadata.create_all(engine)
    person_id = usual.new_id()
    ids: list[str] = []
    with Session(engine) as session:
        session.execute(insert(usual.Person), [{"id": person_id, "token": TOKEN, "name": "Anna"}])
        for start in range(0, rows + tasks, CHUNK):
            expenses = [_row(number, person_id) for number in range(start, min(start + CHUNK, rows + tasks))]
            session.execute(insert(usual.Expense), expenses)
            ids += [str(item["id"]) for item in expenses]
        approvals = [
            {"id": usual.new_id(), "expense_id": item, "person_id": person_id, "step": 1} for item in ids[rows:]
        ]
        if approvals:
            session.execute(insert(usual.Approval), approvals)
        session.commit()
    engine.dispose()
    return Ready(ids[:rows], [str(item["id"]) for item in approvals], person_id)


def _row(number: int, person_id: str) -> dict[str, object]:
    values = expense(number)
    return {
        **values,
        "id": secrets.token_hex(12),
        "code": secrets.token_hex(4),
        "amount": Decimal(str(values["amount"])),
        "day": date.fromisoformat(str(values["day"])),
        "owner_id": person_id,
        "status": "running",
        "created_at": datetime.now(UTC),
        "version": 1,
    }
