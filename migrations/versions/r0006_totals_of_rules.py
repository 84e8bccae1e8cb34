"""Counter rows for rules over many records; releases before this one know no such rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=null)


def upgrade() -> None:
    """Add the table, and an index for the totals whose bounds read one record."""
    schema = op.get_context().version_table_schema
    # exact on both databases: whole numbers of a scale on SQLite
    value = sa.BigInteger().with_variant(sa.Numeric(), "postgresql")
    op.create_table(
        "rule_total",
        _text("rule_id"),
        _text("group_hash"),
        _text("group_values"),
        _text("target_id", null=True),
        sa.Column("value", value, nullable=False),
        sa.PrimaryKeyConstraint("rule_id", "group_hash"),
        schema=schema,
    )
    has_target = sa.text("target_id IS NOT NULL")
    op.create_index(
        "rule_total_target",
        "rule_total",
        ["rule_id", "target_id"],
        schema=schema,
        sqlite_where=has_target,
        postgresql_where=has_target,
    )
