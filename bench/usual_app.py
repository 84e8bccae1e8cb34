"""The usual way: sync FastAPI endpoints over the SQLAlchemy ORM with a fixed schema, written by hand.

It has no permissions, no history, no audit and no idempotency; SQLite runs with `synchronous=NORMAL`. It is the
yardstick: what a careful team would write for one fixed expense form.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException
from pydantic import BaseModel
from sqlalchemy import ForeignKey, Numeric, String, create_engine, event, func, select
from sqlalchemy.engine import Engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker


class Base(DeclarativeBase):
    """All tables of the usual application."""


class Person(Base):
    """Who signs in."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str]


class Expense(Base):
    """One record of the measured form."""

    __tablename__ = "expense"
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    code: Mapped[str] = mapped_column(index=True)
    purpose: Mapped[str]
    category: Mapped[str] = mapped_column(index=True)
    amount: Mapped[Decimal] = mapped_column(Numeric(15, 2), index=True)
    day: Mapped[date]
    owner_id: Mapped[str]
    note: Mapped[str | None]
    status: Mapped[str] = mapped_column(default="running")
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)


class Approval(Base):
    """One open or closed approval of an expense."""

    __tablename__ = "approval"
    id: Mapped[str] = mapped_column(String(24), primary_key=True)
    expense_id: Mapped[str] = mapped_column(ForeignKey("expense.id"), index=True)
    person_id: Mapped[str] = mapped_column(index=True)
    step: Mapped[int]
    decision: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class ExpenseIn(BaseModel):
    """What a client sends."""

    purpose: str
    category: str
    amount: Decimal
    day: date
    owner_id: str
    note: str | None = None


class ExpenseOut(ExpenseIn):
    """What a client gets."""

    model_config = {"from_attributes": True}
    id: str
    code: str
    status: str
    version: int
    created_at: datetime


def new_id() -> str:
    """A random id."""
    return secrets.token_hex(12)


def make_engine(url: str) -> Engine:
    """The engine with the settings a careful team would choose."""
    if url.startswith("sqlite"):
        made = create_engine(url, connect_args={"check_same_thread": False, "timeout": 30}, pool_size=20)

        @event.listens_for(made, "connect")
        def _pragmas(connection, _record) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")

        return made
    return create_engine(url, pool_size=16)


engine = make_engine(os.environ.get("USUAL_DATABASE_URL", "sqlite://"))
make_session = sessionmaker(engine)
app = FastAPI()
LAST_STEP = 2


def session() -> Iterator[Session]:
    """One session a request."""
    with make_session() as opened:
        yield opened


Opened = Annotated[Session, Depends(session)]


def signed_in(opened: Opened, authorization: Annotated[str, Header()]) -> Person:
    """The person whose token was sent."""
    person = opened.scalar(select(Person).where(Person.token == authorization.removeprefix("Bearer ")))
    if person is None:
        raise HTTPException(401)
    return person


SignedIn = Annotated[Person, Depends(signed_in)]


@app.post("/expenses", status_code=201)
def create(body: ExpenseIn, opened: Opened, _person: SignedIn) -> ExpenseOut:
    """Store one expense."""
    expense = Expense(id=new_id(), code=new_id()[:8], created_at=datetime.now(UTC), **body.model_dump())
    opened.add(expense)
    opened.commit()
    return ExpenseOut.model_validate(expense)


@app.get("/expenses/{expense_id}")
def get(expense_id: str, opened: Opened, _person: SignedIn) -> ExpenseOut:
    """One expense."""
    expense = opened.get(Expense, expense_id)
    if expense is None:
        raise HTTPException(404)
    return ExpenseOut.model_validate(expense)


@app.get("/expenses")
def page(below: Decimal, opened: Opened, _person: SignedIn) -> list[ExpenseOut]:
    """The 50 largest expenses below an amount."""
    found = opened.scalars(
        select(Expense).where(Expense.amount < below).order_by(Expense.amount.desc(), Expense.id.desc()).limit(50)
    )
    return [ExpenseOut.model_validate(expense) for expense in found]


@app.get("/found")
def found(day: date, opened: Opened, _person: SignedIn) -> list[ExpenseOut]:
    """The last 50 expenses of a day by their purpose; nothing is indexed for it."""
    rows = opened.scalars(select(Expense).where(Expense.day == day).order_by(Expense.purpose.desc()).limit(50))
    return [ExpenseOut.model_validate(expense) for expense in rows]


class Sum(BaseModel):
    """The expenses of one category."""

    category: str
    total: Decimal


@app.get("/totals")
def totals(opened: Opened, _person: SignedIn) -> list[Sum]:
    """What was spent in each category."""
    rows = opened.execute(
        select(Expense.category, func.sum(Expense.amount)).group_by(Expense.category).order_by(Expense.category)
    )
    return [Sum(category=category, total=total) for category, total in rows]


@app.post("/expenses/{expense_id}/submit", status_code=201)
def submit(expense_id: str, opened: Opened, person: SignedIn) -> dict[str, str]:
    """Open the first approval."""
    approval = Approval(id=new_id(), expense_id=expense_id, person_id=person.id, step=1)
    opened.add(approval)
    opened.commit()
    return {"approval_id": approval.id}


@app.post("/approvals/{approval_id}")
def decide(approval_id: str, opened: Opened, person: SignedIn) -> dict[str, str]:
    """Approve: close this approval and open the next one, or finish the expense."""
    approval = opened.get(Approval, approval_id, with_for_update=True)
    if approval is None or approval.decision is not None or approval.person_id != person.id:
        raise HTTPException(409)
    approval.decision, approval.decided_at = "approve", datetime.now(UTC)
    following = ""
    if approval.step < LAST_STEP:
        following = new_id()
        opened.add(Approval(id=following, expense_id=approval.expense_id, person_id=person.id, step=approval.step + 1))
    else:
        expense = opened.get_one(Expense, approval.expense_id)
        expense.status = "approved"
    opened.commit()
    return {"next": following}
