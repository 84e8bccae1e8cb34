"""Which fields have a search index; releases before this one know of none and read all records."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the mark; the indexes are made when their application is published again."""
    schema = op.get_context().version_table_schema
    column = sa.Column("is_searched", sa.Integer(), nullable=False, server_default="0")
    op.add_column("field_def", column, schema=schema)
