"""The usual application, filled and served."""

from __future__ import annotations

import secrets
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy import insert
from sqlalchemy.orm import Session

from bench import usual_app as usual
from bench.filling import HIGHEST, expense
from bench.ours import Ready

TOKEN = "measuring"  # of a database that is thrown away
PAGE = f"/expenses?below={HIGHEST}"


def fill(url: str, *, rows: int, tasks: int) -> Ready:
    """Tables, one person, so many expenses and so many open approvals."""
    engine = usual.make_engine(url)
    usual.Base.metadata.create_all(engine)
    person_id = usual.new_id()
    expenses = [_row(number, person_id) for number in range(rows + tasks)]
    approvals = [
        {"id": usual.new_id(), "expense_id": item["id"], "person_id": person_id, "step": 1} for item in expenses[rows:]
    ]
    with Session(engine) as session:
        session.execute(insert(usual.Person), [{"id": person_id, "token": TOKEN, "name": "Anna"}])
        session.execute(insert(usual.Expense), expenses)
        if approvals:
            session.execute(insert(usual.Approval), approvals)
        session.commit()
    engine.dispose()
    return Ready([str(item["id"]) for item in expenses[:rows]], [str(item["id"]) for item in approvals], person_id)


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
