"""Until when a task is to be done; releases before this one leave it empty."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
# sorts behind every deadline
NEVER = 2**63 - 1


def upgrade() -> None:
    """Add the column, and an index for the to-dos of a member by deadline."""
    schema = op.get_context().version_table_schema
    op.add_column("task", sa.Column("due_at", sa.BigInteger(), nullable=True), schema=schema)
    is_open = sa.text("state = 'open'")
    op.create_index(
        "task_due",
        "task",
        ["member_id", sa.text(f"COALESCE(due_at, {NEVER})"), "id"],
        schema=schema,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )
