"""The recycle bin: records that were deleted, as they were, until they are restored or purged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the table, with an index for the list of an entity and one for what is to be purged."""
    schema = op.get_context().version_table_schema
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "record_bin",
        sa.Column("record_id", text, nullable=False),
        sa.Column("entity_id", text, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("deleted_at", sa.BigInteger(), nullable=False),
        sa.Column("deleted_by", text, nullable=True),
        sa.Column("content", sa.Text().with_variant(JSONB(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("record_id"),
        schema=schema,
    )
    op.create_index("record_bin_entity", "record_bin", ["entity_id", "deleted_at", "record_id"], schema=schema)
    op.create_index("record_bin_age", "record_bin", ["deleted_at"], schema=schema)
