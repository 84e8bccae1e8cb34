"""A file may be held by several records: a row for each that holds it, or held it.

`file.entity_id`, `record_id` and `field_key` are not used any more; they stay for releases that still run.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table and fill it with what the files say."""
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    schema = op.get_context().version_table_schema
    op.create_table(
        "file_use",
        *(sa.Column(name, text, nullable=False) for name in ("file_id", "record_id", "entity_id")),
        sa.PrimaryKeyConstraint("file_id", "record_id"),
        schema=schema,
    )
    op.create_index("file_use_record", "file_use", ["record_id"], schema=schema)
    prefix = "" if schema is None else f'"{schema}".'
    op.execute(
        f"INSERT INTO {prefix}file_use (file_id, record_id, entity_id)"
        f" SELECT id, record_id, entity_id FROM {prefix}file WHERE record_id IS NOT NULL AND entity_id IS NOT NULL"
    )
